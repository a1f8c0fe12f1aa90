"""Programs that push rows of public datasets: the operator's own, let in and ended on its server.

One acts for a member of staff who takes data in, and no longer than they do.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlmodel import Session, col, delete, select

from state.domain.actor import Actor
from state.domain.api_client import client_refusals, normal_networks
from state.domain.api_scopes import OPERATOR
from state.domain.api_secrets import hash_of, new_client_secret
from state.domain.formats.plain_text import tidy
from state.domain.permissions import Permission, Right, right_of
from state.domain.refusal import Refusal, RefusedError
from state.persistence.audit_trail import record
from state.persistence.models.api_clients import ApiClientRow, ApiTokenRow
from state.persistence.models.person import PersonRow
from state.persistence.queries.who_may import staff_roles_of
from state.persistence.transaction import reading, transaction
from state.services.api_clients import ProgramSecret

SCOPE: Final = "data:publish"
"""All that such a program may be allowed."""


class PublisherRefusedError(RefusedError):
    """What was said of the program cannot be; nothing is stored."""


class NoPublisherError(LookupError):
    """There is no such program, or it has ended."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """A program that pushes rows, now or once."""

    public_id: str
    name: str
    client_id: str
    acts_for: str
    allowed_addresses: str
    since: date
    until: date | None
    last_used_at: datetime | None


def add_publisher(
    *, actor: Actor, name: str, acts_for: str, allowed_addresses: str, now: datetime
) -> ProgramSecret:
    """Let a program push rows, for the member of staff of an address; its secret is shown once.

    Raises:
        PublisherRefusedError: Every reason, by field.
    """
    actor.require(Permission.PUBLISHER_MANAGE)
    name = tidy(name)
    with transaction() as session:
        taken = [row.name for row in _rows(session) if row.until is None]
        reasons = client_refusals(
            name, [SCOPE], allowed_addresses, taken, now.date(), holder=OPERATOR
        )
        person = _who_takes_data_in(session, acts_for, now.date())
        if person is None:
            words = "Nobody with that address takes data in for the operator"
            reasons = (*reasons, Refusal("acts_for", words))
        if reasons or person is None:
            raise PublisherRefusedError(reasons)
        secret = new_client_secret()
        row = ApiClientRow(
            public_id=secrets.token_hex(10),
            name=name,
            client_id=f"kin_c{secrets.token_hex(10)}",
            secret_hash=hash_of(secret),
            scopes=SCOPE,
            allowed_addresses=normal_networks(allowed_addresses),
            since=now.date(),
            created_by=person.id or 0,
            created_at=now,
            updated_at=now,
        )
        session.add(row)
        session.flush()
        _record(session, actor, row, "added", now)
        return ProgramSecret(row.name, row.client_id, secret)


def end_publisher(*, actor: Actor, public_id: str, now: datetime) -> str:
    """End a program, from now; gives its name.

    Raises:
        NoPublisherError: There is none such.
    """
    actor.require(Permission.PUBLISHER_MANAGE)
    with transaction() as session:
        row = next(
            (one for one in _rows(session) if one.public_id == public_id and one.until is None),
            None,
        )
        if row is None:
            raise NoPublisherError(f"No program that pushes rows has the id {public_id[:40]}.")
        row.until, row.secret_hash = now.date(), ""
        row.row_version += 1
        row.updated_at = now
        session.add(row)
        session.execute(delete(ApiTokenRow).where(col(ApiTokenRow.client_id) == row.id))
        _record(session, actor, row, "ended", now)
        return row.name


def publishers(*, actor: Actor) -> tuple[Publisher, ...]:
    """Every program that pushes rows or did, the oldest first."""
    actor.require(Permission.PUBLISHER_MANAGE)
    with reading() as session:
        return tuple(
            Publisher(
                public_id=row.public_id,
                name=row.name,
                client_id=row.client_id,
                acts_for=session.get_one(PersonRow, row.created_by).email,
                allowed_addresses=row.allowed_addresses,
                since=row.since,
                until=row.until,
                last_used_at=row.last_used_at,
            )
            for row in _rows(session)
        )


def _rows(session: Session) -> list[ApiClientRow]:
    wanted = select(ApiClientRow).where(col(ApiClientRow.organisation_id).is_(None))
    return list(session.exec(wanted.order_by(col(ApiClientRow.id))))


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


def _record(session: Session, actor: Actor, row: ApiClientRow, what: str, now: datetime) -> None:
    record(
        session,
        actor=actor,
        event=f"publisher.{what}",
        subject=row.public_id,
        now=now,
        name=row.name,
    )
