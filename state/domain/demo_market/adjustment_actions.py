"""Balancing Services Adjustment Actions: what was bought and sold outside the mechanism."""

from typing import Final

import polars as pl

from state.domain.demo_market.market_prices import in_stor_window
from state.domain.demo_market.noise import noise
from state.domain.demo_market.precision import to_places

MOST_A_PERIOD: Final = 44
_FEWEST_SHARE: Final = 0.62
_UNPRICED_CHANCE: Final = 0.12
_NETWORK_CHANCE: Final = 0.55
_RESERVE_CHANCE: Final = 0.08
_SMALL_CHANCE: Final = 0.10
_SMALL_MWH: Final = 0.09
_LARGE_MWH: Final = 32.0


def adjustment_actions(seed: int, prices: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """Some two to three dozen a period, one bought and one sold at least; null cost: no price."""
    numbers = pl.DataFrame({"number": range(1, MOST_A_PERIOD + 1)}, schema={"number": pl.Int64})
    columns = ("tick", "local_hour", "market_gbp_per_mwh", "shortness", "scarcity")
    frame = (
        periods.join(prices.select(columns), on="tick", how="left", maintain_order="left")
        .join(numbers, how="cross", maintain_order="left_right")
        .filter(_happens(seed))
        .with_columns(volume_mwh=_volume(seed))
    )
    cost = to_places(pl.col("volume_mwh") * _price(seed), 2)
    unpriced = _draw(seed, "unpriced") < _UNPRICED_CHANCE
    return frame.select(
        "settlement_date",
        "settlement_period",
        action_id=_action_id(),
        cost_gbp=pl.when(unpriced).then(None).otherwise(cost),
        volume_mwh="volume_mwh",
        so_flag=_draw(seed, "adjustment for network") < _NETWORK_CHANCE,
        stor_flag=in_stor_window()
        & (pl.col("volume_mwh") > 0)
        & (_draw(seed, "adjustment reserve") < _RESERVE_CHANCE),
    )


def _draw(seed: int, stream: str) -> pl.Expr:
    return noise(seed, stream, pl.col("tick"), pl.col("number"))


def _happens(seed: int) -> pl.Expr:
    busy = _FEWEST_SHARE + (1 - _FEWEST_SHARE) * noise(seed, "busy", pl.col("tick"))
    return pl.col("number") <= (busy * MOST_A_PERIOD).floor()


def _action_id() -> pl.Expr:
    return pl.format(
        "ADJ-{}-{}-{}",
        pl.col("settlement_date").dt.strftime("%Y%m%d"),
        pl.col("settlement_period").cast(pl.String).str.zfill(2),
        pl.col("number").cast(pl.String).str.zfill(2),
    )


def _volume(seed: int) -> pl.Expr:
    """Thousandths of a megawatt-hour, never zero; below zero where energy was sold."""
    draw = _draw(seed, "adjustment volume")
    small = _draw(seed, "adjustment is small") < _SMALL_CHANCE
    size = 0.001 + pl.when(small).then(_SMALL_MWH * draw).otherwise(_LARGE_MWH * draw * draw * draw)
    first, second = pl.col("number") == 1, pl.col("number") == 2  # noqa: PLR2004 - the second
    leaning = _draw(seed, "adjustment side") < 0.5 + 0.35 * pl.col("shortness")
    buying = (leaning | first) & ~second
    return to_places(pl.when(buying).then(size).otherwise(-size), 3)


def _price(seed: int) -> pl.Expr:
    market, spread = pl.col("market_gbp_per_mwh"), _draw(seed, "adjustment price")
    return (
        pl.when(pl.col("volume_mwh") > 0)
        .then(market + 4 + 75 * spread * spread + 900 * pl.col("scarcity"))
        .otherwise(market - 4 - 70 * spread * spread)
    )
