"""What makes one row unfit to be stored: every reason, with file, row, column and value."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from settlement_engine.periods import (
    period_count_expression,
    period_start_expression,
    settlement_date_of,
    settlement_period_of_expression,
)
from state.domain.datasets import PUBLISHED_AT, Column, dataset
from state.domain.feeds import FILE, REFUSED_SCHEMA, ROW, Circumstances, Provenance
from state.domain.fuels import HOW_TO_ADD_A_FUEL
from state.domain.given_columns import RAW, lacks_zone

_FIRST_DAY: Final = pl.date(2001, 3, 27)  # NETA: before it there was no Settlement Period
_NUMBERS: Final = ("integer", "number")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that can be wrong with a row. A reason or remedy may be worked out from the row."""

    code: str
    column: str
    wrong: pl.Expr
    reason: str | pl.Expr
    remedy: str | pl.Expr


def foreign(rows: pl.DataFrame, circumstances: Circumstances) -> pl.DataFrame:
    """Rows of another source: one reason each, for nothing else about them matters here."""
    checks = [
        _of_other_source(provenance)
        for provenance in circumstances.feed.provenance
        if RAW + provenance.column in rows.columns
    ]
    return _reasons(rows, checks)


def unfit(rows: pl.DataFrame, circumstances: Circumstances) -> pl.DataFrame:
    """Every reason to refuse a row for what it says."""
    return _reasons(rows, list(_checks(rows, circumstances)))


def with_derived_columns(rows: pl.DataFrame, circumstances: Circumstances) -> pl.DataFrame:
    """The start of the period from its date and number where the feed does not say it."""
    if "settlement_period" not in circumstances.dataset.polars_schema:
        return rows
    start = period_start_expression("settlement_date", pl.col("settlement_period").cast(pl.Int64))
    if RAW + "start_at" not in rows.columns:
        return rows.with_columns(start_at=start)
    said = pl.col(RAW + "start_at").is_not_null()
    return rows.with_columns(start_at=pl.when(said).then("start_at").otherwise(start))


def _reasons(rows: pl.DataFrame, checks: list[Check]) -> pl.DataFrame:
    flags = [check.wrong.fill_null(value=False).alias(str(i)) for i, check in enumerate(checks)]
    wrong = rows.select(flags)
    found = [
        rows.filter(wrong[str(i)]).select(_columns(check, rows))
        for i, check in enumerate(checks)
        if wrong[str(i)].any()
    ]
    return pl.concat([pl.DataFrame(schema=REFUSED_SCHEMA), *found])


def _columns(check: Check, rows: pl.DataFrame) -> list[pl.Expr]:
    given = RAW + check.column
    value = pl.col(given) if given in rows.columns else pl.lit(None)
    words = {
        name: pl.lit(text) if isinstance(text, str) else text
        for name, text in (("reason", check.reason), ("remedy", check.remedy))
    }
    return [
        pl.col(FILE).alias("file"),
        pl.col(ROW).alias("row"),
        pl.lit(check.column).alias("column"),
        value.cast(pl.String, strict=False).alias("value"),
        pl.lit(check.code).alias("code"),
        *(text.alias(name) for name, text in words.items()),
    ]


def _of_other_source(provenance: Provenance) -> Check:
    given = pl.col(RAW + provenance.column).cast(pl.String, strict=False)
    begins = given.str.to_lowercase().str.starts_with(provenance.begins_with.lower())
    return Check(
        "other source",
        provenance.column,
        ~begins,
        f"The row does not come from {provenance.begins_with}.",
        provenance.remedy,
    )


def _checks(rows: pl.DataFrame, circumstances: Circumstances) -> Iterator[Check]:
    definition, feed = circumstances.dataset, circumstances.feed
    for column in definition.columns:
        if RAW + column.name in rows.columns:
            yield from _value_checks(column)
    for name in sorted(feed.identifiers):
        yield _numbered(name)
    if "fuel_code" in definition.polars_schema:
        yield from _fuel_checks(circumstances.fuels)
    if {"cost_gbp", "volume_mwh"} <= set(definition.polars_schema):
        yield from _cost_checks()
    if {"settlement_date", "settlement_period"} <= set(rows.columns):
        yield from _period_checks(starts_period="settlement_period" in definition.polars_schema)
    if "start_at" in rows.columns:
        yield from _time_checks(circumstances)


def _value_checks(column: Column) -> Iterator[Check]:
    given, value = pl.col(RAW + column.name), pl.col(column.name)
    if not column.nullable:
        yield Check(
            "empty",
            column.name,
            given.is_null() & value.is_null(),
            "There is no value.",
            "Give one, or leave the row out.",
        )
    if column.type == "moment":
        zoneless = lacks_zone(RAW + column.name) & value.is_null()
        remedy = "Write it as 2026-10-25T00:30:00Z."
        reason = "The moment has no time zone, so the hour is in doubt when clocks change."
        yield Check("no time zone", column.name, zoneless, reason, remedy)
        unread = given.is_not_null() & value.is_null() & ~zoneless.fill_null(value=False)
        yield Check("not a moment", column.name, unread, "This is no moment.", remedy)
    elif column.type in _NUMBERS:
        yield from _number_checks(column, given, value)
    elif column.type == "date":
        unread = given.is_not_null() & value.is_null()
        yield Check(
            "not a date", column.name, unread, "This is no date.", "Write it as 2026-10-25."
        )
    elif column.type == "flag":
        unread = given.is_not_null() & value.is_null()
        yield Check(
            "not a flag", column.name, unread, "This is neither true nor false.", "Give either."
        )


def _number_checks(column: Column, given: pl.Expr, value: pl.Expr) -> Iterator[Check]:
    unread = given.is_not_null() & value.is_null()
    yield Check("not a number", column.name, unread, "This is no number.", "Give a number.")
    reason = "The value is not a number or infinite, which no meter reads."
    remedy = "Give the value that was measured, or leave the row out."
    yield Check("not finite", column.name, ~value.is_finite(), reason, remedy)
    if column.type == "integer":
        part = value.is_finite() & (value != value.floor())
        reason = f"The feed publishes whole {column.unit or 'numbers'}, and this has a fraction."
        yield Check(
            "not whole", column.name, part, reason, "Is this another unit or another source?"
        )
    if column.minimum is not None and column.maximum is not None:
        limits = pl.lit(column.minimum), pl.lit(column.maximum)
        yield _beyond(column.name, column.unit, column.mistaken_unit, *limits)


def _beyond(
    name: str, unit: str | None, mistaken: str | None, minimum: pl.Expr, maximum: pl.Expr
) -> Check:
    value = pl.col(name)
    wrong = value.is_finite() & ((value < minimum) | (value > maximum))
    reason = pl.format(
        "{} is beyond the limits {} to {}" + (f" {unit}." if unit else "."),
        value,
        minimum.cast(pl.Int64),
        maximum.cast(pl.Int64),
    )
    question = f"Is this in {mistaken}? Give it in {unit}." if mistaken else "Check the value."
    return Check("beyond limits", name, wrong, reason, question)


def _numbered(name: str) -> Check:
    unlike = ~pl.col(name).str.contains(r"^\d+$")
    reason = "The feed numbers its rows, and this is no whole number."
    return Check("not a number", name, unlike, reason, "Give the number that was published.")


def _cost_checks() -> Iterator[Check]:
    """A cost and a volume make a price; without a cost an action has none, which is allowed."""
    cost, volume = pl.col("cost_gbp"), pl.col("volume_mwh")
    costly = (volume == 0) & cost.is_finite() & (cost != 0)
    reason = pl.format("{} GBP for no volume at all makes no price.", cost)
    yield Check(
        "no volume", "volume_mwh", costly, reason, "Give the volume that was bought or sold."
    )
    limits = dataset("balancing_actions").column("price_gbp_per_mwh")
    price = cost / volume
    beyond = price.is_finite() & ~price.is_between(limits.minimum, limits.maximum)
    reason = pl.format(
        "{} GBP for {} MWh is {} GBP/MWh, which nobody may ask.", cost, volume, price
    )
    remedy = "Is the cost in pence, or the volume in another unit? Give GBP and MWh."
    yield Check("beyond limits", "cost_gbp", beyond, reason, remedy)


def _fuel_checks(fuels: pl.DataFrame) -> Iterator[Check]:
    code = pl.col("fuel_code")
    known = code.is_in(fuels["fuel_code"].implode())
    yield Check(
        "unknown fuel",
        "fuel_code",
        ~known,
        pl.format("{} is no fuel code that is known here.", code),
        _how_to_add(code),
    )
    yield _beyond(
        "generation_mw", "MW", "kW", _of_fuel(fuels, "minimum_mw"), _of_fuel(fuels, "maximum_mw")
    )
    day = settlement_date_of(pl.col("start_at"))
    unused = (day < _of_fuel(fuels, "since")) | (day > _of_fuel(fuels, "until"))
    reason = pl.format("{} was not in use on {}.", code, day)
    yield Check(
        "fuel not in use", "fuel_code", unused, reason, "Correct since and until in fuels.yaml."
    )


def _how_to_add(code: pl.Expr) -> pl.Expr:
    before, after = HOW_TO_ADD_A_FUEL.split("{code}")
    return pl.concat_str(pl.lit(before), code, pl.lit(after))


def _of_fuel(fuels: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col("fuel_code").replace_strict(
        fuels["fuel_code"], fuels[name], default=None, return_dtype=fuels.schema[name]
    )


def _period_checks(*, starts_period: bool) -> Iterator[Check]:
    period, count = pl.col("settlement_period"), period_count_expression("settlement_date")
    wrong = period.is_finite() & ((period < 1) | (period > count))
    day = pl.col("settlement_date")
    yield Check(
        "no such period",
        "settlement_period",
        wrong,
        pl.format("{} has Settlement Periods 1 to {}, not {}.", day, count, period.cast(pl.Int64)),
        "Clocks change on the last Sundays of March (46) and October (50): number periods from 1.",
    )
    start, number = pl.col("start_at"), period.cast(pl.Int64, strict=False)
    if starts_period:
        differs = start != period_start_expression("settlement_date", number)
    else:
        differs = (settlement_date_of(start) != day) | (
            settlement_period_of_expression(start) != number
        )
    yield Check(
        "contradicts itself",
        "start_at",
        differs & ~wrong,
        pl.format("The start is not in period {} of {} (London clock).", number, day),
        "Give the start in UTC: in summer it is an hour less than the clock says.",
    )


def _time_checks(circumstances: Circumstances) -> Iterator[Check]:
    yield from _grid_checks(circumstances.feed.grid_minutes)
    if not circumstances.dataset.looks_ahead:
        yield from _outturn_checks(circumstances)


def _grid_checks(grid_minutes: int) -> Iterator[Check]:
    start = pl.col("start_at")
    off_grid = start != start.dt.truncate(f"{grid_minutes}m")
    reason = f"The start is not on a whole {grid_minutes} minutes."
    yield Check("off the grid", "start_at", off_grid, reason, "Give the start that was published.")
    ancient = settlement_date_of(start) < _FIRST_DAY
    reason = "There was no Settlement before 27 March 2001."
    yield Check("too long ago", "start_at", ancient, reason, "Is the time in another unit?")


def _outturn_checks(circumstances: Circumstances) -> Iterator[Check]:
    start, published = pl.col("start_at"), pl.col(PUBLISHED_AT)
    early = published < start
    reason = "It was published before what it describes had begun."
    yield Check("published early", PUBLISHED_AT, early, reason, "Give both in UTC.")
    future = start > circumstances.now
    reason = "It had not begun when the file was taken in."
    yield Check("in the future", "start_at", future, reason, "Give outturn, not a forecast.")
