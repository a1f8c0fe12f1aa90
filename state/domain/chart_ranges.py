"""Ranges of time that a chart shows: a day, a week, a month, a year, all; or the latest of such."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from settlement_engine.periods import period_count, settlement_period_of
from state.domain.dates import spoken_date

_ONE: timedelta = timedelta(days=1)
_INSTANT: timedelta = timedelta(microseconds=1)
_USUAL_PERIODS = 48


class Span(StrEnum):
    """How long."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"


HOURS = {Span.DAY: 24, Span.WEEK: 7 * 24, Span.MONTH: 30 * 24, Span.YEAR: 365 * 24, Span.ALL: 0}
"""How much of the latest a span shows where no date is given; 0 is all of it."""


@dataclass(frozen=True, slots=True)
class ChartRange:
    """Settlement Dates from since to until, both included."""

    span: Span
    since: date
    until: date

    @property
    def words(self) -> str:
        """The range as people say it."""
        if self.span is Span.DAY:
            return f"{self.since:%a} {spoken_date(self.since)}{_clock_change(self.since)}"
        if self.span is Span.MONTH:
            return f"{self.since:%B %Y}"
        if self.span is Span.YEAR:
            return f"{self.since:%Y}"
        return f"{spoken_date(self.since)} to {spoken_date(self.until)}"

    @property
    def before(self) -> "ChartRange":
        """The range of the same kind that ends where this begins."""
        return range_around(self.span, self.since - _ONE)

    @property
    def after(self) -> "ChartRange":
        """The range of the same kind that begins where this ends."""
        return range_around(self.span, self.until + _ONE)


def range_around(span: Span, day: date) -> ChartRange:
    """The day itself, its week from Monday, its month or its year. All has no day around it.

    Raises:
        ValueError: The span is all.
    """
    if span is Span.DAY:
        return ChartRange(span, day, day)
    if span is Span.WEEK:
        monday = day - timedelta(days=day.weekday())
        return ChartRange(span, monday, monday + timedelta(days=6))
    if span is Span.MONTH:
        first = day.replace(day=1)
        return ChartRange(span, first, (first + timedelta(days=31)).replace(day=1) - _ONE)
    if span is Span.YEAR:
        return ChartRange(span, day.replace(month=1, day=1), day.replace(month=12, day=31))
    raise ValueError("All of it has no day around which it lies.")


def stretch_of(text: str) -> tuple[date, date] | None:
    """The Settlement Dates, both included, of the stretch that an address names (`zoom`).

    It is two moments with a tilde between: `2026-10-23T10:00Z~2026-10-23T16:30Z`.
    """
    try:
        since, until = (datetime.fromisoformat(one) for one in text[:60].split("~"))
        if since.tzinfo is None or until.tzinfo is None or since >= until:
            return None
        return settlement_period_of(since)[0], settlement_period_of(until - _INSTANT)[0]
    except (ValueError, OverflowError):
        return None


def span_that_holds(stretch: tuple[date, date], spans: Sequence[Span]) -> Span | None:
    """The first of the spans that has all of the stretch around its first day."""
    since, until = stretch
    return next(
        (one for one in spans if one is Span.ALL or range_around(one, since).until >= until), None
    )


def latest_words(span: Span) -> str:
    """What the latest of a span is called."""
    return {
        Span.DAY: "Last 24 hours",
        Span.WEEK: "Last 7 days",
        Span.MONTH: "Last 30 days",
        Span.YEAR: "Last 365 days",
        Span.ALL: "Everything",
    }[span]


def _clock_change(day: date) -> str:
    periods = period_count(day)
    return "" if periods == _USUAL_PERIODS else f" · clocks change: {periods} half-hours"
