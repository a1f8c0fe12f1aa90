from datetime import date, timedelta

from state.domain.mail import next_try_after

TODAY = date(2026, 11, 22)


def test_waits_double_and_end_within_a_day() -> None:
    waits = []
    while (wait := next_try_after(len(waits) + 1, TODAY)) is not None:
        waits.append(wait)
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert timedelta(hours=12) < sum(waits, timedelta()) <= timedelta(hours=24)
