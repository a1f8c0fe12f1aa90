"""Who holds which staff role, and what is proposed about it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from state.domain.actor import Actor
from state.domain.permissions import Permission, StaffRole
from state.domain.staff_roles import Proposal, ProposalStatus, proposal_words, status_on
from state.persistence.models.person import PersonRow, StaffRoleRow
from state.persistence.models.staff_roles import StaffRoleProposalRow
from state.persistence.transaction import reading

_MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """Somebody who holds a staff role."""

    public_id: str
    name: str
    email: str
    role: StaffRole
    since: date
    is_suspended: bool
    is_me: bool


@dataclass(frozen=True, slots=True)
class StaffRoles:
    """Everything about the roles."""

    holders: tuple[RoleHolder, ...]
    proposals: tuple[Proposal, ...]
    may_manage: bool


def staff_roles(*, actor: Actor, now: datetime) -> StaffRoles:
    """Who holds what, and what is proposed: for those who read the whole trail."""
    actor.require(Permission.AUDIT_VIEW_ALL)
    with reading() as session:
        held = session.exec(
            select(StaffRoleRow, PersonRow)
            .join(PersonRow, col(PersonRow.id) == col(StaffRoleRow.person_id))
            .where(
                StaffRoleRow.since <= now.date(),
                col(StaffRoleRow.until).is_(None) | (col(StaffRoleRow.until) >= now.date()),
            )
            .order_by(StaffRoleRow.role, PersonRow.name)
        ).all()
        proposed = session.exec(
            select(StaffRoleProposalRow)
            .order_by(col(StaffRoleProposalRow.id).desc())
            .limit(_MOST_LISTED)
        ).all()
        return StaffRoles(
            tuple(_holder(actor, row, person) for row, person in held),
            tuple(_proposal(session, actor, row, now) for row in proposed),
            actor.may(Permission.STAFF_ROLE_MANAGE),
        )


def _holder(actor: Actor, row: StaffRoleRow, person: PersonRow) -> RoleHolder:
    return RoleHolder(
        public_id=person.public_id,
        name=person.name,
        email=person.email,
        role=StaffRole(row.role),
        since=row.since,
        is_suspended=person.status != "active",
        is_me=person.id == actor.person_id,
    )


def _proposal(session: Session, actor: Actor, row: StaffRoleProposalRow, now: datetime) -> Proposal:
    status = status_on(row.status, row.lapses_on, now.date())
    may = actor.may(Permission.STAFF_ROLE_MANAGE) and status is ProposalStatus.WAITING
    is_mine = row.proposed_by == actor.person_id
    person = session.get_one(PersonRow, row.person_id)
    decider = session.get(PersonRow, row.decided_by) if row.decided_by else None
    return Proposal(
        public_id=row.public_id,
        what=proposal_words(person.name, StaffRole(row.role), gives=row.gives),
        reason=row.reason,
        status=status,
        proposed_by=session.get_one(PersonRow, row.proposed_by).name,
        proposed_at=row.created_at,
        decided_by=decider.name if decider else "",
        may_decide=may and not is_mine and row.person_id != actor.person_id,
        may_withdraw=may and is_mine,
    )
