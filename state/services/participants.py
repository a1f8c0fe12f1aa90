"""The directory of participants: what anybody may read of them, and what participants may."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.domain.roles import ROLE_NAMES
from state.persistence.models.organisation import (
    OrganisationRow,
    ParticipantRoleRow,
    ParticipantRow,
)
from state.persistence.transaction import reading


@dataclass(frozen=True, slots=True)
class DirectoryRole:
    """A capacity of a participant today. Its dates are for participants."""

    code: str
    name: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A participant in the directory."""

    party_id: str
    system_name: str
    status: str
    country: str
    roles: tuple[DirectoryRole, ...]


def public_participants(
    *, actor: Actor, after: str, most: int, now: datetime
) -> tuple[DirectoryEntry, ...]:
    """The participants whose Party Ids come after one, as anybody may read them."""
    actor.require(Permission.INSIGHTS_READ)
    return _entries(after, most, now.date(), with_dates=False)


def participants_for_company(
    *, actor: Actor, organisation_id: int, after: str, most: int, now: datetime
) -> tuple[DirectoryEntry, ...]:
    """The same as participants read them: with the dates of roles."""
    actor.require(Permission.ORG_VIEW, organisation_id)
    return _entries(after, most, now.date(), with_dates=True)


def _entries(after: str, most: int, today: date, *, with_dates: bool) -> tuple[DirectoryEntry, ...]:
    """A person who takes part alone is never in it."""
    with reading() as session:
        rows = session.exec(
            select(ParticipantRow, OrganisationRow)
            .join(OrganisationRow, col(OrganisationRow.id) == col(ParticipantRow.organisation_id))
            .where(ParticipantRow.party_id > after, OrganisationRow.kind == "company")
            .order_by(ParticipantRow.party_id)
            .limit(most)
        ).all()
        return tuple(
            DirectoryEntry(
                participant.party_id,
                company.system_name,
                company.status,
                company.country,
                _roles(session, participant.id, today, with_dates=with_dates),
            )
            for participant, company in rows
        )


def _roles(
    session: Session, participant_id: int | None, today: date, *, with_dates: bool
) -> tuple[DirectoryRole, ...]:
    rows = session.exec(
        select(ParticipantRoleRow)
        .where(
            ParticipantRoleRow.participant_id == participant_id,
            ParticipantRoleRow.since <= today,
            (col(ParticipantRoleRow.until).is_(None)) | (col(ParticipantRoleRow.until) >= today),
        )
        .order_by(ParticipantRoleRow.role_code)
    ).all()
    return tuple(
        DirectoryRole(
            row.role_code,
            ROLE_NAMES.get(row.role_code, row.role_code),
            row.since if with_dates else None,
            row.until if with_dates else None,
        )
        for row in rows
    )
