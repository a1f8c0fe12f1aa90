"""Keeping a person out, letting them back, ending their sign-ins: by staff, with a reason."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from state.domain.actor import Actor, NotAllowedError
from state.domain.formats.plain_text import tidy
from state.domain.permissions import Permission, StaffRole
from state.domain.refusal import Refusal, RefusedError
from state.domain.suspensions import reason_refusals, suspension_refusals
from state.persistence.audit_trail import record
from state.persistence.members import SUSPENDED, category_a_of, in_force, person_row
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import MembershipRow, PersonRow
from state.persistence.notices import notify
from state.persistence.queries.open_sign_ins import end_every_sign_in_of
from state.persistence.queries.who_may import active_holders_of
from state.persistence.transaction import transaction


class PersonRefusedError(RefusedError):
    """It breaks a rule; nothing is stored."""


def suspend_person(*, actor: Actor, public_id: str, reason: str, now: datetime) -> None:
    """Keep a person out, from their next click on.

    Raises:
        NotAllowedError: There is none such.
        PersonRefusedError: It is the actor, the last administrator, or a company's last Category A;
            or no reason is given.
    """
    actor.require(Permission.PEOPLE_SUSPEND)
    with transaction() as session:
        row = person_row(session, public_id)
        companies = _companies_locked(session, row, now.date())
        if reasons := suspension_refusals(
            reason=reason,
            is_oneself=row.id == actor.person_id,
            is_suspended=row.status == SUSPENDED,
            is_last_administrator=_is_last_administrator(session, row, now.date()),
            left_without=[
                one.legal_name
                for one in companies
                if category_a_of(session, one.id or 0, now.date()) == [row.id]
            ],
        ):
            raise PersonRefusedError(reasons)
        _tell(session, "suspended", row, companies, tidy(reason), now)
        _set_status(session, row, SUSPENDED, now)
        ended = end_every_sign_in_of(session, row.id or 0, now)
        _record(session, actor, row, "suspended", companies, now, reason=tidy(reason), ended=ended)


def let_person_back(*, actor: Actor, public_id: str, reason: str, now: datetime) -> None:
    """Let a suspended person sign in again.

    Raises:
        NotAllowedError: There is none such, or it is the actor.
        PersonRefusedError: They are not suspended, or no reason is given.
    """
    actor.require(Permission.PEOPLE_SUSPEND)
    with transaction() as session:
        row = person_row(session, public_id)
        reasons = list(reason_refusals(reason))
        if row.status != SUSPENDED:
            reasons.append(Refusal("", "They are not suspended"))
        if reasons:
            raise PersonRefusedError(tuple(reasons))
        companies = _companies_locked(session, row, now.date())
        _set_status(session, row, "active", now)
        session.flush()
        _tell(session, "let_back", row, companies, tidy(reason), now)
        _record(session, actor, row, "let_back", companies, now, reason=tidy(reason))


def end_sign_ins_of_person(*, actor: Actor, public_id: str, now: datetime) -> int:
    """Sign a person out of every browser; gives of how many.

    Raises:
        NotAllowedError: There is none such, or it is the actor, whose own page does it.
    """
    actor.require(Permission.PEOPLE_SUSPEND)
    with transaction() as session:
        row = person_row(session, public_id)
        if row.id == actor.person_id:
            raise NotAllowedError("End your own sign-ins on your own page.")
        ended = end_every_sign_in_of(session, row.id or 0, now)
        if ended:
            _notify(session, "person.signed_out", [row.id or 0], None, now)
        _record(session, actor, row, "signed_out", [], now, ended=ended)
        return ended


def _companies_locked(session: Session, row: PersonRow, today: date) -> list[OrganisationRow]:
    """Those they act for, one change of their people at a time."""
    theirs = select(MembershipRow.organisation_id).where(
        MembershipRow.person_id == row.id, *in_force(MembershipRow, today)
    )
    return list(
        session.exec(
            select(OrganisationRow)
            .where(col(OrganisationRow.id).in_(theirs))
            .order_by(col(OrganisationRow.id))
            .with_for_update()
        ).all()
    )


def _is_last_administrator(session: Session, row: PersonRow, today: date) -> bool:
    return active_holders_of(session, StaffRole.ADMINISTRATOR, today) == (row.id,)


def _set_status(session: Session, row: PersonRow, status: str, now: datetime) -> None:
    row.status, row.updated_at, row.row_version = status, now, row.row_version + 1
    session.add(row)


def _tell(  # what happened to whom, at which companies, why, when
    session: Session,
    what: str,
    row: PersonRow,
    companies: list[OrganisationRow],
    reason: str,
    now: datetime,
) -> None:
    """The person, by mail too; and those who sign for everything of their companies."""
    _notify(session, f"person.{what}", [row.id or 0], None, now, reason=reason)
    for company in companies:
        others = set(category_a_of(session, company.id or 0, now.date())) - {row.id}
        told = {"who": row.name, "company": company.legal_name}
        _notify(session, f"access.{what}", sorted(others), company.id, now, **told)


def _notify(  # what, whom, about which company, when, in which words
    session: Session,
    key: str,
    people: list[int],
    organisation_id: int | None,
    now: datetime,
    **words: str,
) -> None:
    link = "/account/people" if organisation_id else "/notices"
    notify(
        session,
        key=key,
        people=people,
        organisation_id=organisation_id,
        link=link,
        now=now,
        **words,
    )


def _record(  # who did what to whom, in the trail of their companies too
    session: Session,
    actor: Actor,
    row: PersonRow,
    what: str,
    companies: list[OrganisationRow],
    now: datetime,
    **details: Any,  # noqa: ANN401  # whatever JSON can hold
) -> None:
    event = f"person.{what}"
    record(session, actor=actor, event=event, subject=row.public_id, now=now, **details)
    for company in companies:
        record(
            session,
            actor=actor,
            event=f"access.{what}",
            subject=row.public_id,
            organisation_id=company.id,
            now=now,
        )
