from datetime import UTC, date, datetime

import pytest

from state.domain.chart_ranges import Span
from state.ui.ranges import Held, day_of_zoom, range_view

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


@pytest.mark.parametrize(
    ("range_", "zoom", "shown"),
    [
        ("day", "2026-10-14T10:00Z~2026-10-14T12:00Z", ("2026-10-14", "2026-10-14")),
        ("day", "2026-10-14T10:00Z~2026-10-15T12:00Z", ("2026-10-12", "2026-10-18")),
        ("week", "2026-10-18T10:00Z~2026-10-19T10:00Z", ("2026-10-01", "2026-11-25")),
        ("day", "2026-10-14T22:30Z~2026-10-14T23:00Z", ("2026-10-14", "2026-10-14")),
    ],
)
def test_a_stretch_is_held_by_a_range_that_stays(range_, zoom, shown) -> None:
    view = range_view("/p", {"range": range_, "zoom": zoom}, SPANS, HELD)
    assert (view.api_range["from"], view.api_range["to"]) == shown
    assert view.hours == 0


@pytest.mark.parametrize(
    "zoom",
    ["", "now", "2026-10-14~2026-10-15", "2026-10-15T00:00Z~2026-10-14T00:00Z", "a~b~c", "~"],
)
def test_what_is_no_stretch_leaves_the_latest(zoom: str) -> None:
    assert range_view("/p", {"zoom": zoom}, SPANS, HELD).hours == 24
    assert day_of_zoom({"zoom": zoom}) == ""


def test_a_date_outranks_a_stretch() -> None:
    query = {"date": "2026-10-02", "zoom": "2026-10-14T10:00Z~2026-10-14T12:00Z"}
    assert range_view("/p", query, SPANS, HELD).date == "2026-10-02"
    assert day_of_zoom(query) == "2026-10-14"
