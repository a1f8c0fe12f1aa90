"""The small market with something changed, and all that holds it."""

from datetime import UTC, date, datetime

import polars as pl

from settlement_engine import settling
from settlement_engine.faults import GivenFramesError
from settlement_engine.trading_charges import TRADING_CHARGES
from tests.small_market import small_market

DAY = date(2026, 1, 5)
FIRST_UNIT = "T_A-1"
KEY = {"settlement_date": DAY, "settlement_period": 1}


def market(**changed: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The first two periods of the day, with frames changed."""
    return small_market(DAY, periods=2) | changed


def held(frames: dict[str, pl.DataFrame], *, whole_days: bool = False) -> list[str]:
    """Every fault as a sentence, in the order of the checks."""
    day_checks = TRADING_CHARGES.day_checks if whole_days else ()
    given = TRADING_CHARGES.checked(frames, DAY).frames
    values = TRADING_CHARGES.values_on(DAY)
    try:
        settling.hold((*TRADING_CHARGES.checks, *day_checks), given, values, DAY, DAY)
    except GivenFramesError as error:
        return [str(fault) for fault in error.faults]
    return []


def at(minute: int) -> datetime:
    """A moment of the day's first hour."""
    return datetime(2026, 1, 5, 0, minute, tzinfo=UTC)


def is_unit(name: str = FIRST_UNIT) -> pl.Expr:
    return pl.col("bm_unit") == name


def more(frame: pl.DataFrame, *rows: dict) -> pl.DataFrame:
    """The frame with rows below it; a column they leave out is null."""
    return pl.concat([frame, pl.DataFrame(rows)], how="diagonal_relaxed")


def where(frame: pl.DataFrame, condition: pl.Expr, **values: object) -> pl.DataFrame:
    """The frame with values changed in some rows."""
    return frame.with_columns(
        pl.when(condition).then(pl.lit(value)).otherwise(name).alias(name)
        for name, value in values.items()
    )
