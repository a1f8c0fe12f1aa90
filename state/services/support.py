"""Whom to ask: the operator's teams for everyone, and a company's own support manager."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from state.domain.actor import Actor, NotAllowedError
from state.domain.permissions import Permission, StaffRole
from state.domain.public_content import EntryKind
from state.domain.refusal import Refusal, RefusedError
from state.persistence.audit_trail import record
from state.persistence.models.organisation import OrganisationRow, SupportManagerRow
from state.persistence.models.person import PersonRow, StaffRoleRow
from state.persistence.transaction import reading, transaction
from state.services.public_content import shown_in


class SupportRefusedError(RefusedError):
    """That person cannot support a company; nothing is stored."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team that can be asked; its mailbox is told one at a time (`mailbox_of_team`)."""

    public_id: str
    name: str
    helps_with: str
    hours: str


@dataclass(frozen=True, slots=True)
class SupportChoice:
    """Who supports a company now, and who could; by public id and name."""

    now: str
    choices: tuple[tuple[str, str], ...]


def teams_to_ask(*, actor: Actor, now: datetime) -> tuple[Team, ...]:
    """The teams, without their mail addresses: programs that gather those find none."""
    actor.require(Permission.CONTENT_READ)
    with reading() as session:
        return tuple(
            Team(one.public_id, one.entry.title, one.entry.body, one.entry.hours)
            for one in shown_in(session, (EntryKind.TEAM,), now.date())
        )


def mailbox_of_team(*, actor: Actor, public_id: str, now: datetime) -> str:
    """The mail address of one team, for a person who asked to see it; empty where there is none."""
    actor.require(Permission.CONTENT_READ)
    with reading() as session:
        teams = shown_in(session, (EntryKind.TEAM,), now.date())
        return next((one.entry.mailbox for one in teams if one.public_id == public_id), "")


def support_manager(*, actor: Actor, organisation_id: int) -> str:
    """The name of whom the company turns to; empty where nobody is named."""
    actor.require(Permission.ORG_VIEW, organisation_id)
    with reading() as session:
        row = session.get(SupportManagerRow, organisation_id)
        return session.get_one(PersonRow, row.person_id).name if row else ""


def support_choice(*, actor: Actor, public_id: str, now: datetime) -> SupportChoice:
    """Who of Participant management supports a company, and who of them could.

    Raises:
        NotAllowedError: There is no such company.
    """
    actor.require(Permission.SUPPORT_MANAGER_ASSIGN)
    with reading() as session:
        row = session.get(SupportManagerRow, _company(session, public_id).id)
        held = session.get_one(PersonRow, row.person_id).public_id if row else ""
        people = _who_could(session, now)
        return SupportChoice(held, tuple((one.public_id, one.name) for one in people))


def assign_support_manager(*, actor: Actor, public_id: str, person: str, now: datetime) -> str:
    """Name whom a company turns to; gives the name.

    Raises:
        NotAllowedError: There is no such company.
        SupportRefusedError: That person is not of Participant management.
    """
    actor.require(Permission.SUPPORT_MANAGER_ASSIGN)
    with transaction() as session:
        company = _company(session, public_id)
        chosen = next((one for one in _who_could(session, now) if one.public_id == person), None)
        if chosen is None or company.id is None:
            reason = "Select somebody of Participant management"
            raise SupportRefusedError((Refusal("support_manager", reason),))
        row = session.get(SupportManagerRow, company.id) or SupportManagerRow(
            organisation_id=company.id, person_id=chosen.id or 0, since=now.date()
        )
        row.person_id, row.since = chosen.id or 0, now.date()
        session.add(row)
        record(
            session,
            actor=actor,
            event="support_manager.assigned",
            subject=company.public_id,
            organisation_id=company.id,
            now=now,
            person=chosen.public_id,
        )
        return chosen.name


def _company(session: Session, public_id: str) -> OrganisationRow:
    row = session.exec(
        select(OrganisationRow).where(OrganisationRow.public_id == public_id)
    ).first()
    if row is None:
        raise NotAllowedError("There is no such company.")
    return row


def _who_could(session: Session, now: datetime) -> list[PersonRow]:
    today = now.date()
    wanted = (
        select(PersonRow)
        .join(StaffRoleRow, col(StaffRoleRow.person_id) == col(PersonRow.id))
        .where(
            StaffRoleRow.role == StaffRole.PARTICIPANT_MANAGEMENT,
            col(StaffRoleRow.since) <= today,
            col(StaffRoleRow.until).is_(None) | (col(StaffRoleRow.until) >= today),
            PersonRow.status == "active",
        )
        .order_by(col(PersonRow.name))
    )
    return list(session.exec(wanted))
