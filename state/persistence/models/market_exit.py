"""Withdrawal from the market, as a Party proposes it and the operator answers."""

from datetime import date, datetime

from sqlmodel import Field

from state.persistence.models.record import Record


class WithdrawalProposalRow(Record, table=True):
    """A date on which a Party wishes to withdraw, and what the operator said."""

    __tablename__ = "withdrawal_proposal"

    reference: str = Field(max_length=20, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    withdrawal_date: date
    last_trading_day: date
    reason: str = Field(max_length=500)
    status: str = Field(max_length=20, index=True)
    proposed_by: int = Field(foreign_key="person.id")
    decided_at: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decision_reason: str = Field(default="", max_length=500)
