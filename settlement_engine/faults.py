"""What is wrong with the frames that are given: every problem, its place and its cure.

Frames come in as people and files write them: decimals, and text where a file has no types. They
go on only when nothing is wrong with any of them.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import dataframely as dy
import polars as pl

from settlement_engine import frames, reading
from settlement_engine.frames import Frame
from settlement_engine.given import BUY_TYPES, SELL_TYPES
from settlement_engine.periods import PERIOD_MINUTES, period_count_expression

ROWS_NAMED: Final = 100  # of one kind in one column; the rest is counted
SHORTEST_DAY_HOURS: Final = 23
MINUTES_AN_HOUR: Final = 60
FAULTS_SHOWN: Final = 20  # in the text of the error; its `faults` hold all


@dataclass(frozen=True, slots=True)
class Fault:
    """One problem. The row counts rows of data from 1, as a person does."""

    source: str
    row: int | None
    column: str | None
    what: str
    cure: str

    def __str__(self) -> str:
        row = f", row {self.row:,}" if self.row is not None else ""
        column = f", column {self.column}" if self.column is not None else ""
        return f"{self.source}{row}{column}: {self.what} {self.cure}"


class GivenFramesError(ValueError):
    """What was given cannot be settled; nothing has been worked out."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        shown = [str(fault) for fault in self.faults[:FAULTS_SHOWN]]
        if (more := len(self.faults) - FAULTS_SHOWN) > 0:
            shown.append(f"And {more:,} more.")
        super().__init__("\n".join(shown))


@dataclass(frozen=True, slots=True)
class Given:
    """Frames without a fault, in the engine's exact numbers, by name."""

    frames: Mapping[str, pl.DataFrame]


def checked(
    raw: Mapping[str, pl.DataFrame],
    schemas: Mapping[str, Frame],
    sources: Mapping[str, str] | None = None,
    known: Sequence[Fault] = (),
    period_minutes: int = PERIOD_MINUTES,
) -> Given:
    """The frames in exact numbers, if nothing is wrong with any of them.

    `sources` names each frame as its owner knows it, such as its file; `known` are problems that
    were found on the way here.

    Raises:
        GivenFramesError: With every fault of every frame.
    """
    names = {name: (sources or {}).get(name, name) for name in raw}
    faults = list(known)
    typed: dict[str, pl.DataFrame] = {}
    for name, frame in raw.items():
        if name not in schemas:
            faults.append(_unknown("frame", name, schemas, source=names[name], column=None))
            continue
        typed[name], found = read_frame(frame, schemas[name], names[name], period_minutes)
        faults.extend(found)
    if faults:
        raise GivenFramesError(faults)
    return Given({name: frames.exact(frame, schemas[name]) for name, frame in typed.items()})


def read_frame(
    frame: pl.DataFrame, schema: Frame, source: str, period_minutes: int = PERIOD_MINUTES
) -> tuple[pl.DataFrame, list[Fault]]:
    """The frame with the types of the schema, and what is wrong with it."""
    columns = schema.columns()
    faults = list(_column_faults(frame, schema, source))
    here = [
        name
        for name in columns
        if name in frame.columns and not reading.misfit(frame, name, columns)
    ]
    typed = frame.select(
        reading.read(frame.schema[name], columns[name]).alias(name) for name in here
    )
    faults.extend(_found(frame, list(_reading_checks(frame, typed, columns)), source))
    values = [*_value_checks(columns, here), *_row_checks(schema, set(here), period_minutes)]
    faults.extend(_found(typed, values, source))
    return typed, faults


@dataclass(frozen=True, slots=True)
class _Check:
    """A condition that is true where something is wrong."""

    column: str
    wrong: pl.Expr
    what: str
    cure: str


def _column_faults(frame: pl.DataFrame, schema: Frame, source: str) -> Iterator[Fault]:
    columns = schema.columns()
    for name, column in columns.items():
        if name in frame.columns:
            if reading.misfit(frame, name, columns):
                what = f"The column holds {frame.schema[name]}."
                yield Fault(source, None, name, what, f"It must hold {reading.wanted(column)}.")
        elif "neutral" not in (column.metadata or {}):
            what = f"The column is missing. It must hold {reading.wanted(column)}."
            yield Fault(source, None, name, what, "Add it.")
    for name in frame.columns:
        if name not in columns:
            yield _unknown("column", name, columns, source=source, column=name)


def _unknown(
    kind: str, name: str, known: Mapping[str, object], *, source: str, column: str | None
) -> Fault:
    nearest = difflib.get_close_matches(name, known, n=1)
    cure = f"Did you mean {nearest[0]}?" if nearest else f"Known are {', '.join(known)}."
    return Fault(source, None, column, f"There is no {kind} of this name.", cure)


def _reading_checks(
    frame: pl.DataFrame, typed: pl.DataFrame, columns: Mapping[str, dy.Column]
) -> Iterator[_Check]:
    """No value where there must be one; text that says something, but not what it is for."""
    for name in typed.columns:
        column, raw, cure = columns[name], pl.col(name), f"Write {reading.wanted(columns[name])}."
        if isinstance(column, dy.String):
            raw = pl.when(raw != "").then(raw)
        elif frame.schema[name] == pl.String:
            raw = raw.str.strip_chars().replace("", None)
        if not column.nullable:
            yield _Check(name, raw.is_null(), "There is no value.", cure)
        if frame.schema[name] != typed.schema[name]:
            wrong = raw.is_not_null() & pl.lit(typed[name]).is_null()
            yield _Check(name, wrong, "{value} cannot be read.", cure)


def _value_checks(columns: Mapping[str, dy.Column], here: Sequence[str]) -> Iterator[_Check]:
    """Values that no row of the column may have."""
    for name in here:
        column, values = columns[name], pl.col(name)
        number = frames.places(column) is not None or isinstance(column, dy.Float64)
        if number:
            cure = f"Write {reading.wanted(column)}."
            yield _Check(name, ~values.is_finite(), "{value} is not a finite number.", cure)
        if isinstance(column, dy.Int64 | dy.Date):
            scale = 10 ** (frames.places(column) or 0)
            yield from _range_checks(name, column.min, column.max, scale, finite=number)


def _range_checks(
    name: str, low: int | date | None, high: int | date | None, scale: int, *, finite: bool
) -> Iterator[_Check]:
    values = pl.col(name)
    usable = values.is_finite() if finite else pl.lit(value=True)
    if low is not None:
        least = low / scale if isinstance(low, int) else low
        cure = f"The least is {_written(least)}."
        yield _Check(name, usable & (values < least), "{value} is too low.", cure)
    if high is not None:
        most = high / scale if isinstance(high, int) else high
        cure = f"The most is {_written(most)}."
        yield _Check(name, usable & (values > most), "{value} is too high.", cure)


def _written(bound: float | date) -> str:
    return f"{bound:,.12g}" if isinstance(bound, int | float) else str(bound)


def _row_checks(schema: Frame, here: set[str], period_minutes: int) -> Iterator[_Check]:
    """What two columns or two rows say against each other."""
    if {"settlement_date", "settlement_period"} <= here:
        yield _Check(
            "settlement_period",
            _after_the_last_period(period_minutes),
            "The day has no period {value}.",
            "A day has 48, or 46 or 50 when the clocks change; check the Settlement Date.",
        )
    if {"action_type", "volume_mwh"} <= here:
        yield from _sign_checks()
    if "stack_place" in here:
        yield _Check(
            "stack_place",
            pl.col("stack_place").diff() <= 0,
            "{value} is not above the place of the row before.",
            "Give the rows in the order of the stack.",
        )
    if {"starts_at", "ends_at"} <= here:
        wrong = pl.col("ends_at") <= pl.col("starts_at")
        yield _Check(
            "ends_at", wrong, "The window ends at {value}.", "It must end after it starts."
        )
    if (key := frames.keys(schema)) and set(key) <= here:
        yield _Check(
            key[-1],
            pl.struct(key).is_duplicated(),
            "{value} occurs more than once.",
            f"Keep one row for each {', '.join(key)}.",
        )


def _after_the_last_period(period_minutes: int) -> pl.Expr:
    """Days are counted only where it could matter: no day is shorter than the shortest."""
    period = pl.col("settlement_period")
    certain = SHORTEST_DAY_HOURS * MINUTES_AN_HOUR // period_minutes
    doubtful = pl.when(period > certain).then(pl.col("settlement_date"))
    return period > period_count_expression(doubtful, period_minutes)


def _sign_checks() -> Iterator[_Check]:
    volume, kind = pl.col("volume_mwh"), pl.col("action_type")
    for types, wrong, sign in ((BUY_TYPES, volume < 0, "buys"), (SELL_TYPES, volume > 0, "sells")):
        yield _Check(
            "volume_mwh",
            kind.is_in(types) & wrong,
            "{value} has the wrong sign: the action " + sign + ".",
            "Write a buy as a positive volume, a sell as a negative one, or mend the action type.",
        )


def _found(frame: pl.DataFrame, checks: Sequence[_Check], source: str) -> Iterator[Fault]:
    """Look for all that can be wrong in one pass; look up rows only where something is."""
    wrong = frame.select(check.wrong.any().alias(str(n)) for n, check in enumerate(checks))
    for check, found in zip(checks, wrong.row(0) if checks else (), strict=True):
        if found:
            yield from _rows(frame, check, source)


def _rows(frame: pl.DataFrame, check: _Check, source: str) -> Iterator[Fault]:
    wrong = frame.select(check.wrong).to_series()
    rows = wrong.fill_null(value=False).arg_true()
    for row in rows.head(ROWS_NAMED):
        value = str(frame[check.column][row])
        yield Fault(source, row + 1, check.column, check.what.format(value=value), check.cure)
    if (more := rows.len() - ROWS_NAMED) > 0:
        what = f"The same in {more:,} more rows."
        yield Fault(source, None, check.column, what, check.cure)
