"""Metered volumes: what every unit did. Export is positive, so Suppliers' are negative."""

from typing import Final

import polars as pl

from state.domain.demo_market.bm_units import GROUP_WEIGHTS, SUPPLIER_WEIGHTS
from state.domain.demo_market.noise import noise, smooth_noise
from state.domain.demo_market.precision import decimal, whole

KWH_A_MWH: Final = 1000
KWH_PLACES: Final = 3
_LEAST_LOSSES: Final = 0.014
_MOST_LOSSES: Final = 0.024
_LOSS_MINUTES: Final = 720

_ADDITIONAL_WEIGHT: Final = 0.02


def given_kwh(seed: int, notified: pl.DataFrame, moved: pl.DataFrame) -> pl.DataFrame:
    """Whole kilowatt-hours of each unit that notifies: tick, unit_key, unit_type, kwh.

    Units do, nearly, what they notified and what they were moved by (unit_key, tick, moved_kwh):
    what was accepted, and other balancing services.
    """
    total = moved.group_by("unit_key", "tick").agg(pl.col("moved_kwh").sum())
    keys = (pl.col("unit_key"), pl.col("tick"))
    error = 0.016 * (noise(seed, "meter", *keys) + noise(seed, "meter again", *keys) - 1)
    planned = notified_kwh() + pl.col("moved_kwh").fill_null(0)
    return notified.join(total, on=["unit_key", "tick"], how="left", maintain_order="left").select(
        "tick", "unit_key", "unit_type", kwh=whole(planned * (1 + error))
    )


def metered_kwh(
    seed: int, units: pl.DataFrame, given: pl.DataFrame, periods: pl.DataFrame
) -> pl.DataFrame:
    """Whole kilowatt-hours a unit and period: tick, unit_key, metered_kwh.

    Suppliers share out the sum of what the others gave, less losses: energy is neither made nor
    lost on the way. Secondary BM Units have no meter of their own: they are behind Suppliers'.
    """
    metered = given.filter(pl.col("unit_type") != "V").select("tick", "unit_key", metered_kwh="kwh")
    taken = _taken(seed, units, metered, periods)
    return pl.concat([metered, taken]).sort("tick", "unit_key")


def metered_volumes(
    metered: pl.DataFrame, units: pl.DataFrame, periods: pl.DataFrame
) -> pl.DataFrame:
    """The same in megawatt-hours, named."""
    return (
        periods.join(metered, on="tick", how="inner", maintain_order="left_right")
        .join(units.select("unit_key", "bm_unit"), on="unit_key", how="left", maintain_order="left")
        .with_columns(metered_volume_mwh=decimal(pl.col("metered_kwh"), KWH_PLACES))
    )


def notified_kwh() -> pl.Expr:
    """Energy of a notification: half an hour of the mean of its ends."""
    return (pl.col("from_mw") + pl.col("to_mw")) * (KWH_A_MWH // 4)


def supplier_weights(seed: int, units: pl.DataFrame) -> pl.DataFrame:
    """Each Supplier's unit with the share of the country's demand it supplies; they add to one."""
    suppliers = units.filter(pl.col("unit_type").is_in(["G", "S"]))
    order = {
        party: place
        for place, party in enumerate(suppliers["lead_party"].unique(maintain_order=True))
    }
    place = pl.col("lead_party").replace_strict(order, return_dtype=pl.Int64)
    sizes = {
        party: SUPPLIER_WEIGHTS[number % len(SUPPLIER_WEIGHTS)] for party, number in order.items()
    }
    local = 0.6 + 0.8 * noise(seed, "local share", place, pl.col("unit_key"))
    weight = (
        pl.col("gsp_group").replace_strict(GROUP_WEIGHTS, return_dtype=pl.Int64)
        * pl.col("lead_party").replace_strict(sizes, return_dtype=pl.Int64)
        * local
        * pl.when(pl.col("unit_type") == "S").then(_ADDITIONAL_WEIGHT).otherwise(1.0)
    )
    scaled = suppliers.select("unit_key", "lead_party", weight=whole(weight * 1000))
    return scaled.with_columns(share=pl.col("weight") / pl.col("weight").sum())


def _taken(
    seed: int, units: pl.DataFrame, given: pl.DataFrame, periods: pl.DataFrame
) -> pl.DataFrame:
    """Each Supplier's unit takes its share of what arrives, by a weight that drifts."""
    totals = given.group_by("tick").agg(total_kwh=pl.col("metered_kwh").sum())
    keys = pl.col("unit_key")
    drift = smooth_noise(seed, "demand of unit", pl.col("minute"), 600, keys) - 0.5
    flicker = noise(seed, "demand flicker", keys, pl.col("tick")) - 0.5
    wanted = whole(pl.col("weight") * (1 + 0.10 * drift + 0.02 * flicker))
    share = pl.col("wanted") / pl.col("wanted").sum().over("tick")
    return (
        periods.join(totals, on="tick", how="left", maintain_order="left")
        .join(supplier_weights(seed, units), how="cross", maintain_order="left_right")
        .with_columns(wanted=wanted)
        .select(
            "tick",
            "unit_key",
            metered_kwh=-whole(pl.col("total_kwh") * _delivered_share(seed) * share),
        )
    )


def _delivered_share(seed: int) -> pl.Expr:
    """What is left for demand after the transmission system's losses, which come and go slowly."""
    losses = smooth_noise(seed, "losses of the system", pl.col("minute"), _LOSS_MINUTES)
    return 1 - (_LEAST_LOSSES + (_MOST_LOSSES - _LEAST_LOSSES) * losses)
