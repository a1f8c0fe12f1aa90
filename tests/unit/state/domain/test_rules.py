from datetime import date

import pytest

from state.domain import rules


def test_the_operators_numbers_are_dated() -> None:
    assert rules.withdrawal_notice_days(date(2026, 1, 1)) == 28
    assert rules.draft_kept_days(date(2026, 1, 1)) == 30
    with pytest.raises(ValueError, match="has no value yet"):
        rules.withdrawal_notice_days(date(1990, 1, 1))
