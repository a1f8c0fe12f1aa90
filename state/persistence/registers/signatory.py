"""The register of Authorised Signatories: the categories that a colleague holds, and when."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from state.domain.changes import ChangeAction
from state.domain.refusal import Refusal
from state.domain.signatory import (
    Grant,
    grant_refusals,
    last_category_a_refusal,
    read_grants,
    write_grants,
)
from state.persistence.models.organisation import (
    OrganisationRow,
    ParticipantRoleRow,
    ParticipantRow,
)
from state.persistence.models.person import AuthorisationRow, MembershipRow, PersonRow
from state.persistence.registers.register import Held, Register, Wanted

_FIELDS = ("categories",)


def held(
    session: Session, organisation_id: int | None, subject: str, *, to_change: bool = False
) -> Held | None:
    """A colleague and the categories that they hold or will hold; the subject is the person."""
    found = _member(session, organisation_id, subject, to_change=to_change)
    if found is None:
        return None
    membership, person = found
    grants = _grants(session, membership.id or 0)
    return Held({"categories": write_grants(grants)}, membership.row_version, person.name)


def apply(session: Session, wanted: Wanted, now: datetime) -> None:
    """Give and end categories so that the colleague holds what was agreed, from its day on."""
    found = _member(session, wanted.organisation_id, wanted.subject)
    if found is None:
        raise LookupError("There is no such colleague.")
    membership, _ = found
    agreed = () if wanted.action is ChangeAction.END else _dated(wanted)
    _end(session, membership, wanted, set(agreed), now)
    there = set(_grants(session, membership.id or 0))
    for grant in agreed:
        if grant not in there:
            session.add(_row(membership, grant, wanted, now))
    membership.kind = "signatory" if agreed else "viewer"
    membership.row_version += 1
    membership.updated_at = now
    session.add(membership)


def refusals(session: Session, wanted: Wanted) -> tuple[Refusal, ...]:
    """Categories that are and are the company's; and somebody always holds Category A."""
    company = session.get_one(OrganisationRow, wanted.organisation_id or 0)
    typed = wanted.values.get("categories", "")
    roles = _roles(session, wanted.organisation_id)
    if wrong := grant_refusals(typed, held_roles=roles, today=wanted.effective_on):
        return wrong
    others = [
        grant
        for membership in session.exec(
            select(MembershipRow)
            .join(PersonRow, col(PersonRow.id) == col(MembershipRow.person_id))
            .where(
                MembershipRow.organisation_id == wanted.organisation_id,
                PersonRow.public_id != wanted.subject,
                PersonRow.status == "active",
                col(MembershipRow.until).is_(None),
            )
        ).all()
        for grant in _grants(session, membership.id or 0)
    ]
    after = () if wanted.action is ChangeAction.END else _dated(wanted)
    return last_category_a_refusal(company.legal_name, others, after, wanted.effective_on)


def _roles(session: Session, organisation_id: int | None) -> Iterable[str]:
    return session.exec(
        select(ParticipantRoleRow.role_code)
        .join(ParticipantRow, col(ParticipantRow.id) == col(ParticipantRoleRow.participant_id))
        .where(ParticipantRow.organisation_id == organisation_id)
    ).all()


def _dated(wanted: Wanted) -> tuple[Grant, ...]:
    return tuple(
        Grant(grant.category, grant.role_code, grant.since or wanted.effective_on, grant.until)
        for grant in read_grants(wanted.values.get("categories", ""))
    )


def _end(
    session: Session,
    membership: MembershipRow,
    wanted: Wanted,
    agreed: set[Grant],
    now: datetime,
) -> None:
    """End what is no longer agreed; what had not begun yet never does."""
    last = wanted.effective_on - timedelta(days=1)
    for row in _rows(session, membership.id or 0):
        if _grant_of(row) in agreed:
            continue
        row.until = max(last, row.since - timedelta(days=1))
        row.row_version += 1
        row.updated_at = now
        session.add(row)
    session.flush()


def _row(
    membership: MembershipRow, grant: Grant, wanted: Wanted, now: datetime
) -> AuthorisationRow:
    return AuthorisationRow(
        public_id=secrets.token_hex(8),
        membership_id=membership.id or 0,
        category=grant.category,
        role_code=grant.role_code or None,
        since=grant.since or wanted.effective_on,
        until=grant.until,
        created_at=now,
        updated_at=now,
    )


def _grants(session: Session, membership_id: int) -> tuple[Grant, ...]:
    return tuple(_grant_of(row) for row in _rows(session, membership_id))


def _grant_of(row: AuthorisationRow) -> Grant:
    return Grant(row.category, row.role_code or "", row.since, row.until)


def _rows(session: Session, membership_id: int) -> Iterable[AuthorisationRow]:
    """Those that were not ended before they began, and have not ended by being replaced."""
    rows = session.exec(
        select(AuthorisationRow)
        .where(AuthorisationRow.membership_id == membership_id)
        .order_by(AuthorisationRow.category, col(AuthorisationRow.since))
    ).all()
    return [row for row in rows if row.until is None or row.until >= row.since]


def _title(values: Mapping[str, str]) -> str:
    return values.get("name", "")


def _member(
    session: Session, organisation_id: int | None, subject: str, *, to_change: bool = True
) -> tuple[MembershipRow, PersonRow] | None:
    wanted = (
        select(MembershipRow, PersonRow)
        .join(PersonRow, col(PersonRow.id) == col(MembershipRow.person_id))
        .where(
            MembershipRow.organisation_id == organisation_id,
            PersonRow.public_id == subject,
            col(MembershipRow.until).is_(None),
        )
    )
    return session.exec(wanted.with_for_update() if to_change else wanted).first()


SIGNATORIES = Register(held, apply, _title, refusals)
