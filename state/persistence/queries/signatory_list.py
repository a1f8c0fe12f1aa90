"""Who may sign for a company on a day, and when the company confirmed that last."""

from datetime import date

from sqlmodel import Session, col, func, select

from state.domain.dates import spoken_date
from state.domain.signatory import Grant, grants_in_words, write_grants
from state.domain.signatory_confirmation import ListedSignatory
from state.persistence.members import in_force
from state.persistence.models.confirmation import SignatoryConfirmationRow
from state.persistence.models.organisation import ParticipantRoleRow, ParticipantRow
from state.persistence.models.person import AuthorisationRow, MembershipRow, PersonRow


def signatories_on(
    session: Session, organisation_id: int, day: date
) -> tuple[ListedSignatory, ...]:
    """The list, by name."""
    rows = session.exec(
        select(PersonRow.name, AuthorisationRow)
        .join(MembershipRow, col(MembershipRow.person_id) == col(PersonRow.id))
        .join(AuthorisationRow, col(AuthorisationRow.membership_id) == col(MembershipRow.id))
        .where(
            MembershipRow.organisation_id == organisation_id,
            PersonRow.status == "active",
            *in_force(MembershipRow, day),
            *in_force(AuthorisationRow, day),
        )
    ).all()
    held: dict[str, list[AuthorisationRow]] = {}
    for name, row in rows:
        held.setdefault(f"{name}\n{row.membership_id}", []).append(row)
    return tuple(sorted(_line(key.split("\n", maxsplit=1)[0], rows) for key, rows in held.items()))


def last_confirmation(session: Session, organisation_id: int) -> SignatoryConfirmationRow | None:
    """The newest confirmation of the company."""
    return session.exec(
        select(SignatoryConfirmationRow)
        .where(SignatoryConfirmationRow.organisation_id == organisation_id)
        .order_by(col(SignatoryConfirmationRow.id).desc())
    ).first()


def acceded_on(session: Session, organisation_id: int) -> date | None:
    """The day from which the company has taken part; none where it does not yet."""
    return session.exec(
        select(func.min(ParticipantRoleRow.since))
        .join(ParticipantRow, col(ParticipantRow.id) == col(ParticipantRoleRow.participant_id))
        .where(ParticipantRow.organisation_id == organisation_id)
    ).one()


def _line(name: str, rows: list[AuthorisationRow]) -> ListedSignatory:
    grants = (Grant(row.category, row.role_code or "", None, row.until) for row in rows)
    first = min(row.since for row in rows)
    return ListedSignatory(name, grants_in_words(write_grants(grants)), spoken_date(first))
