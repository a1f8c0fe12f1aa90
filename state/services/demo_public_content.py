"""What the demo market's operator has published, and who supports which company."""

from datetime import date, datetime
from importlib import resources
from typing import Any, Final

import yaml
from sqlmodel import select

from state.domain.actor import Actor
from state.domain.permissions import Permission, StaffRole
from state.domain.public_content import Entry, EntryKind
from state.persistence.models.organisation import OrganisationRow, SupportManagerRow
from state.persistence.models.person import ExternalIdentityRow, PersonRow
from state.persistence.models.public_content import PublicEntryRow
from state.persistence.transaction import reading, transaction
from state.services.content_entries import save_entry
from state.services.sessions import DEVELOPMENT, DEVELOPMENT_ISSUER

_PUBLISHER: Final = "parveen-maddox"
_SINCE: Final = date(2026, 10, 1)


def publish_content(*, actor: Actor, now: datetime) -> None:
    """Publish it, once, by the member of staff who would."""
    actor.require(Permission.MARKET_SEED)
    with reading() as session:
        if session.exec(select(PublicEntryRow.id).limit(1)).first() is not None:
            return
        found = session.exec(
            select(ExternalIdentityRow.person_id).where(
                ExternalIdentityRow.issuer == DEVELOPMENT_ISSUER,
                ExternalIdentityRow.subject == _PUBLISHER,
            )
        ).one()
        person = session.get_one(PersonRow, found)
    publisher = Actor(
        kind="person",
        name=person.name,
        person_id=person.id,
        staff_roles=frozenset({StaffRole.PARTICIPANT_MANAGEMENT}),
        method=DEVELOPMENT,
    )
    for row in _rows():
        save_entry(actor=publisher, entry=_entry(row), publish=True, now=now)
    _support_everyone(person.id or 0)


def _rows() -> list[dict[str, Any]]:
    text = (resources.files("state.domain.demo_market") / "public_content.yaml").read_text("utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return rows


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        kind=EntryKind(row["kind"]),
        title=row["title"],
        body=row["body"],
        since=_SINCE,
        topics=tuple(row.get("topics", ())),
        audience=row.get("audience", "anyone"),
        stage=row.get("stage", ""),
        quarter=row.get("quarter", ""),
        mailbox=row.get("mailbox", ""),
        hours=row.get("hours", ""),
    )


def _support_everyone(person_id: int) -> None:
    with transaction() as session:
        for organisation_id in session.exec(select(OrganisationRow.id)).all():
            session.add(
                SupportManagerRow(
                    organisation_id=organisation_id or 0, person_id=person_id, since=_SINCE
                )
            )
