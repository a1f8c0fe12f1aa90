"""Holds on notifications and pairs: lines that leave a gap, overlap or lead backwards."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from settlement_engine.faults import Fault
from settlement_engine.holds.finding import ROW, faults, numbered, period

_UNIT_PERIOD: Final = ("settlement_date", "settlement_period", "bm_unit")
_PAIR: Final = (*_UNIT_PERIOD, "pair_number")


def broken_notifications(
    physical_notifications: pl.DataFrame, settlement_periods: pl.DataFrame
) -> Iterator[Fault]:
    """The lines of a notification follow each other and cover their period from end to end."""
    parts = _in_parts(physical_notifications, settlement_periods, _UNIT_PERIOD)
    yield from _broken("physical_notifications", parts, _UNIT_PERIOD)


def broken_pairs(bid_offer_data: pl.DataFrame, settlement_periods: pl.DataFrame) -> Iterator[Fault]:
    """So do those of each pair, which has one price and the spot times of the unit's other pairs.

    A pair below zero narrows, one above zero widens.
    """
    yield from _wrong_widths(bid_offer_data)
    parts = _in_parts(bid_offer_data, settlement_periods, _UNIT_PERIOD)
    yield from _broken("bid_offer_data", parts, _PAIR)
    yield from _unlike_times(parts)
    yield from _two_prices(parts)


def _wrong_widths(pairs: pl.DataFrame) -> Iterator[Fault]:
    sign = pl.col("pair_number").sign()
    wrong = (pl.col("from_mw") * sign < 0) | (pl.col("to_mw") * sign < 0) | (sign == 0)
    yield from faults(
        numbered(pairs).filter(wrong),
        source="bid_offer_data",
        column="from_mw",
        what=pl.format("Pair {} of {} has a width of the wrong sign.", "pair_number", "bm_unit"),
        cure="Widths are above zero for pairs above zero, below for those below; no pair is 0.",
    )


def _unlike_times(parts: pl.LazyFrame) -> Iterator[Fault]:
    """All pairs of a unit and period have their spot times in common, so widths add up."""
    pairs = pl.col("pair_number").n_unique().over(_UNIT_PERIOD)
    here = pl.col("pair_number").n_unique().over([*_UNIT_PERIOD, "from_at", "to_at"])
    yield from faults(
        parts.with_columns(pairs=pairs, here=here).filter(pl.col("pairs") != pl.col("here")),
        source="bid_offer_data",
        column="from_at",
        what=pl.format("The pairs of {} have unlike spot times in {}.", "bm_unit", period()),
        cure="Give every pair of the unit the same times.",
    )


def _two_prices(parts: pl.LazyFrame) -> Iterator[Fault]:
    prices = pl.struct("offer_price_gbp_per_mwh", "bid_price_gbp_per_mwh").n_unique().over(_PAIR)
    yield from faults(
        parts.filter(prices > 1),
        source="bid_offer_data",
        column="offer_price_gbp_per_mwh",
        what=pl.format("Pair {} of {} has two prices in {}.", "pair_number", "bm_unit", period()),
        cure="Give one offer price and one bid price for the period.",
    )


def _broken(name: str, lines: pl.LazyFrame, key: tuple[str, ...]) -> Iterator[Fault]:
    yield from faults(
        lines.filter(pl.col("to_at") <= pl.col("from_at")),
        source=name,
        column="to_at",
        what=pl.format("A line of {} ends at {}, not after it starts.", "bm_unit", "to_at"),
        cure="A step is two lines: one ends where the next begins.",
    )
    before = pl.col("to_at").shift().over(key)
    ordered = lines.sort(*key, "from_at", ROW).with_columns(before=before)
    yield from faults(
        ordered.filter(pl.col("from_at") != pl.col("before")),
        source=name,
        column="from_at",
        what=pl.format(
            "A line of {} starts at {}, but the one before it ends at {}.",
            "bm_unit",
            "from_at",
            "before",
        ),
        cure="Lines must follow each other without a gap or an overlap.",
    )
    ends = lines.group_by(key).agg(
        first=pl.col("from_at").min(),
        last=pl.col("to_at").max(),
        starts_at=pl.col("starts_at").first(),
        ends_at=pl.col("ends_at").first(),
    )
    yield from faults(
        ends.filter((pl.col("first") > pl.col("starts_at")) | (pl.col("last") < pl.col("ends_at"))),
        source=name,
        column=None,
        what=pl.format("{} does not cover all of {}.", "bm_unit", period()),
        cure="Its lines must reach from the start of the period to the end.",
    )


def _in_parts(lines: pl.DataFrame, periods: pl.DataFrame, key: tuple[str, ...]) -> pl.LazyFrame:
    """The lines, numbered, of whatever is not one line from the start of its period to the end."""
    placed = numbered(lines).join(
        periods.lazy(), on=["settlement_date", "settlement_period"], maintain_order="none"
    )
    whole = (pl.col("from_at") == pl.col("starts_at")) & (pl.col("to_at") == pl.col("ends_at"))
    odd = placed.filter(~whole).select(key).unique().collect()
    if odd.is_empty():
        return placed.clear()
    return placed.join(odd.lazy(), on=key, how="semi").collect().lazy()
