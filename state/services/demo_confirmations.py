"""Lists of signatories that companies of the demo market have confirmed, each on its own day."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session, col, select

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.domain.signatory_confirmation import digest_of_list, written
from state.persistence.members import category_a_of
from state.persistence.models.confirmation import SignatoryConfirmationRow
from state.persistence.models.organisation import ParticipantRow
from state.persistence.queries.signatory_list import signatories_on
from state.persistence.transaction import transaction

_DAYS_AGO: Final = {"ALBION": 340, "NRTHFLEX": 375}
_FEWEST_DAYS: Final = 40
_STEP: Final = 23
_SPREAD: Final = 280


def confirm_lists(*, actor: Actor, now: datetime) -> None:
    """Confirm them, once: one is due soon, one is overdue, the others are in good order."""
    actor.require(Permission.MARKET_SEED)
    with transaction() as session:
        if session.exec(select(SignatoryConfirmationRow.id).limit(1)).first() is not None:
            return
        rows = session.exec(select(ParticipantRow).order_by(col(ParticipantRow.id))).all()
        for number, row in enumerate(rows):
            days = _DAYS_AGO.get(row.party_id, _FEWEST_DAYS + number * _STEP % _SPREAD)
            on = now.date() - timedelta(days=days)
            if people := category_a_of(session, row.organisation_id, on):
                session.add(_confirmed(session, row, people[0], on, now))


def _confirmed(
    session: Session, row: ParticipantRow, person_id: int, on: date, now: datetime
) -> SignatoryConfirmationRow:
    lines = signatories_on(session, row.organisation_id, on)
    return SignatoryConfirmationRow(
        public_id=f"confirmed-{row.party_id.lower()}",
        organisation_id=row.organisation_id,
        confirmed_on=on,
        confirmed_by=person_id,
        listed=written(lines),
        digest=digest_of_list(lines),
        created_at=now,
        updated_at=now,
    )
