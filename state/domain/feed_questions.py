"""Questions to the public service: which address, and for which time, in steps it can answer.

Which values an address takes, the catalogue of the public service says; nothing here knows a
dataset.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from settlement_engine.periods import period_count
from state.domain.bmrs.catalogue import Endpoint, endpoints
from state.domain.datasets import Dataset, FeedPlan, datasets

_RANGES: Final = (
    ("publishDateTimeFrom", "publishDateTimeTo"),
    ("submissionDateTimeFrom", "submissionDateTimeTo"),
    ("measurementDateTimeFrom", "measurementDateTimeTo"),
    ("from", "to"),
    ("settlementDateFrom", "settlementDateTo"),
    ("fromDate", "toDate"),
)
"""How an address may name a range, those first that miss nothing that is published late."""

_DAY: Final = "{settlementDate}"
_LEAST: Final = timedelta(microseconds=1)


class NoFeedError(LookupError):
    """The public service is not asked for this dataset."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in UTC, without its end."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """One request: a path under the address of the service, and the values it is asked with."""

    code: str
    path: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """How an ingest names it as a source."""
        asked = [value for _, value in self.values] or [self.path.rpartition("/")[2]]
        return f"{self.code} {' to '.join(asked[:2])}"


def feeds() -> dict[str, Dataset]:
    """Every dataset that the public service is asked for, by its official code."""
    return {one.code: one for one in datasets().values() if one.code and one.feed is not None}


def plan_of(code: str) -> tuple[Dataset, FeedPlan]:
    """A dataset by its official code, and how the service is asked for it.

    Raises:
        NoFeedError: It is not asked for it.
    """
    definition = feeds().get(code.upper())
    if definition is None or definition.feed is None:
        raise NoFeedError(f"{code} is not asked for. There are: {', '.join(sorted(feeds()))}.")
    return definition, definition.feed


def steps(span: Span, plan: FeedPlan) -> Iterator[Span]:
    """The span in steps, each from the end of the last; the last ends where the span does."""
    since = span.since
    while since < span.until:
        until = min(since + timedelta(hours=plan.step_hours), span.until)
        yield Span(since, until)
        since = until


def questions(definition: Dataset, span: Span) -> tuple[Question, ...]:
    """What to ask for a step: once, or once for each day where the address names one day."""
    endpoint = endpoint_of(definition)
    code = definition.code or definition.name
    if _DAY in endpoint.path:
        days = _days(span)
        return tuple(Question(code, endpoint.path.replace(_DAY, day)) for day in days)
    return (Question(code, endpoint.path, _values(endpoint, span)),)


def endpoint_of(definition: Dataset) -> Endpoint:
    """The address that is asked for a dataset: the one it names, or that of its code.

    Raises:
        NoFeedError: The public service has no such address.
    """
    named = definition.feed.path if definition.feed else None
    of_code = (f"/datasets/{definition.code}/stream", f"/datasets/{definition.code}")
    for path in (named,) if named else of_code:
        if path in endpoints():
            return endpoints()[path]
    raise NoFeedError(f"The public service has no address for {definition.code}.")


def spans(definition: Dataset, plan: FeedPlan, span: Span) -> tuple[Span, ...]:
    """The steps in which a span is asked for: one where the address gives a whole list."""
    endpoint = endpoint_of(definition)
    if range_of(endpoint) is None and _DAY not in endpoint.path:
        return (span,)
    return tuple(steps(span, plan))


def range_of(endpoint: Endpoint) -> tuple[str, str] | None:
    """The names by which an address takes a range; none where it gives a whole list."""
    names = {parameter.name for parameter in endpoint.parameters}
    return next(((first, last) for first, last in _RANGES if {first, last} <= names), None)


def _values(endpoint: Endpoint, span: Span) -> tuple[tuple[str, str], ...]:
    found = range_of(endpoint)
    if found is None:
        return ()
    first, last = found
    kinds = {parameter.name: parameter.type for parameter in endpoint.parameters}
    if kinds[first] == "date":
        days = _days(span)
        values = ((first, days[0]), (last, days[-1]))
    else:
        values = ((first, _moment(span.since)), (last, _moment(span.until)))
    return values + _periods(endpoint, span)


def _periods(endpoint: Endpoint, span: Span) -> tuple[tuple[str, str], ...]:
    """Every period of the days, where an address must be told."""
    required = {parameter.name for parameter in endpoint.parameters if parameter.required}
    if "settlementPeriodFrom" not in required:
        return ()
    last = period_count((span.until - _LEAST).date())
    return (("settlementPeriodFrom", "1"), ("settlementPeriodTo", str(last)))


def _days(span: Span) -> list[str]:
    first, last = span.since.date(), max((span.until - _LEAST).date(), span.since.date())
    return [
        (first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)
    ]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_began(at: datetime) -> datetime:
    """The first moment of its day, in UTC."""
    return datetime.combine(at.astimezone(UTC).date(), time(), UTC)
