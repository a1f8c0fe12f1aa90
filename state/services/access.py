"""Who has access for a company, as a Category A changes, ends and confirms it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select, update

from state.domain.access import end_refusals, kind_refusals
from state.domain.actor import Actor, NotAllowedError
from state.domain.dates import spoken_date
from state.domain.invitations import KINDS, OPEN, InvitationStatus
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.persistence.audit_trail import record
from state.persistence.invitations import cancel_links
from state.persistence.members import category_a_of, end_authorisations
from state.persistence.models.invitations import InvitationRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import (
    MembershipRow,
    PersonRow,
    UserSessionRow,
)
from state.persistence.notices import notify
from state.persistence.transaction import transaction


class AccessRefusedError(RefusedError):
    """The change breaks a rule; nothing is stored."""


def end_access(
    *, actor: Actor, organisation_id: int, public_id: str, on: date | None, now: datetime
) -> None:
    """End a person's access from a day; from today, their sessions leave the company at once.

    Raises:
        NotAllowedError: The actor may not, or there is no such person at the company.
        AccessRefusedError: The day is past, or nobody would be left who signs for everything.
    """
    actor.require(Permission.ACCESS_GRANT, organisation_id)
    with transaction() as session:
        company = _locked(session, organisation_id)
        row, person = _member(session, organisation_id, public_id, now.date())
        signs = row.person_id in category_a_of(session, organisation_id, now.date())
        left = set(category_a_of(session, organisation_id, date.max)) - {row.person_id}
        if reasons := end_refusals(
            company.legal_name,
            on=on,
            today=now.date(),
            nobody_left=signs and not left,
        ):
            raise AccessRefusedError(reasons)
        assert on is not None  # noqa: S101  # the refusals saw to it
        assert row.id is not None  # noqa: S101  # it was read
        row.until = on - timedelta(days=1)
        _touch(session, row, now)
        end_authorisations(session, row.id, row.until, now)
        if on <= now.date():
            _leave_company(session, row)
            _revoke_invitations(session, row, now)
        _tell_of_the_end(session, row, person, company.legal_name, on, now)
        _record(session, actor, row, "ended", person, now, since=str(on))


def change_kind(
    *, actor: Actor, organisation_id: int, public_id: str, kind: str, now: datetime
) -> None:
    """Make a viewer an assistant, or an assistant a viewer.

    Raises:
        NotAllowedError: The actor may not, or there is no such person at the company.
        AccessRefusedError: They are a signatory, or that is no such kind.
    """
    actor.require(Permission.ACCESS_GRANT, organisation_id)
    with transaction() as session:
        company = _locked(session, organisation_id)
        row, person = _member(session, organisation_id, public_id, now.date())
        if reasons := kind_refusals(row.kind, kind):
            raise AccessRefusedError(reasons)
        row.kind = kind
        _touch(session, row, now)
        notify(
            session,
            key="access.changed",
            people=[row.person_id],
            organisation_id=organisation_id,
            link="/account/people",
            now=now,
            company=company.legal_name,
            what=KINDS[kind],
        )
        _record(session, actor, row, "changed", person, now, kind=kind)


def confirm_people(
    *, actor: Actor, organisation_id: int, public_ids: Collection[str], now: datetime
) -> int:
    """The yearly review: these people still need access; gives how many.

    Raises:
        NotAllowedError: The actor may not, or one of them is not of the company.
        AccessRefusedError: Nobody was chosen.
    """
    actor.require(Permission.ACCESS_GRANT, organisation_id)
    if not public_ids:
        raise AccessRefusedError((Refusal("people", "Select whom you confirm"),))
    with transaction() as session:
        for public_id in sorted(set(public_ids)):
            row, _ = _member(session, organisation_id, public_id, now.date())
            row.confirmed_on = now.date()
            _touch(session, row, now)
        record(
            session,
            actor=actor,
            event="access.confirmed",
            subject=actor.reference,
            organisation_id=organisation_id,
            now=now,
            people=sorted(set(public_ids)),
        )
        return len(set(public_ids))


def _locked(session: Session, organisation_id: int) -> OrganisationRow:
    """The company, one change of its people at a time: two cannot each end the other's access."""
    return session.exec(
        select(OrganisationRow).where(OrganisationRow.id == organisation_id).with_for_update()
    ).one()


def _member(
    session: Session, organisation_id: int, public_id: str, today: date
) -> tuple[MembershipRow, PersonRow]:
    found = session.exec(
        select(MembershipRow, PersonRow)
        .join(PersonRow, col(PersonRow.id) == col(MembershipRow.person_id))
        .where(
            MembershipRow.organisation_id == organisation_id,
            PersonRow.public_id == public_id,
            col(MembershipRow.until).is_(None) | (col(MembershipRow.until) >= today),
        )
    ).first()
    if found is None:
        raise NotAllowedError("There is no such person at your company.")
    return found


def _touch(session: Session, row: MembershipRow, now: datetime) -> None:
    row.updated_at, row.row_version = now, row.row_version + 1
    session.add(row)


def _leave_company(session: Session, row: MembershipRow) -> None:
    session.execute(
        update(UserSessionRow)
        .where(
            col(UserSessionRow.person_id) == row.person_id,
            col(UserSessionRow.organisation_id) == row.organisation_id,
        )
        .values(organisation_id=None)
    )


def _revoke_invitations(session: Session, row: MembershipRow, now: datetime) -> None:
    """Whoever they invited and who has not come yet does not come any more."""
    invited = session.exec(
        select(InvitationRow).where(
            InvitationRow.organisation_id == row.organisation_id,
            InvitationRow.invited_by == row.person_id,
            col(InvitationRow.status).in_([*OPEN, InvitationStatus.DRAFT]),
        )
    ).all()
    for one in invited:
        one.status, one.updated_at = InvitationStatus.REVOKED, now
        session.add(one)
        cancel_links(session, one)


def _tell_of_the_end(  # of whose access, where, when
    session: Session,
    row: MembershipRow,
    person: PersonRow,
    company: str,
    on: date,
    now: datetime,
) -> None:
    notify(
        session,
        key="access.ended",
        people={row.person_id, *category_a_of(session, row.organisation_id, now.date())},
        organisation_id=row.organisation_id,
        link="/notices",
        now=now,
        company=company,
        who=person.name,
        on=spoken_date(on),
    )


def _record(  # who did what with whose access
    session: Session,
    actor: Actor,
    row: MembershipRow,
    what: str,
    person: PersonRow,
    now: datetime,
    **details: str,
) -> None:
    record(
        session,
        actor=actor,
        event=f"access.{what}",
        subject=person.public_id,
        organisation_id=row.organisation_id,
        now=now,
        **details,
    )
