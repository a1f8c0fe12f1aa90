from datetime import date, timedelta

import pytest

from state.domain.session_limits import fresh_for, session_limits, warned_before

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(("is_staff", "minutes", "hours"), [(False, 30, 12), (True, 15, 8)])
def test_how_long_a_sign_in_lasts(is_staff, minutes, hours) -> None:
    limits = session_limits(is_staff=is_staff, on=DAY)
    assert limits.idle == timedelta(minutes=minutes)
    assert limits.absolute == timedelta(hours=hours)


def test_how_long_it_is_fresh_and_when_its_end_is_told() -> None:
    assert fresh_for(DAY) == timedelta(minutes=5)
    assert warned_before(DAY) == timedelta(minutes=2)
