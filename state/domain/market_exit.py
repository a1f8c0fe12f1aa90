"""Leaving the market: what a proposal to withdraw must say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from state.domain.dates import spoken_date
from state.domain.formats.plain_text import text_problem
from state.domain.refusal import Refusal
from state.domain.rules import withdrawal_notice_days


class ProposalStatus(StrEnum):
    """Where a proposal to withdraw stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class WithdrawalProposal:
    """The date on which a Party wishes to withdraw, as typed."""

    withdrawal_date: date | None
    last_trading_day: date | None
    reason: str


def earliest_withdrawal_date(today: date) -> date:
    """The first date on which a Party that proposes today may withdraw."""
    return today + timedelta(days=withdrawal_notice_days(today))


def refusals(proposal: WithdrawalProposal, *, today: date) -> tuple[Refusal, ...]:
    """Every reason to refuse the proposal today, in the order of the form."""
    return tuple(Refusal(field, reason) for field, reason in _problems(proposal, today) if reason)


def _problems(proposal: WithdrawalProposal, today: date) -> Iterator[tuple[str, str | None]]:
    yield "last_trading_day", _last_trading_day_problem(proposal)
    yield "withdrawal_date", _withdrawal_date_problem(proposal.withdrawal_date, today)
    yield "reason", text_problem("your reason", proposal.reason, longest=500)


def _withdrawal_date_problem(proposed: date | None, today: date) -> str | None:
    if proposed is None:
        return "Withdrawal date must be a real date, like 27 3 2027"
    earliest = earliest_withdrawal_date(today)
    if proposed < earliest:
        return (
            f"Withdrawal date must be at least {withdrawal_notice_days(today)} days from today, "
            f"on or after {spoken_date(earliest)}"
        )
    if proposed.year > today.year + 10:
        return "Withdrawal date must be within ten years"
    return None


def _last_trading_day_problem(proposal: WithdrawalProposal) -> str | None:
    if proposal.last_trading_day is None:
        return "Last day of trading must be a real date, like 27 3 2027"
    if proposal.withdrawal_date and proposal.last_trading_day >= proposal.withdrawal_date:
        return "Last day of trading must be before the withdrawal date"
    return None
