from datetime import date

import pytest

from state.domain.chart_ranges import HOURS, ChartRange, Span, latest_words, range_around


@pytest.mark.parametrize(
    ("span", "since", "until", "words"),
    [
        (Span.DAY, date(2026, 10, 22), date(2026, 10, 22), "Thu 22 Oct 2026"),
        (Span.WEEK, date(2026, 10, 19), date(2026, 10, 25), "19 Oct 2026 to 25 Oct 2026"),
        (Span.MONTH, date(2026, 10, 1), date(2026, 10, 31), "October 2026"),
        (Span.YEAR, date(2026, 1, 1), date(2026, 12, 31), "2026"),
    ],
)
def test_a_range_lies_around_its_day(span: Span, since: date, until: date, words: str) -> None:
    found = range_around(span, date(2026, 10, 22))
    assert found == ChartRange(span, since, until)
    assert found.words == words


def test_a_day_on_which_clocks_change_says_so() -> None:
    assert "50 half-hours" in range_around(Span.DAY, date(2026, 10, 25)).words
    assert "46 half-hours" in range_around(Span.DAY, date(2026, 3, 29)).words


@pytest.mark.parametrize("span", [Span.DAY, Span.WEEK, Span.MONTH, Span.YEAR])
def test_ranges_follow_each_other_without_a_gap(span: Span) -> None:
    shown = range_around(span, date(2024, 2, 29))
    assert (shown.since - shown.before.until).days == 1
    assert (shown.after.since - shown.until).days == 1
    assert shown.before.after == shown == shown.after.before


def test_all_of_it_has_no_day_around_which_it_lies() -> None:
    with pytest.raises(ValueError, match="no day"):
        range_around(Span.ALL, date(2026, 1, 1))


def test_every_span_has_words_and_hours_for_its_latest() -> None:
    assert {latest_words(span) for span in Span} == {
        "Last 24 hours",
        "Last 7 days",
        "Last 30 days",
        "Last 365 days",
        "Everything",
    }
    assert set(HOURS) == set(Span)
