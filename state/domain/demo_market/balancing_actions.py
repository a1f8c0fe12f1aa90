"""The balancing actions of each period: acceptances by pair, and adjustment actions."""

from typing import Final

import polars as pl

from state.domain.demo_market.noise import noise, smooth_noise
from state.domain.demo_market.precision import to_places

_LOSS_PLACES: Final = 7
_LOSS_MINUTES: Final = 360


def balancing_actions(
    seed: int,
    accepted: pl.DataFrame,
    adjustments: pl.DataFrame,
    periods: pl.DataFrame,
) -> pl.DataFrame:
    """Every action, with the flags and the price it brings to the stack.

    Accepted has volumes with their acceptance's flags and their pair's prices.
    """
    inside = periods.join(accepted, on="tick", how="inner", maintain_order="left_right")
    return pl.concat(
        [_of_acceptances(seed, inside), _of_adjustments(adjustments)], how="diagonal"
    ).sort("settlement_date", "settlement_period", "action_id")


def _of_acceptances(seed: int, inside: pl.DataFrame) -> pl.DataFrame:
    bought = pl.col("volume_mwh") > 0
    return inside.select(
        "settlement_date",
        "settlement_period",
        "bm_unit",
        "acceptance_number",
        "pair_number",
        "volume_mwh",
        "so_flag",
        "cadl_flag",
        "emergency_flag",
        "stor_flag",
        action_id=pl.format("{}/{}/{}", "bm_unit", "acceptance_number", "pair_number"),
        action_type=pl.when(bought).then(pl.lit("offer")).otherwise(pl.lit("bid")),
        price_gbp_per_mwh=pl.when(bought)
        .then(pl.col("offer_price_gbp_per_mwh"))
        .otherwise(pl.col("bid_price_gbp_per_mwh")),
        transmission_loss_multiplier_per_unit=_loss_multiplier(seed),
    )


def _of_adjustments(adjustments: pl.DataFrame) -> pl.DataFrame:
    """Adjustment actions arrive with losses already counted; their price is cost over volume."""
    bought = pl.col("volume_mwh") > 0
    return adjustments.select(
        "settlement_date",
        "settlement_period",
        "action_id",
        "volume_mwh",
        "so_flag",
        "stor_flag",
        action_type=pl.when(bought)
        .then(pl.lit("buy_adjustment"))
        .otherwise(pl.lit("sell_adjustment")),
        price_gbp_per_mwh=pl.col("cost_gbp") / pl.col("volume_mwh"),
        cadl_flag=pl.lit(value=False),
        emergency_flag=pl.lit(value=False),
        transmission_loss_multiplier_per_unit=pl.lit(1.0),
    )


def _loss_multiplier(seed: int) -> pl.Expr:
    """A little under one: more for some places, and for windy or busy hours."""
    place = noise(seed, "losses", pl.col("unit_key"))
    hour = smooth_noise(seed, "losses of hour", pl.col("minute"), _LOSS_MINUTES)
    return to_places(0.978 + 0.018 * place + 0.006 * hour, _LOSS_PLACES)
