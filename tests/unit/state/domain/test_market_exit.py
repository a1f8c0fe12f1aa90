from datetime import date

import pytest

from state.domain.market_exit import WithdrawalProposal, earliest_withdrawal_date, refusals

TODAY = date(2026, 11, 21)


def said(leave, last, reason="Sold.") -> list[str]:
    proposal = WithdrawalProposal(leave, last, reason)
    return [refusal.reason for refusal in refusals(proposal, today=TODAY)]


def test_28_days_is_the_least_notice() -> None:
    assert earliest_withdrawal_date(TODAY) == date(2026, 12, 19)
    assert said(date(2026, 12, 19), date(2026, 12, 1)) == []
    assert said(date(2026, 12, 18), date(2026, 12, 1)) == [
        "Withdrawal date must be at least 28 days from today, on or after 19 Dec 2026"
    ]


@pytest.mark.parametrize(
    ("leave", "last", "reason", "problems"),
    [
        (None, None, "", 3),
        (date(2027, 1, 1), date(2027, 1, 1), "x", 1),
        (date(2037, 1, 1), date(2027, 1, 1), "x", 1),
        (date(2027, 1, 1), date(2026, 12, 1), "x" * 501, 1),
    ],
)
def test_every_reason_at_once(leave, last, reason, problems) -> None:
    assert len(said(leave, last, reason)) == problems
