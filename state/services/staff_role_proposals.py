"""Giving and ending staff roles: one administrator proposes it, another agrees to it."""

import secrets
from datetime import date, datetime, timedelta

from sqlmodel import Session, func, select

from state.domain import rules
from state.domain.actor import Actor, NotAllowedError
from state.domain.formats.plain_text import tidy
from state.domain.permissions import Permission, StaffRole
from state.domain.refusal import Refusal, RefusedError
from state.domain.staff_roles import (
    ProposalStatus,
    RoleFacts,
    proposal_reason_refusals,
    proposal_words,
    role_refusals,
    status_on,
)
from state.persistence.audit_trail import record
from state.persistence.models.person import PersonRow, StaffRoleRow
from state.persistence.models.staff_roles import StaffRoleProposalRow
from state.persistence.notices import notify
from state.persistence.queries.who_may import active_holders_of, staff_roles_of, staff_who_may
from state.persistence.transaction import transaction

_LINK = "/staff/roles"


class StaffRoleRefusedError(RefusedError):
    """The change breaks a rule, or is no longer what it was; nothing is stored."""


def propose_role(  # whom, what, why, when
    *, actor: Actor, email: str, role: str, gives: bool, reason: str, now: datetime
) -> None:
    """Propose to give somebody a role, or to end it.

    Raises:
        NotAllowedError: Only administrators may.
        SignInAgainError: They signed in too long ago.
        StaffRoleRefusedError: Every reason at once.
    """
    actor.require(Permission.STAFF_ROLE_MANAGE)
    with transaction() as session:
        person = _by_mail(session, email)
        reasons = list(proposal_reason_refusals(reason))
        if person is None:
            nobody = "Nobody who can sign in has this address. Check it"
            reasons.append(Refusal("email", nobody))
        if role not in set(StaffRole):
            reasons.append(Refusal("role", "Select a role"))
        elif person is not None:
            wanted = StaffRole(role)
            reasons += _refusals(session, actor, person, wanted, gives=gives, on=now.date())
            reasons += _twice(session, person, wanted, now.date())
        if reasons or person is None:
            raise StaffRoleRefusedError(tuple(reasons))
        row = StaffRoleProposalRow(
            public_id=secrets.token_hex(10),
            person_id=person.id or 0,
            role=role,
            gives=gives,
            reason=tidy(reason),
            status=ProposalStatus.WAITING,
            lapses_on=now.date() + timedelta(days=rules.staff_role_proposal_lasts_days(now.date())),
            proposed_by=_person_id(actor),
            created_at=now,
            updated_at=now,
        )
        session.add(row)
        session.flush()
        _tell(session, actor, row, person, "staff_role.proposed", now)
        _record(session, actor, row, person, "proposed", now)


def decide_role(*, actor: Actor, public_id: str, agrees: bool, now: datetime) -> None:
    """Agree to what another administrator proposed, which makes it so at once; or refuse it.

    Raises:
        NotAllowedError: Only administrators may, or there is no such proposal.
        SignInAgainError: They signed in too long ago.
        StaffRoleRefusedError: They proposed it or it is their own role, or it is not open any more.
    """
    actor.require(Permission.STAFF_ROLE_MANAGE)
    with transaction() as session:
        row = _open(session, public_id, now.date())
        person = _locked(session, row.person_id)
        if row.proposed_by == actor.person_id:
            another = Refusal("", "Another administrator must decide on what you proposed")
            raise StaffRoleRefusedError((another,))
        role = StaffRole(row.role)
        reasons = _refusals(session, actor, person, role, gives=row.gives, on=now.date())
        if (agrees and reasons) or row.person_id == actor.person_id:
            raise StaffRoleRefusedError(reasons)
        if agrees:
            _make_so(session, row, now)
        _close(session, actor, row, ProposalStatus.DONE if agrees else ProposalStatus.REFUSED, now)
        if agrees:
            _tell(session, actor, row, person, "staff_role.changed", now)
        _record(session, actor, row, person, "agreed" if agrees else "refused", now)


def withdraw_role(*, actor: Actor, public_id: str, now: datetime) -> None:
    """Take back what one proposed.

    Raises:
        NotAllowedError: There is no such proposal of one's own.
        StaffRoleRefusedError: It is not open any more.
    """
    actor.require(Permission.STAFF_ROLE_MANAGE)
    with transaction() as session:
        row = _open(session, public_id, now.date())
        if row.proposed_by != actor.person_id:
            raise NotAllowedError("Only who proposed it can take it back.")
        _close(session, actor, row, ProposalStatus.WITHDRAWN, now)
        person = session.get_one(PersonRow, row.person_id)
        _record(session, actor, row, person, "withdrawn", now)


def _refusals(  # who does what to whom
    session: Session, actor: Actor, person: PersonRow, role: StaffRole, *, gives: bool, on: date
) -> tuple[Refusal, ...]:
    administrators = active_holders_of(session, StaffRole.ADMINISTRATOR, on)
    facts = RoleFacts(
        held=staff_roles_of(session, person.id or 0, on),
        is_active=person.status == "active",
        is_oneself=person.id == actor.person_id,
        administrators_left=len(set(administrators) - {person.id}),
    )
    return role_refusals(role, facts, gives=gives, on=on)


def _twice(
    session: Session, person: PersonRow, role: StaffRole, today: date
) -> tuple[Refusal, ...]:
    waiting = session.exec(
        select(StaffRoleProposalRow.id).where(
            StaffRoleProposalRow.person_id == person.id,
            StaffRoleProposalRow.role == role,
            StaffRoleProposalRow.status == ProposalStatus.WAITING,
            StaffRoleProposalRow.lapses_on >= today,
        )
    ).first()
    return () if waiting is None else (Refusal("role", "This is proposed already. Decide on it"),)


def _by_mail(session: Session, email: str) -> PersonRow | None:
    found = session.exec(
        select(PersonRow)
        .where(func.lower(PersonRow.email) == email.strip().lower())
        .with_for_update()
    ).all()
    return found[0] if len(found) == 1 else None


def _locked(session: Session, person_id: int) -> PersonRow:
    """One change of a person's roles at a time."""
    return session.exec(select(PersonRow).where(PersonRow.id == person_id).with_for_update()).one()


def _open(session: Session, public_id: str, today: date) -> StaffRoleProposalRow:
    row = session.exec(
        select(StaffRoleProposalRow)
        .where(StaffRoleProposalRow.public_id == public_id)
        .with_for_update()
    ).first()
    if row is None:
        raise NotAllowedError("There is no such proposal.")
    if status_on(row.status, row.lapses_on, today) is not ProposalStatus.WAITING:
        raise StaffRoleRefusedError((Refusal("", "It was decided on meanwhile, or ran out"),))
    return row


def _make_so(session: Session, proposal: StaffRoleProposalRow, now: datetime) -> None:
    """Given from today; or ended, so that the role counts no more at the next click."""
    row = session.exec(
        select(StaffRoleRow).where(
            StaffRoleRow.person_id == proposal.person_id, StaffRoleRow.role == proposal.role
        )
    ).first() or StaffRoleRow(
        person_id=proposal.person_id,
        role=proposal.role,
        since=now.date(),
        created_at=now,
        updated_at=now,
    )
    if proposal.gives:
        row.since, row.until = now.date(), None
    else:
        row.until = now.date() - timedelta(days=1)
    row.updated_at = now
    session.add(row)
    session.flush()


def _close(
    session: Session, actor: Actor, row: StaffRoleProposalRow, to: ProposalStatus, now: datetime
) -> None:
    row.status, row.decided_by, row.decided_at = to, _person_id(actor), now
    row.updated_at, row.row_version = now, row.row_version + 1
    session.add(row)
    session.flush()


def _tell(  # who did what about whose role
    session: Session,
    actor: Actor,
    row: StaffRoleProposalRow,
    person: PersonRow,
    key: str,
    now: datetime,
) -> None:
    """The other administrators; once it is so, whose role it is too."""
    administrators = {*staff_who_may(session, Permission.STAFF_ROLE_MANAGE, now.date())}
    people = administrators - {actor.person_id, row.person_id}
    if key == "staff_role.changed":
        people |= {row.person_id}
    notify(
        session,
        key=key,
        people=sorted(one for one in people if one is not None),
        organisation_id=None,
        link=_LINK if key == "staff_role.proposed" else "/notices",
        now=now,
        who=actor.name,
        what=proposal_words(person.name, StaffRole(row.role), gives=row.gives),
    )


def _record(  # who did what about whose role
    session: Session,
    actor: Actor,
    row: StaffRoleProposalRow,
    person: PersonRow,
    what: str,
    now: datetime,
) -> None:
    record(
        session,
        actor=actor,
        event=f"staff_role.{what}",
        subject=person.public_id,
        now=now,
        proposal=row.public_id,
        role=row.role,
        gives=row.gives,
        reason=row.reason,
    )


def _person_id(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowedError("Only a person may do this.")
    return actor.person_id
