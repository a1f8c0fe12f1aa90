from datetime import UTC, date, datetime, timedelta

from state.domain.completeness import DayHeld
from state.domain.completeness_words import age_words, day_letters, strip_words
from state.domain.feed_words import ahead_words, every_words, taken_in_by

FIRST = date(2026, 11, 1)


def days(*facts: tuple[int, int | None]) -> list[DayHeld]:
    return [DayHeld(FIRST + timedelta(days=n), *held) for n, held in enumerate(facts)]


def test_a_day_has_a_letter() -> None:
    assert day_letters(days((48, 48), (47, 48), (0, 48), (3, None), (0, None))) == "fpns-"


def test_the_picture_is_said_in_words_the_latest_gap_first() -> None:
    assert strip_words(days((48, 48), (48, 48))) == "2 of 2 days whole"
    lacking = days((0, 48), (1, 48), (2, 48), (3, 48), (48, 48))
    assert strip_words(lacking) == (
        "1 of 5 days whole. Not whole: 4 Nov 2026 3 of 48; 3 Nov 2026 2 of 48; "
        "2 Nov 2026 1 of 48; and 1 more"
    )
    assert strip_words(days((2, None), (0, None))) == (
        "Rows on 1 of the last 2 days; they come as they do"
    )


def test_how_long_ago_how_often_and_by_whom() -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    ages = [timedelta(seconds=3), timedelta(minutes=1), timedelta(hours=5), timedelta(days=2)]
    assert [age_words(now - age, now) for age in ages] == [
        "less than a minute",
        "1 minute",
        "5 hours",
        "2 days",
    ]
    assert [every_words(n) for n in (5, 60, 240, 1440)] == [
        "every 5 minutes",
        "every hour",
        "every 4 hours",
        "every day",
    ]
    waits = [timedelta(0), timedelta(seconds=20), timedelta(minutes=60), timedelta(days=3)]
    assert [ahead_words(wait) for wait in waits] == ["now", "in 1 minute", "in 1 hour", "in 3 days"]
    assert [taken_in_by(who) for who in ("clock", "console", "person:4")] == [
        "The timetable",
        "The command line",
        "Person 4",
    ]
