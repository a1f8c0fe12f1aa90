"""The range bar over a chart: what the address asks for, and where each of its links leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from urllib.parse import urlencode

from settlement_engine.periods import settlement_period_of
from state.domain.chart_ranges import (
    HOURS,
    ChartRange,
    Span,
    latest_words,
    range_around,
    span_that_holds,
    stretch_of,
)
from state.domain.dates import is_believable

_ONE = timedelta(days=1)
_NOTHING: Mapping[str, str] = MappingProxyType({})
_AHEAD = timedelta(days=30)
"""How far beyond the latest value is asked for, so that what comes in while one looks is shown."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of a dataset: its first and last Settlement Date, and its latest moment."""

    first: date
    last: date
    latest_at: datetime


@dataclass(frozen=True, slots=True)
class RangeView:
    """All that the bar shows, and the range that the chart asks the API for."""

    span: Span
    api_range: dict[str, str]
    hours: int
    words: str
    ranges: list[dict[str, str]]
    date: str = ""
    previous: str = ""
    following: str = ""
    latest: str = ""
    problem: str = ""


def range_view(
    path: str,
    query: Mapping[str, str],
    spans: tuple[Span, ...],
    held: Held,
    *,
    usual: Span = Span.DAY,
    kept: Mapping[str, str] = _NOTHING,
) -> RangeView:
    """Read `range` and `date` of the address; every link carries on what is `kept`.

    Where the address names a stretch (`zoom`) and no date, the range is one that holds it: the
    latest of a span moves away from it.
    """
    asked, problem = _asked(query, spans, usual)
    span, day = asked
    links = _Links(path, dict(kept))
    ranges = [
        {
            "text": one.value.capitalize() if one is not Span.ALL else "Everything",
            "href": links.to(one, day),
            "current": "page" if one is span else "false",
        }
        for one in spans
    ]
    if day is None or span is Span.ALL:
        return _latest(span, ranges, held, links, problem)
    shown = range_around(span, day)
    return RangeView(
        span=span,
        api_range={"from": str(shown.since), "to": str(shown.until)},
        hours=0,
        words=shown.words,
        ranges=ranges,
        date=str(day),
        previous=links.to_range(shown.before) if shown.since > held.first else "",
        following=links.to_range(shown.after) if shown.until < held.last else "",
        latest=links.to(span, None),
        problem=problem,
    )


def day_of_zoom(query: Mapping[str, str]) -> str:
    """The day of the stretch that an address names; nothing where it names none."""
    stretch = stretch_of(query.get("zoom", ""))
    return str(stretch[0]) if stretch else ""


def _latest(
    span: Span, ranges: list[dict[str, str]], held: Held, links: "_Links", problem: str
) -> RangeView:
    hours = HOURS[span]
    from_at = held.latest_at - timedelta(hours=hours)
    since = settlement_period_of(from_at)[0]
    earlier = "" if span is Span.ALL else links.to_range(range_around(span, since - _ONE))
    begin = str(held.first) if span is Span.ALL else from_at.isoformat().replace("+00:00", "Z")
    return RangeView(
        span=span,
        api_range={"from": begin, "to": str(held.last + _AHEAD)},
        hours=hours,
        words=latest_words(span),
        ranges=ranges,
        date="",
        previous=earlier if since > held.first else "",
        problem=problem,
    )


@dataclass(frozen=True, slots=True)
class _Links:
    path: str
    kept: dict[str, str]

    def to(self, span: Span, day: date | None) -> str:
        named = {"range": span.value, **self.kept}
        if day is not None and span is not Span.ALL:
            named["date"] = str(day)
        return f"{self.path}?{urlencode(named)}"

    def to_range(self, shown: ChartRange) -> str:
        return self.to(shown.span, shown.since)


def _asked(
    query: Mapping[str, str], spans: tuple[Span, ...], usual: Span
) -> tuple[tuple[Span, date | None], str]:
    named = query.get("range", usual.value)
    problem = ""
    if named not in {span.value for span in spans}:
        problem = f"There is no range “{named[:20]}”; this is a {usual.value}."
        named = usual.value
    text = query.get("date", "")
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return (Span(named), None), f"“{text[:20]}” is no date; this is the latest."
    if day is not None and not is_believable(day):
        return (Span(named), None), f"There is no data of the year {day.year}; this is the latest."
    if day is None and (stretch := stretch_of(query.get("zoom", ""))):
        held = span_that_holds(stretch, spans[spans.index(Span(named)) :])
        return (held or Span(named), stretch[0]), problem
    return (Span(named), day), problem
