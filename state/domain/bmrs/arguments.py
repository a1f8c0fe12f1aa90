"""What a program asked: its query read by the endpoint's parameters, every fault told at once.

The official service ignores names it does not know; so do we, and say so. In strict mode an
unknown name is a fault. Moments without a zone are UTC, as there.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Final

from state.domain.bmrs.catalogue import Endpoint, Parameter

COMMON: Final = frozenset({"format", "asof", "strict", "apikey"})
"""Names that every endpoint knows, in small letters. `APIKey` is of older days: it does nothing."""

_FIRST_YEAR: Final = 1990
_LAST_YEAR: Final = 2100
_LOST_PLUS: Final = re.compile(r" (\d{2}:\d{2})$")


class ArgumentsError(ValueError):
    """The question cannot be answered; `faults` says what is wrong with each parameter."""

    def __init__(self, faults: Mapping[str, Sequence[str]]) -> None:
        """Keep every fault, by the name of the parameter."""
        super().__init__("; ".join(f"{name}: {' '.join(of)}" for name, of in faults.items()))
        self.faults = {name: list(of) for name, of in faults.items()}


@dataclass(frozen=True, slots=True)
class Arguments:
    """Values by the official name of their parameter; names of no meaning stand in `ignored`."""

    values: Mapping[str, Any]
    as_of: datetime | None = None
    ignored: tuple[str, ...] = field(default=())

    def get(self, name: str, otherwise: Any = None) -> Any:  # noqa: ANN401  # a value of its type
        """The value of a parameter, or what stands for one that is not given."""
        return self.values.get(name, otherwise)

    def given(self, *names: str) -> bool:
        """Whether any of these was given."""
        return any(name in self.values for name in names)


def read_arguments(
    endpoint: Endpoint,
    path: Mapping[str, str],
    query: Sequence[tuple[str, str]],
) -> Arguments:
    """Read path and query. Names count in any case; a list may be repeated or have commas.

    Raises:
        ArgumentsError: A value cannot be read, a required one is missing, or, in strict mode, a
            name is unknown.
    """
    given: dict[str, list[str]] = {}
    for name, text in query:
        given.setdefault(name.lower(), []).append(text)
    faults: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    for parameter in endpoint.parameters:
        texts = (
            [path[parameter.name]]
            if parameter.place == "path"
            else given.get(parameter.name.lower(), [])
        )
        texts = [text.strip() for text in texts if text.strip()]
        if not texts:
            if parameter.required:
                faults[parameter.name] = [f"The {parameter.name} field is required."]
            continue
        _read_into(values, faults, parameter.name, partial(_value, parameter, texts))
    known = COMMON | {one.name.lower() for one in endpoint.parameters}
    ignored = tuple(dict.fromkeys(name for name, _ in query if name.lower() not in known))
    common: dict[str, Any] = {}
    if given.get("asof"):
        _read_into(common, faults, "asOf", partial(read_moment, given["asof"][-1]))
    if given.get("strict"):
        _read_into(common, faults, "strict", partial(_flag, given["strict"][-1]))
    if common.get("strict"):
        faults |= {name: ["There is no such parameter here."] for name in ignored}
    _check_order(values, faults)
    if faults:
        raise ArgumentsError(faults)
    return Arguments(values, common.get("asOf"), ignored)


def _read_into(
    values: dict[str, Any], faults: dict[str, list[str]], name: str, read: Callable[[], Any]
) -> None:
    try:
        values[name] = read()
    except ValueError as fault:
        faults[name] = [str(fault)]


_ORDERED: Final = (
    ("from", "to"),
    ("publishDateTimeFrom", "publishDateTimeTo"),
    ("settlementDateFrom", "settlementDateTo"),
    ("settlementPeriodFrom", "settlementPeriodTo"),
    ("measurementDateTimeFrom", "measurementDateTimeTo"),
    ("submissionDateTimeFrom", "submissionDateTimeTo"),
    ("fromDate", "toDate"),
)


def _check_order(values: Mapping[str, Any], faults: dict[str, list[str]]) -> None:
    for first, last in _ORDERED:
        if first == "settlementPeriodFrom" and values.get("from") != values.get("to"):
            continue
        if first in values and last in values and values[first] > values[last]:
            faults.setdefault(last, [f"It must not be before {first}."])


def _value(parameter: Parameter, texts: Sequence[str]) -> Any:  # noqa: ANN401  # of its type
    if parameter.type in {"texts", "integers"}:
        parts = [part.strip() for text in texts for part in text.split(",") if part.strip()]
        return tuple(_one(parameter, part) for part in parts)
    return _one(parameter, texts[-1])


def _one(parameter: Parameter, text: str) -> Any:  # noqa: ANN401  # of its type
    if parameter.choices:
        for choice in parameter.choices:
            if choice.lower() == text.lower():
                return choice
        raise ValueError(f"Give one of {', '.join(parameter.choices)}.")
    if parameter.type in {"integer", "integers"}:
        return _integer(parameter.name, text)
    readers: dict[str, Callable[[str], Any]] = {
        "date": read_date,
        "moment": read_moment,
        "flag": _flag,
    }
    return readers.get(parameter.type, str)(text)


def _integer(name: str, text: str) -> int:
    if not re.fullmatch(r"-?\d{1,12}", text, re.ASCII):
        raise ValueError("Give a whole number.")
    number = int(text)
    if name.startswith("settlementPeriod") and not 1 <= number <= _PERIODS:
        raise ValueError(f"Give a Settlement Period from 1 to {_PERIODS}.")
    return number


_PERIODS: Final = 50  # of the day on which clocks go back


def _flag(text: str) -> bool:
    if text.lower() in {"true", "1"}:
        return True
    if text.lower() in {"false", "0"}:
        return False
    raise ValueError("Give true or false.")


def read_date(text: str) -> date:
    """A date; of a moment, its date as written.

    Raises:
        ValueError: It is none.
    """
    return read_moment(text).date()


def read_moment(text: str) -> datetime:
    """A moment in UTC; a date is its first moment.

    Raises:
        ValueError: It is none.
    """
    try:
        found = datetime.fromisoformat(_LOST_PLUS.sub(r"+\1", text.replace("/", "-")))
    except ValueError:
        raise ValueError("Write a date as 2026-10-25 and a moment as 2026-10-25T00:30Z.") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueError(f"Give a year from {_FIRST_YEAR} to {_LAST_YEAR}.")
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
