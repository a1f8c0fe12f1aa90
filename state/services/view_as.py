"""Looking at a company's pages as the company does: by staff, with a reason, changing nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from state.domain import rules
from state.domain.actor import Actor, NotAllowedError
from state.domain.formats.plain_text import tidy
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.domain.view_as import reason_problem
from state.persistence.audit_trail import record
from state.persistence.looking import end_look
from state.persistence.members import category_a_of
from state.persistence.models.organisation import OrganisationRow, ParticipantRow
from state.persistence.models.person import UserSessionRow
from state.persistence.notices import notify
from state.persistence.transaction import transaction


class ViewAsRefusedError(RefusedError):
    """There is no such company, or no reason that counts; nobody looks."""


@dataclass(frozen=True, slots=True)
class Look:
    """Whose pages are looked at, and until when."""

    company: str
    until: datetime


def begin_look(*, actor: Actor, company: str, reason: str, now: datetime) -> Look:
    """Look at the pages of a company, named by Party Id or name; its Category A are told.

    Raises:
        NotAllowedError: The actor may not look, or has no session.
        ViewAsRefusedError: Every reason at once.
    """
    actor.require(Permission.CUSTOMER_VIEW_AS)
    with transaction() as session:
        row = _session_row(session, actor)
        found = _named(session, company)
        reasons = []
        if found is None:
            none = "No company has this Party Id or name. Look it up under People"
            reasons.append(Refusal("company", none))
        if wrong := reason_problem(reason, now.date()):
            reasons.append(Refusal("reason", wrong))
        if reasons or found is None:
            raise ViewAsRefusedError(tuple(reasons))
        end_look(session, actor, row, "another", now)
        until = now + timedelta(minutes=rules.view_as_lasts_minutes(now.date()))
        row.looking_at, row.looking_until, row.looking_reason = found.id, until, tidy(reason)
        session.add(row)
        _say(session, actor, found, tidy(reason), until, now)
        return Look(found.legal_name, until)


def stop_looking(*, actor: Actor, now: datetime) -> None:
    """Look no more."""
    actor.require(Permission.CUSTOMER_VIEW_AS)
    with transaction() as session:
        end_look(session, actor, _session_row(session, actor), "stopped", now)


def end_old_looks(*, actor: Actor, now: datetime) -> int:
    """What ran out, or whose sign-in ended, ends in the trail too; gives how many."""
    actor.require(Permission.INSTALLATION_RUN)
    with transaction() as session:
        over = session.exec(
            select(UserSessionRow)
            .where(
                col(UserSessionRow.looking_at).is_not(None),
                (col(UserSessionRow.looking_until) <= now)
                | col(UserSessionRow.ended_at).is_not(None),
            )
            .with_for_update()
        ).all()
        for row in over:
            why = "signed out" if row.ended_at else "ran out"
            end_look(session, actor, row, why, now)
        return len(over)


def _session_row(session: Session, actor: Actor) -> UserSessionRow:
    row = session.exec(
        select(UserSessionRow).where(UserSessionRow.id == actor.session_id).with_for_update()
    ).first()
    if row is None or row.ended_at is not None:
        raise NotAllowedError("Only somebody who is signed in may look.")
    return row


def _named(session: Session, company: str) -> OrganisationRow | None:
    wanted = " ".join(company.split()).lower()[:200]
    parties = select(ParticipantRow.organisation_id).where(
        func.lower(ParticipantRow.party_id) == wanted
    )
    return session.exec(
        select(OrganisationRow).where(
            (func.lower(OrganisationRow.legal_name) == wanted)
            | col(OrganisationRow.id).in_(parties)
        )
    ).first()


def _say(  # who looks at whom, why, until when
    session: Session,
    actor: Actor,
    company: OrganisationRow,
    reason: str,
    until: datetime,
    now: datetime,
) -> None:
    record(
        session,
        actor=actor,
        event="view_as.began",
        subject=company.public_id,
        organisation_id=company.id,
        now=now,
        reason=reason,
        until=until,
    )
    notify(
        session,
        key="view_as.used",
        people=category_a_of(session, company.id or 0, now.date()),
        organisation_id=company.id,
        link="/account/audit",
        now=now,
        company=company.legal_name,
        who=actor.name,
        reason=reason,
    )
