from datetime import UTC, date, datetime

from state.domain.chart_ranges import Span
from state.ui.ranges import Held, range_view

HELD = Held(date(2026, 10, 1), date(2026, 10, 26), datetime(2026, 10, 26, 14, 5, tzinfo=UTC))
SPANS = (Span.DAY, Span.WEEK, Span.ALL)


def test_without_a_date_it_is_the_latest_and_goes_on_beyond_it() -> None:
    view = range_view("/p", {}, SPANS, HELD)
    assert view.api_range == {"from": "2026-10-25T14:05:00Z", "to": "2026-11-25"}
    assert (view.hours, view.words, view.latest) == (24, "Last 24 hours", "")
    assert view.previous == "/p?range=day&date=2026-10-24"
    assert view.following == ""


def test_a_date_shows_the_whole_range_around_it() -> None:
    view = range_view("/p", {"range": "week", "date": "2026-10-14"}, SPANS, HELD)
    assert view.api_range == {"from": "2026-10-12", "to": "2026-10-18"}
    assert (view.hours, view.date) == (0, "2026-10-14")
    assert view.previous == "/p?range=week&date=2026-10-05"
    assert view.following == "/p?range=week&date=2026-10-19"
    assert view.latest == "/p?range=week"
    assert [of["current"] for of in view.ranges] == ["false", "page", "false"]


def test_there_is_no_way_beyond_what_is_held() -> None:
    assert range_view("/p", {"date": "2026-10-01"}, SPANS, HELD).previous == ""
    assert range_view("/p", {"date": "2026-10-26"}, SPANS, HELD).following == ""


def test_everything_begins_with_the_first_day() -> None:
    view = range_view("/p", {"range": "all", "date": "2026-10-14"}, SPANS, HELD)
    assert view.api_range["from"] == "2026-10-01"
    assert (view.hours, view.previous) == (0, "")


def test_links_carry_on_what_is_kept() -> None:
    view = range_view("/p", {}, SPANS, HELD, kept={"resolution": "5m"})
    assert all("resolution=5m" in of["href"] for of in view.ranges)


def test_what_cannot_be_read_is_said_and_the_usual_is_shown() -> None:
    view = range_view("/p", {"range": "eon"}, SPANS, HELD, usual=Span.WEEK)
    assert view.span is Span.WEEK
    assert "“eon”" in view.problem
    assert "is no date" in range_view("/p", {"date": "soon"}, SPANS, HELD).problem
