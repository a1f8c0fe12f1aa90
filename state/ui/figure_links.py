"""The address of one figure's explanation: written from a figure, and read back with suspicion."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from urllib.parse import urlencode

import dataframely as dy

from settlement_engine.frames import keys
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.dates import is_believable

_RUN: Final = re.compile(r"[0-9A-Za-z_-]{1,40}")
_NAME: Final = re.compile(r"[ -~]{1,60}")
_WHOLE: Final = re.compile(r"-?[0-9]{1,12}")
_TRUTH: Final = {"yes": True, "no": False}


class NoSuchFigureError(ValueError):
    """The address names no figure."""


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """The figure that an address asks for; `of` is the column it is about, if it says so."""

    run: str
    quantity: str
    key: Mapping[str, object]
    of: str


def figure_address(
    path: str, run: str, quantity: str, key: Iterable[tuple[str, object]], of: str = ""
) -> str:
    """Where the figure is explained."""
    named = {"run": run, "quantity": quantity} | {column: _written(v) for column, v in key}
    return f"{path}?{urlencode(named | ({'of': of} if of else {}))}"


def asked_figure(query: Mapping[str, str]) -> AskedFigure:
    """Read the address.

    Raises:
        NoSuchFigureError: Something of it is missing, unknown, or cannot be what it should be.
    """
    run, quantity = query.get("run", ""), query.get("quantity", "")
    if not _RUN.fullmatch(run) or quantity not in {rule.name for rule in TRADING_CHARGES.rules}:
        raise NoSuchFigureError
    frame = TRADING_CHARGES.frame_types()[quantity]
    columns, wanted, of = frame.columns(), keys(frame), query.get("of", "")
    if set(query) - {"run", "quantity", "of"} != set(wanted) or (of and of not in columns):
        raise NoSuchFigureError
    key = {column: _read(columns[column], query[column]) for column in wanted}
    return AskedFigure(run, quantity, key, of)


def asked_run(text: str) -> str | None:
    """A run's public id, as far as its shape can say; None for any other text."""
    return text if _RUN.fullmatch(text) else None


def asked_date(text: str) -> date | None:
    """A Settlement Date; None for any other text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if is_believable(day) else None


def _written(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case _:
            return str(value)


def _read(column: dy.Column, text: str) -> object:
    found = _readers(column, text)
    if found is None:
        raise NoSuchFigureError
    return found


def _readers(column: dy.Column, text: str) -> object | None:
    match column:
        case dy.Date():
            return asked_date(text)
        case dy.Datetime():
            return _moment(text)
        case dy.Int64():
            return int(text) if _WHOLE.fullmatch(text) else None
        case dy.Bool():
            return _TRUTH.get(text)
        case dy.Enum():
            return text if text in column.categories else None
        case _:
            return text if _NAME.fullmatch(text) else None


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None and is_believable(found.date()) else None
