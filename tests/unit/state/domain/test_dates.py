from datetime import UTC, date, datetime

import pytest

from state.domain.dates import (
    clock_time,
    spoken_date,
    spoken_moment,
    spoken_time_of_day,
    typed_date,
)


def test_dates_are_said_plainly() -> None:
    assert spoken_date(date(2022, 3, 19)) == "19 Mar 2022"
    assert spoken_moment(datetime(2022, 7, 1, 13, 5, tzinfo=UTC)) == "1 Jul 2022, 14:05"
    assert clock_time(datetime(2022, 7, 1, 13, 5, tzinfo=UTC)) == "14:05"
    assert spoken_time_of_day(datetime(2022, 11, 22, 9, 5, tzinfo=UTC)) == "22 November at 09:05"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (("27", "3", "2027"), date(2027, 3, 27)),
        (("31", "2", "2027"), None),
        (("", "", ""), None),
        (("x", "1", "2027"), None),
        (("1", "1", "9" * 30), None),
    ],
)
def test_three_boxes_hold_a_date_or_none(typed, kept) -> None:
    assert typed_date(*typed) == kept
