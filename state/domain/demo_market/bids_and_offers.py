"""Bid-offer data: how far each unit offers to move from its notification, and for how much."""

from typing import Final, NamedTuple

import polars as pl

from state.domain.demo_market.grid import at_tick
from state.domain.demo_market.noise import noise
from state.domain.demo_market.notifications import BOTH_WAYS_FUELS
from state.domain.demo_market.precision import to_places

VIRTUAL: Final = "VIRTUAL"
"""Stands for the fuel of a Secondary BM Unit, which has none."""


class Manner(NamedTuple):
    """How one kind of plant asks: a price is gas, market, flat and spread shares added up."""

    offer_gas: float
    offer_market: float
    offer_flat: float
    offer_spread: float
    bid_gas: float
    bid_market: float
    bid_flat: float
    bid_spread: float
    pair_count: int
    scarcity_share: float


_MANNERS: Final = {
    "CCGT": Manner(1.06, 0.0, 3.0, 42.0, 0.98, 0.0, 0.0, 34.0, 2, 0.35),
    "OCGT": Manner(1.85, 0.0, 10.0, 70.0, 1.20, 0.0, 0.0, 25.0, 2, 1.0),
    "OIL": Manner(2.60, 0.0, 20.0, 40.0, 1.50, 0.0, 0.0, 20.0, 1, 1.0),
    "PS": Manner(0.0, 1.08, 12.0, 45.0, 0.0, 0.88, -8.0, 30.0, 2, 0.9),
    "OTHER": Manner(0.0, 1.02, 2.0, 60.0, 0.0, 1.0, -1.0, 45.0, 2, 0.8),
    "BIOMASS": Manner(0.0, 0.0, 118.0, 45.0, 0.0, 0.0, 28.0, 60.0, 2, 0.1),
    "WIND": Manner(0.0, 0.0, 90.0, 110.0, 0.0, 0.0, 2.0, 82.0, 1, 0.0),
    "NPSHYD": Manner(0.0, 0.4, 72.0, 50.0, 0.0, 0.0, 5.0, 55.0, 1, 0.2),
    VIRTUAL: Manner(0.0, 1.05, 14.0, 130.0, 0.0, 0.75, -12.0, 70.0, 1, 1.0),
}

_FIRST_PAIR_SHARE: Final = 0.22
_SCARCE_GBP_PER_MWH: Final = 4_600.0
_SPREAD_OF_A_PAIR_GBP_PER_MWH: Final = 6.0
_SIDES: Final = {1: "offer", -1: "bid"}


def offering_units(levels: pl.DataFrame) -> pl.DataFrame:
    """The levels of the units that make bids and offers: all kinds of plant named above."""
    kind = pl.col("fuel_code").fill_null(VIRTUAL)
    return levels.with_columns(kind=kind).filter(pl.col("kind").is_in(list(_MANNERS)))


def ladders(seed: int, levels: pl.DataFrame, prices: pl.DataFrame) -> pl.DataFrame:
    """One row a unit and half-hour, with the widths and prices of its pairs side by side.

    first_width_mw and second_width_mw (zero where there is one pair) hold for both directions;
    offer_1, offer_2, bid_1, bid_2 are the prices of pairs 1, 2, -1 and -2.
    """
    columns = ("tick", "gas_gbp_per_mwh", "market_gbp_per_mwh", "scarcity", "shortness")
    frame = offering_units(levels).join(
        prices.select(columns), on="tick", how="left", maintain_order="left"
    )
    frame = frame.with_columns(**_widths(), **_moods(seed))
    frame = frame.with_columns(offer_1=_offer(), bid_1=_bid())
    scarce = pl.col("scarcity") * _SCARCE_GBP_PER_MWH * (0.3 + 0.7 * pl.col("greed"))
    return frame.with_columns(
        offer_1=to_places(pl.col("offer_1") + scarce * _of_kind("scarcity_share"), 2),
        offer_2=to_places(
            pl.col("offer_1") * 1.25 + 12 + scarce * (0.5 + _of_kind("scarcity_share")), 2
        ),
        bid_1=to_places(pl.col("bid_1"), 2),
        bid_2=to_places(pl.col("bid_1") - 0.25 * pl.col("bid_1").abs() - 8, 2),
    )


def bid_offer_data(unit_ladders: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """One row a unit, period and pair; widths are below zero for the pairs that are."""
    inside = periods.drop("minute").join(
        unit_ladders, on="tick", how="inner", maintain_order="left_right"
    )
    pairs = [_pair(inside, sign, number) for sign in _SIDES for number in (1, 2)]
    return pl.concat(pairs).sort("tick", "unit_key", "pair_number")


def _pair(inside: pl.DataFrame, sign: int, number: int) -> pl.DataFrame:
    """Each pair has both prices: what it costs to go one way, and to come back."""
    width = pl.col("first_width_mw" if number == 1 else "second_width_mw")
    asked = pl.col(f"{_SIDES[sign]}_{number}")
    there_and_back = to_places(asked - sign * _SPREAD_OF_A_PAIR_GBP_PER_MWH, 2)
    return inside.filter(width > 0).select(
        "settlement_date",
        "settlement_period",
        "tick",
        "unit_key",
        "bm_unit",
        pair_number=pl.lit(sign * number, dtype=pl.Int64),
        from_at=at_tick(pl.col("tick")),
        from_mw=sign * width,
        to_at=at_tick(pl.col("tick") + 1),
        to_mw=sign * width,
        offer_price_gbp_per_mwh=asked if sign > 0 else there_and_back,
        bid_price_gbp_per_mwh=there_and_back if sign > 0 else asked,
    )


def _widths() -> dict[str, pl.Expr]:
    """Widths reach beyond all a unit can do, so that no acceptance passes the last pair."""
    both_ways = pl.col("kind").is_in([*BOTH_WAYS_FUELS, VIRTUAL])
    reach = pl.when(both_ways).then(2 * pl.col("capacity_mw")).otherwise(pl.col("capacity_mw"))
    first = (pl.col("capacity_mw") * _FIRST_PAIR_SHARE).ceil().cast(pl.Int64)
    two = _of_kind("pair_count") > 1
    return {
        "reach_mw": reach,
        "first_width_mw": pl.when(two).then(first).otherwise(reach),
        "second_width_mw": pl.when(two).then(reach - first).otherwise(0),
    }


def _moods(seed: int) -> dict[str, pl.Expr]:
    """What sets a unit's prices apart from its like, mostly its own, a little of the day's."""
    unit, tick = pl.col("unit_key"), pl.col("tick")
    day = tick // 48
    return {
        stream: 0.75 * noise(seed, stream, unit)
        + 0.17 * noise(seed, f"{stream} of day", unit, day)
        + 0.08 * noise(seed, f"{stream} of block", unit, tick // 4)
        for stream in ("greed", "thrift")
    }


def _offer() -> pl.Expr:
    return (
        _of_kind("offer_gas") * pl.col("gas_gbp_per_mwh")
        + _of_kind("offer_market") * pl.col("market_gbp_per_mwh").clip(0.0, None)
        + _of_kind("offer_flat")
        + _of_kind("offer_spread") * pl.col("greed")
    )


def _bid() -> pl.Expr:
    return (
        _of_kind("bid_gas") * pl.col("gas_gbp_per_mwh")
        + _of_kind("bid_market") * pl.col("market_gbp_per_mwh")
        + _of_kind("bid_flat")
        - _of_kind("bid_spread") * pl.col("thrift")
    )


def _of_kind(field: str) -> pl.Expr:
    figures = {kind: float(getattr(manner, field)) for kind, manner in _MANNERS.items()}
    return pl.col("kind").replace_strict(figures, return_dtype=pl.Float64)
