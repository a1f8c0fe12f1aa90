"""What a company pays the operator: each fee with its dates, and what falls due this month."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import col, select

from state.domain.actor import Actor
from state.domain.dated_values import DatedText
from state.domain.fees import dated_amounts, fees, fees_due, is_party_agent
from state.domain.permissions import Permission
from state.persistence.models.organisation import ParticipantRoleRow, ParticipantRow
from state.persistence.transaction import reading


@dataclass(frozen=True, slots=True)
class FeeOnPage:
    """A fee, and every amount of it with its date."""

    name: str
    is_monthly: bool
    with_vat: bool
    amounts: tuple[DatedText, ...]


@dataclass(frozen=True, slots=True)
class ChargeDue:
    """What falls due, and on which day."""

    name: str
    amount: Decimal
    with_vat: bool
    day: date


@dataclass(frozen=True, slots=True)
class CompanyCharges:
    """All fees, and those that fall due in the month of today."""

    fees: tuple[FeeOnPage, ...]
    due: tuple[ChargeDue, ...]
    month: date
    pays_nothing: bool


def charges_of(*, actor: Actor, organisation_id: int, now: datetime) -> CompanyCharges:
    """The fees of a company by the roles it takes part in; party agents alone pay none."""
    actor.require(Permission.CHARGES_VIEW, organisation_id)
    with reading() as session:
        rows = session.exec(
            select(ParticipantRoleRow)
            .join(ParticipantRow, col(ParticipantRow.id) == col(ParticipantRoleRow.participant_id))
            .where(ParticipantRow.organisation_id == organisation_id)
        ).all()
    today = now.date()
    roles = [(row.role_code, row.since, row.until) for row in rows]
    held = [
        code for code, since, until in roles if since <= today and (not until or until >= today)
    ]
    return CompanyCharges(
        fees=tuple(
            FeeOnPage(fee.name, fee.is_monthly, bool(fee.vat), dated_amounts(fee)) for fee in fees()
        ),
        due=tuple(
            ChargeDue(one.fee.name, one.amount, bool(one.fee.vat), one.day)
            for one in fees_due(roles, today)
        ),
        month=today.replace(day=1),
        pays_nothing=all(is_party_agent(code) for code in held),
    )
