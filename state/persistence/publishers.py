"""Programs of the operator's that push rows, as rows of the record."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlmodel import Session, col, delete, select

from state.domain.api_client import client_refusals, normal_networks
from state.domain.api_scopes import OPERATOR
from state.domain.permissions import Permission, Right, right_of
from state.domain.refusal import Refusal
from state.persistence.models.api_clients import ApiClientRow, ApiTokenRow
from state.persistence.models.person import PersonRow
from state.persistence.queries.who_may import staff_roles_of

SCOPE: Final = "data:publish"
"""All that such a program may be allowed."""


@dataclass(frozen=True, slots=True)
class WantedPublisher:
    """What is said of a program that shall push rows; whom it acts for, by the mail address."""

    name: str
    acts_for: str
    allowed_addresses: str


def publisher_rows(session: Session) -> list[ApiClientRow]:
    """Every one, now or once, the oldest first."""
    wanted = select(ApiClientRow).where(col(ApiClientRow.organisation_id).is_(None))
    return list(session.exec(wanted.order_by(col(ApiClientRow.id))))


def acting_publisher(session: Session, public_id: str) -> ApiClientRow | None:
    """One that has not ended."""
    rows = publisher_rows(session)
    return next((one for one in rows if one.public_id == public_id and one.until is None), None)


def publisher_refusals(
    session: Session, wanted: WantedPublisher, today: date
) -> tuple[tuple[Refusal, ...], PersonRow | None]:
    """Every reason against it, and whom it would act for."""
    taken = [row.name for row in publisher_rows(session) if row.until is None]
    reasons = client_refusals(
        wanted.name, [SCOPE], wanted.allowed_addresses, taken, today, holder=OPERATOR
    )
    person = _who_takes_data_in(session, wanted.acts_for, today)
    if person is None:
        words = "Nobody with that address takes data in for the operator"
        reasons = (*reasons, Refusal("acts_for", words))
    return reasons, person


def put_publisher(
    session: Session, wanted: WantedPublisher, person: PersonRow, secret_hash: str, now: datetime
) -> ApiClientRow:
    """A new one; without the hash of a secret nothing lets it in yet."""
    row = ApiClientRow(
        public_id=secrets.token_hex(10),
        name=wanted.name,
        client_id=f"kin_c{secrets.token_hex(10)}",
        secret_hash=secret_hash,
        scopes=SCOPE,
        allowed_addresses=normal_networks(wanted.allowed_addresses),
        since=now.date(),
        created_by=person.id or 0,
        created_at=now,
        updated_at=now,
    )
    session.add(row)
    session.flush()
    return row


def end_publisher_row(session: Session, row: ApiClientRow, now: datetime) -> None:
    """From now on nothing lets it in, and no token of it counts."""
    row.until, row.secret_hash = now.date(), ""
    row.row_version += 1
    row.updated_at = now
    session.add(row)
    session.execute(delete(ApiTokenRow).where(col(ApiTokenRow.client_id) == row.id))


def _who_takes_data_in(session: Session, email: str, day: date) -> PersonRow | None:
    """The one active member of staff of that address who does; none where there are two."""
    wanted = select(PersonRow).where(PersonRow.email == email.strip(), PersonRow.status == "active")
    found = [
        person
        for person in session.exec(wanted)
        if any(
            right_of(Permission.DATA_INGEST, role, day) is not Right.NO
            for role in staff_roles_of(session, person.id or 0, day)
        )
    ]
    return found[0] if len(found) == 1 else None
