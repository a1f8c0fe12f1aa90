"""Query parameters: each is known, stands once and means something, or all faults are told."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeVar

from starlette.datastructures import QueryParams

from kinnect_app.api.problems import BadRequestError, Fault
from settlement_engine.periods import period_start

_T = TypeVar("_T")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOST_PLUS: Final = re.compile(r" (\d{2}:\d{2})$")  # an unescaped + arrives as a space
_FIRST_YEAR: Final = 2001
_LAST_YEAR: Final = 2100


def read_parameters(
    query: QueryParams, readers: Mapping[str, Callable[[str], object]]
) -> dict[str, Any]:
    """Each parameter that is given, read; one that is not given is left out.

    Raises:
        BadRequestError: A parameter is unknown, given twice, or cannot be read.
    """
    known = ", ".join(readers) or "none"
    faults = [
        Fault(name, f"There is no such parameter. There are: {known}.")
        for name in query
        if name not in readers
    ]
    values: dict[str, Any] = {}
    for name, reader in readers.items():
        given = query.getlist(name)
        try:
            if len(given) > 1:
                raise ValueError("Give it once.")  # noqa: TRY301  # joined to the other faults
            if given:
                values[name] = reader(given[0])
        except ValueError as fault:
            faults.append(Fault(name, str(fault)))
    if faults:
        raise BadRequestError(faults)
    return values


def range_start(text: str) -> datetime:
    """A moment, or the first moment of a Settlement Date."""
    return period_start(_day(text), 1) if _DAY.fullmatch(text) else moment(text)


def range_end(text: str) -> datetime:
    """A moment (left out of the range itself), or the end of a Settlement Date (the day is in)."""
    if _DAY.fullmatch(text):
        return period_start(_day(text) + timedelta(days=1), 1)
    return moment(text)


def moment(text: str) -> datetime:
    """A moment with a time zone, in UTC."""
    try:
        found = datetime.fromisoformat(_LOST_PLUS.sub(r"+\1", text))
    except ValueError:
        raise ValueError(
            "This is neither a date (2026-10-25) nor a moment (2026-10-25T00:30:00Z)."
        ) from None
    if found.tzinfo is None:
        raise ValueError("Say in which time zone, for example 2026-10-25T00:30:00Z.")
    return _plausible(found).astimezone(UTC)


def settlement_date(text: str) -> date:
    """A Settlement Date."""
    return _day(text)


def whole_number(least: int, greatest: int) -> Callable[[str], int]:
    """A reader of whole numbers between two limits, both included."""

    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not least <= int(text) <= greatest:
            raise ValueError(f"Give a whole number from {least} to {greatest}.")
        return int(text)

    return read


def one_of(choices: Mapping[str, _T]) -> Callable[[str], _T]:
    """A reader of a word out of a few."""

    def read(text: str) -> _T:
        if text not in choices:
            raise ValueError(f"Give one of {', '.join(choices)}.")
        return choices[text]

    return read


def require_order(from_at: datetime, until_at: datetime, longest: timedelta, advice: str) -> None:
    """A range begins before it ends, and is no longer than one answer can be.

    Raises:
        BadRequestError: It is not so.
    """
    if from_at >= until_at:
        raise BadRequestError([Fault("to", "It must be later than from.")])
    if until_at - from_at > longest:
        detail = f"At most {longest.days} days at a time. {advice}"
        raise BadRequestError([Fault("to", detail)])


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ValueError("This is no date. Write it as 2026-10-25.") from None
    _plausible(datetime(found.year, 1, 1, tzinfo=UTC))
    return found


def _plausible(at: datetime) -> datetime:
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise ValueError(f"Give a year from {_FIRST_YEAR} to {_LAST_YEAR}.")
    return at


FORMATS: Final[Mapping[str, str]] = {"json": "json", "csv": "csv"}
