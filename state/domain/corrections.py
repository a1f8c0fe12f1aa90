"""Corrections of published rows: which cells can be corrected, and what is wrong with a new value.

A correction revises rows of one Settlement Date. What is revised together is published again whole.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import polars as pl

from state.domain.datasets import PUBLISHED_AT, Column, Dataset, datasets
from state.domain.dates import spoken_date, spoken_moment
from state.domain.formats.plain_text import text_problem
from state.domain.refusal import Refusal

DATASET: Final = "dataset"
DAY: Final = "day"
MOST_CELLS: Final = 500
"""Of one correction; more are a new publication of the source."""

_NUMBER: Final = re.compile(r"-?\d{1,15}(\.\d{1,18})?")
_WHOLE: Final = re.compile(r"-?\d{1,18}")
_LONGEST: Final = 500
_FLAGS: Final = {"yes": True, "no": False}
_TYPES: Final = frozenset({"number", "integer", "text", "flag"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of one row: the texts of the row's key, and the column."""

    key: tuple[str, ...]
    column: str

    @property
    def name(self) -> str:
        """How a correction names it."""
        return json.dumps([*self.key, self.column], ensure_ascii=False)


def cell_of(name: str) -> Cell | None:
    """The cell of a name; none where it is no name of one."""
    try:
        parts = json.loads(name)
    except ValueError:
        return None
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        return None
    return Cell(tuple(parts[:-1]), parts[-1]) if parts else None


def is_correctable(definition: Dataset) -> bool:
    """Whether rows of a dataset are corrected here.

    What is confidential is corrected by those who sent it. Where the publish time tells rows apart,
    a correction would be another row.
    """
    is_public = definition.classification == "public"
    return is_public and PUBLISHED_AT not in definition.key and bool(cells_of(definition))


def correctable_datasets() -> tuple[Dataset, ...]:
    """Every dataset whose rows are corrected here, in the order of their titles."""
    found = [one for one in datasets().values() if is_correctable(one)]
    return tuple(sorted(found, key=lambda one: one.title))


def cells_of(definition: Dataset) -> tuple[Column, ...]:
    """The columns that a correction may change: never what tells rows apart or says when."""
    kept = {*definition.key, definition.valid_time, definition.vintage, PUBLISHED_AT}
    return tuple(one for one in definition.columns if one.type in _TYPES and one.name not in kept)


def text_of(value: object) -> str:
    """A value as it is shown and typed; nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def key_of(definition: Dataset, row: Mapping[str, object]) -> tuple[str, ...]:
    """The texts of a row's key."""
    return tuple(text_of(row[name]) for name in definition.key)


def key_words(definition: Dataset, key: tuple[str, ...]) -> str:
    """`Settlement Period 3 · Fuel WIND`: a row's key in words, without its Settlement Date."""
    return " · ".join(
        f"{definition.column(name).label} {_spoken(definition.column(name), text)}"
        for name, text in zip(definition.key, key, strict=True)
        if name != "settlement_date"
    )


def cell_words(definition: Dataset, cell: Cell) -> str:
    """`Settlement Period 3: System Buy Price, GBP/MWh`."""
    column = definition.column(cell.column)
    unit = f", {column.unit}" if column.unit else ""
    return f"{key_words(definition, cell.key)}: {column.label}{unit}".removeprefix(": ")


def correction_refusals(
    definition: Dataset, held: pl.DataFrame, seen: Mapping[str, str], typed: Mapping[str, str]
) -> tuple[Refusal, ...]:
    """Every reason against new texts of cells, by the name of the cell.

    `held` are the latest rows, `seen` what stood in the cells when the correction was begun.
    """
    rows = _by_key(definition, held)
    reasons = [
        Refusal(name, why)
        for name, text in typed.items()
        if (why := _cell_problem(definition, rows, seen, name, text))
    ]
    if not typed:
        reasons.append(Refusal("", "Nothing is changed yet. Type another value over one"))
    if len(typed) > MOST_CELLS:
        reasons.append(Refusal("", f"A correction has at most {MOST_CELLS} values. Send several"))
    return tuple(reasons)


def corrected_rows(
    definition: Dataset, held: pl.DataFrame, typed: Mapping[str, str], at: datetime
) -> pl.DataFrame:
    """The rows to publish: those corrected, and with them all that is revised together.

    They are published at `at`, or just after what they revise where that names a later moment.
    Nothing is wrong with the texts (`correction_refusals`).
    """
    rows = _by_key(definition, held)
    for name, text in typed.items():
        cell = _known_cell(definition, name)
        column = definition.column(cell.column)
        rows[cell.key] = rows[cell.key] | {cell.column: _value(column, text)}
    keys = {_known_cell(definition, name).key for name in typed}
    groups = {_group(definition, rows[key]) for key in keys}
    found = [row for row in rows.values() if _group(definition, row) in groups]
    before = [row[PUBLISHED_AT] for row in found if row[PUBLISHED_AT] is not None]
    published = max([at.astimezone(UTC), *(one + timedelta(microseconds=1) for one in before)])
    return pl.DataFrame(
        [row | {PUBLISHED_AT: published} for row in found], schema=definition.polars_schema
    )


def _cell_problem(
    definition: Dataset,
    rows: Mapping[tuple[str, ...], Mapping[str, Any]],
    seen: Mapping[str, str],
    name: str,
    text: str,
) -> str | None:
    cell = cell_of(name)
    if cell is None or cell.column not in {one.name for one in cells_of(definition)}:
        return "There is no such value to correct"
    row = rows.get(cell.key)
    if row is None:
        return "There is no such row any more. Look at the rows again"
    now, began = text_of(row[cell.column]), seen.get(name, "")
    words = cell_words(definition, cell)
    if now != began:
        return f"{words} is {now or 'empty'} now, and was {began or 'empty'}. Look at it again"
    if now == text:
        return f"{words} is {text or 'empty'} already. Type another value"
    why = _value_problem(definition.column(cell.column), text)
    return f"{words}: {why}" if why else None


def _value_problem(column: Column, text: str) -> str | None:
    if not text:
        return None if column.nullable else "enter a value; this one is never empty"
    if column.type == "flag":
        return None if text in _FLAGS else "type yes or no"
    if column.type == "text":
        return text_problem("the value", text, longest=_LONGEST)
    form, thing = (
        (_NUMBER, "a number, like 90.25")
        if column.type == "number"
        else (
            _WHOLE,
            "a whole number",
        )
    )
    if not form.fullmatch(text):
        return f"type {thing}"
    return _beyond(column, float(text))


def _beyond(column: Column, value: float) -> str | None:
    least, most = column.minimum, column.maximum
    if (least is None or value >= least) and (most is None or value <= most):
        return None
    unit = f" {column.unit}" if column.unit else ""
    limits = " and ".join(f"{one:,.15g}" for one in (least, most) if one is not None)
    between = (
        "between"
        if least is not None and most is not None
        else ("at least" if least is not None else "at most")
    )
    return f"it must be {between} {limits}{unit} ({column.limits_source})"


def _value(column: Column, text: str) -> object:
    if not text:
        return None
    if column.type == "number":
        return float(text) + 0.0
    if column.type == "integer":
        return int(text)
    return _FLAGS[text] if column.type == "flag" else text


def _by_key(definition: Dataset, held: pl.DataFrame) -> dict[tuple[str, ...], dict[str, Any]]:
    rows: Iterator[dict[str, Any]] = held.select(*definition.polars_schema).iter_rows(named=True)
    return {key_of(definition, row): row for row in rows}


def _group(definition: Dataset, row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(row[name] for name in definition.revision)


def _known_cell(definition: Dataset, name: str) -> Cell:
    cell = cell_of(name)
    if cell is None:
        raise LookupError(f"{definition.title} has no such value.")
    return cell


def _spoken(column: Column, text: str) -> str:
    if column.type == "moment":
        return spoken_moment(datetime.fromisoformat(text))
    return spoken_date(date.fromisoformat(text)) if column.type == "date" else text
