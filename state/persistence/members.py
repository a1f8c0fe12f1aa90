"""Who belongs to a company, and how long what they hold lasts."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select, update

from state.domain.actor import NotAllowedError
from state.domain.authorisation_categories import CATEGORY_A
from state.persistence.models.person import AuthorisationRow, MembershipRow, PersonRow

SUSPENDED: Final = "suspended"
"""The status of a person who cannot sign in."""


def person_row(session: Session, public_id: str) -> PersonRow:
    """A person by the id that pages know.

    Raises:
        NotAllowedError: There is none such.
    """
    row = session.exec(select(PersonRow).where(PersonRow.public_id == public_id)).first()
    if row is None:
        raise NotAllowedError("There is no such person.")
    return row


def category_a_of(session: Session, organisation_id: int, on: date) -> list[int]:
    """The people who sign for everything of the company, in order of their keys."""
    found = session.exec(
        select(MembershipRow.person_id)
        .join(AuthorisationRow, col(AuthorisationRow.membership_id) == col(MembershipRow.id))
        .join(PersonRow, col(PersonRow.id) == col(MembershipRow.person_id))
        .where(
            MembershipRow.organisation_id == organisation_id,
            AuthorisationRow.category == CATEGORY_A,
            col(AuthorisationRow.role_code).is_(None),
            PersonRow.status == "active",
            *in_force(MembershipRow, on),
            *in_force(AuthorisationRow, on),
        )
        .order_by(col(MembershipRow.person_id))
        .distinct()
    )
    return list(found)


def is_member_by_mail(session: Session, organisation_id: int, email: str, on: date) -> bool:
    """Whether someone of that address has access for the company, now or from a later day."""
    found = session.exec(
        select(MembershipRow.id)
        .join(PersonRow, col(PersonRow.id) == col(MembershipRow.person_id))
        .where(
            MembershipRow.organisation_id == organisation_id,
            func.lower(PersonRow.email) == email.lower(),
            _not_over(MembershipRow, on),
        )
    )
    return found.first() is not None


def membership_of(session: Session, organisation_id: int, person_id: int) -> MembershipRow | None:
    """What a person is or was for the company."""
    return session.exec(
        select(MembershipRow).where(
            MembershipRow.organisation_id == organisation_id, MembershipRow.person_id == person_id
        )
    ).first()


def in_force(
    row: type[MembershipRow | AuthorisationRow], on: date
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Begun, and not over, on a day."""
    return col(row.since) <= on, _not_over(row, on)


def _not_over(row: type[MembershipRow | AuthorisationRow], on: date) -> ColumnElement[bool]:
    return col(row.until).is_(None) | (col(row.until) >= on)


def end_authorisations(session: Session, membership_id: int, last: date, now: datetime) -> None:
    """Let no category of the membership be held after that day."""
    session.execute(
        update(AuthorisationRow)
        .where(
            col(AuthorisationRow.membership_id) == membership_id,
            col(AuthorisationRow.until).is_(None) | (col(AuthorisationRow.until) > last),
        )
        .values(until=last, updated_at=now)
    )
