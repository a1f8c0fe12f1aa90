"""One figure as the tree of the figures it came from, down to what was given."""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import Frame
from settlement_engine.periods import period_start
from settlement_engine.rule import Version
from settlement_engine.rulebook import Settled
from settlement_engine.settling import RulebookError

BREADTH: Final = 50  # rows of one frame that are shown under a figure: a day of half-hours
STACKED: Final = 12  # actions of a stack that are shown: the dearest
DEEPEST: Final = 100
FEW: Final = 6  # up to so many rows are followed further where a figure sums rows of a finer grain


@dataclass(frozen=True, slots=True)
class Value:
    """One column of a row, as people read it."""

    column: str
    value: object
    unit: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Source:
    """Which way of working it out was in force, and where it is written."""

    formula: str
    says: str
    since: date
    modification: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A number of the Code that the formula read."""

    name: str
    value: object
    unit: str
    since: date
    modification: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of a quantity, how it was worked out and the figures it was worked out from.

    A figure without `source` was given. One that is not `followed` stands in full earlier in the
    tree, is one of too many or lies too deep. `nothing_of` names frames that had no row for it,
    `left_out` counts the rows of a frame that are not shown.
    """

    quantity: str
    key: tuple[Value, ...]
    values: tuple[Value, ...]
    source: Source | None = None
    parameters: tuple[ParameterValue, ...] = ()
    read: tuple["Figure", ...] = ()
    nothing_of: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    followed: bool = True


def explain(
    settled: Settled, quantity: str, key: Mapping[str, object], depth: int = DEEPEST
) -> Figure:
    """The tree of one row of a quantity.

    `key` holds a value for the key columns of its frame, such as Settlement Date and period.
    `depth` is how many quantities are followed, one under the other; the last ones show their
    value and how it is worked out.

    Raises:
        RulebookError: There is no such quantity, no such row, or the key fits several.
    """
    settled.rulebook.rule(quantity)
    frame = settled.frames.get(quantity)
    rows = None if frame is None else _matching(frame, key)
    wanted = ", ".join(f"{column} {value}" for column, value in key.items())
    if rows is None or rows.is_empty():
        raise RulebookError(f"{quantity} has no row for {wanted}.")
    if rows.height > 1:
        columns = ", ".join(frames.keys(settled.rulebook.frame_types()[quantity]))
        raise RulebookError(f"{quantity} has {rows.height} rows for {wanted}: name {columns}.")
    return _Tree(settled).figure(quantity, rows.row(0, named=True), depth)


def rows_read(settled: Settled, quantity: str, key: Mapping[str, object]) -> dict[str, int]:
    """How many rows of each frame made one row of a quantity."""
    row = _matching(settled.frames[quantity], key).row(0, named=True)
    version = settled.rulebook.rule(quantity).version_on(settled.span.since)
    tree = _Tree(settled)
    return {
        name: tree.rows_of(quantity, name, row).height
        for name in (version.reads if version else ())
        if name in tree.types
    }


def text(figure: Figure) -> str:
    """The tree in lines, what a figure came from indented under it."""
    return "\n".join("  " * level + line for level, line in _lines(figure, 0))


class _Tree:
    """Walks from a row to the rows it came from; a row met twice is followed once."""

    def __init__(self, settled: Settled) -> None:
        self.settled = settled
        self.types = settled.rulebook.frame_types()
        self.told: set[tuple[str, tuple[object, ...]]] = set()

    def figure(self, name: str, row: Mapping[str, Any], depth: int) -> Figure:
        """The figure of a row, with its roots unless they were told before or lie too deep."""
        schema, version = self.types[name], self._version(name, row)
        key = _values(schema, row, frames.keys(schema))
        figure = Figure(name, key, _values(schema, row, self._own_columns(name, version)))
        if version is None:
            return figure
        identity = (name, tuple(value.value for value in key))
        follow = depth > 0 and identity not in self.told
        if follow:
            self.told.add(identity)
        read = [
            (read, self.rows_of(name, read, row)) for read in version.reads if read in self.types
        ]
        return Figure(
            quantity=name,
            key=key,
            values=figure.values,
            source=_source(version),
            parameters=tuple(self._parameters(version, row["settlement_date"])),
            read=tuple(self._figures(name, read, depth - 1)) if follow else (),
            nothing_of=tuple(n for n, rows in read if rows.is_empty()) if follow else (),
            left_out={
                n: more for n, rows in read if (more := rows.height - self._shown(rows).height)
            }
            if follow
            else {},
            followed=follow,
        )

    def _figures(
        self, name: str, read: list[tuple[str, pl.DataFrame]], depth: int
    ) -> Iterator[Figure]:
        for read_name, rows in read:
            sums = not set(frames.keys(self.types[read_name])) <= set(frames.keys(self.types[name]))
            for row in self._shown(rows).iter_rows(named=True):
                yield self.figure(read_name, row, depth if not sums or rows.height <= FEW else 0)

    def _shown(self, rows: pl.DataFrame) -> pl.DataFrame:
        """So many rows as a person reads: the dearest of a stack, the first of anything else."""
        return rows.tail(STACKED) if "stack_place" in rows.columns else rows.head(BREADTH)

    def rows_of(self, name: str, read: str, row: Mapping[str, Any]) -> pl.DataFrame:
        """The rows of a frame that a figure read: those of its key that made it."""
        shared = self._shared(name, read)
        rows = _matching(self.settled.frames[read], {column: row[column] for column in shared})
        made_by = self.settled.rulebook.rule(name).made_by
        if read in made_by:
            rows = rows.filter(made_by[read])
        if {"starts_at", "ends_at"} <= set(rows.columns):
            at = period_start(row["settlement_date"], row["settlement_period"])
            rows = rows.filter(pl.col("starts_at") <= at, pl.col("ends_at") > at)
        if "stack_place" not in rows.columns:
            rows = rows.sort(frames.keys(self.types[read]))
        return rows

    def _shared(self, name: str, read: str) -> set[str]:
        """The columns by which a row of `read` belongs to a row of `name`.

        Those that are keys of both; where these do not say which row it is, also the columns that
        are a key of one and stand in the other, such as the Party of a unit.
        """
        if by := self.settled.rulebook.rule(name).over.get(read):
            return set(by)
        own, other = set(frames.keys(self.types[name])), set(frames.keys(self.types[read]))
        if other <= own:
            return other
        return own & set(self.types[read].column_names())

    def _own_columns(self, name: str, version: Version | None) -> list[str]:
        """The columns the quantity adds to the frame it builds on."""
        schema = self.types[name]
        inherited: set[str] = set(frames.keys(schema))
        for read in version.reads if version else ():
            if read in self.types and issubclass(schema, self.types[read]):
                inherited |= set(self.types[read].column_names())
        return [column for column in schema.column_names() if column not in inherited]

    def _version(self, name: str, row: Mapping[str, Any]) -> Version | None:
        if name not in self.settled.worked_out:
            return None
        return self.settled.rulebook.rule(name).version_on(row["settlement_date"])

    def _parameters(self, version: Version, settlement_date: date) -> Iterator[ParameterValue]:
        for parameter in self.settled.rulebook.parameters:
            dated = parameter.dated_value_on(settlement_date)
            if parameter.name in version.reads and dated is not None:
                yield ParameterValue(
                    parameter.name, dated.value, parameter.unit, dated.since, dated.modification
                )


def _matching(frame: pl.DataFrame, key: Mapping[str, object]) -> pl.DataFrame:
    return frame.filter(*(pl.col(column) == value for column, value in key.items()))


def _source(version: Version) -> Source:
    says = inspect.getdoc(version.formula) or ""
    name = getattr(version.formula, "__name__", "formula")
    return Source(name, says, version.since, version.modification, version.source)


def _values(schema: Frame, row: Mapping[str, Any], columns: list[str]) -> tuple[Value, ...]:
    return tuple(_value(schema.columns()[column], row[column]) for column in columns)


def _value(column: dy.Column, raw: object) -> Value:
    metadata = column.metadata or {}
    digits = frames.places(column)
    value = raw
    if digits is not None and isinstance(raw, int):
        value = Decimal(raw).scaleb(-digits)
    return Value(column.name, value, metadata.get("unit", ""), metadata.get("symbol", ""))


def _lines(figure: Figure, level: int) -> Iterator[tuple[int, str]]:
    """Each line of the tree with how far in it stands."""
    yield level, f"{figure.quantity}, {', '.join(_shown(value) for value in figure.key)}"
    for value in figure.values:
        symbol = f"  ({value.symbol})" if value.symbol else ""
        yield level + 1, f"{_shown(value)}{symbol}"
    if figure.source is None:
        yield level + 1, "given"
        return
    if not figure.followed:
        yield level + 1, f"by {figure.source.formula}; where it came from is not shown here"
        return
    yield from ((level + 1, line) for line in _reasons(figure, figure.source))
    for read in figure.read:
        yield from _lines(read, level + 2)
    for name, rows in figure.left_out.items():
        yield level + 2, f"{name}: {rows:,} more"


def _reasons(figure: Figure, source: Source) -> Iterator[str]:
    """How it was worked out and with which numbers of the Code."""
    dated = f"{source.modification}, in force from {source.since}, {source.paragraph}"
    yield f"by {source.formula} ({dated}):"
    yield from (f"  {line}" for line in source.says.splitlines() if line)
    for parameter in figure.parameters:
        unit = "" if parameter.unit == "choice" else f" {parameter.unit}"
        dated = f"{parameter.modification}, in force from {parameter.since}"
        yield f"with {parameter.name} = {parameter.value}{unit} ({dated})"
    for name in figure.nothing_of:
        yield f"with no row of {name}"
    yield "from"


def _shown(value: Value) -> str:
    unit = f" {value.unit}" if value.unit and value.value is not None else ""
    return f"{value.column} = {_written(value.value)}{unit}"


def _written(value: object) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value.normalize():,f}"
        case _:
            return str(value)
