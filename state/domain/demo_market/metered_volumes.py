"""Metered volumes: what every unit did. Export is positive, so Suppliers' are negative."""

from typing import Final

import polars as pl

from state.domain.demo_market.noise import noise, smooth_noise
from state.domain.demo_market.precision import decimal, whole

KWH_A_MWH: Final = 1000
KWH_PLACES: Final = 3
DELIVERED_SHARE: Final = 0.982
"""What is left for demand after the transmission system's losses."""

GROUP_WEIGHTS: Final = {
    "_A": 113, "_B": 88, "_C": 82, "_D": 53, "_E": 87, "_F": 53, "_G": 80, "_H": 101, "_J": 73,
    "_K": 41, "_L": 52, "_M": 80, "_N": 65, "_P": 32,
}  # fmt: skip
"""How much of demand each GSP Group takes, in thousandths."""

_SUPPLIER_WEIGHTS: Final = (21, 17, 14, 12, 10, 8, 6, 5, 4, 3)
_ADDITIONAL_WEIGHT: Final = 0.02


def metered_kwh(
    seed: int,
    units: pl.DataFrame,
    notified: pl.DataFrame,
    accepted: pl.DataFrame,
    periods: pl.DataFrame,
) -> pl.DataFrame:
    """Whole kilowatt-hours a unit and period: tick, unit_key, metered_kwh.

    Units that notify deliver what they notified and what was accepted, nearly. Suppliers share
    out the sum of that, less losses: energy is neither made nor lost on the way. Secondary
    BM Units have no meter of their own.
    """
    given = _delivered(seed, notified, accepted)
    taken = _taken(seed, units, given, periods)
    return pl.concat([given, taken]).sort("tick", "unit_key")


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
        party: _SUPPLIER_WEIGHTS[number % len(_SUPPLIER_WEIGHTS)] for party, number in order.items()
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


def _delivered(seed: int, notified: pl.DataFrame, accepted: pl.DataFrame) -> pl.DataFrame:
    moved = accepted.group_by("unit_key", "tick").agg(
        moved_kwh=whole(pl.col("volume_mwh") * KWH_A_MWH).sum()
    )
    keys = (pl.col("unit_key"), pl.col("tick"))
    error = 0.016 * (noise(seed, "meter", *keys) + noise(seed, "meter again", *keys) - 1)
    planned = notified_kwh() + pl.col("moved_kwh").fill_null(0)
    return (
        notified.filter(pl.col("unit_type") != "V")
        .join(moved, on=["unit_key", "tick"], how="left", maintain_order="left")
        .select("tick", "unit_key", metered_kwh=whole(planned * (1 + error)))
    )


def _taken(
    seed: int, units: pl.DataFrame, given: pl.DataFrame, periods: pl.DataFrame
) -> pl.DataFrame:
    totals = given.group_by("tick").agg(total_kwh=pl.col("metered_kwh").sum())
    keys = pl.col("unit_key")
    drift = smooth_noise(seed, "demand of unit", pl.col("minute"), 600, keys) - 0.5
    flicker = noise(seed, "demand flicker", keys, pl.col("tick")) - 0.5
    wanted = pl.col("share") * (1 + 0.10 * drift + 0.02 * flicker)
    return (
        periods.join(totals, on="tick", how="left", maintain_order="left")
        .join(supplier_weights(seed, units), how="cross", maintain_order="left_right")
        .select(
            "tick",
            "unit_key",
            metered_kwh=-whole(pl.col("total_kwh") * DELIVERED_SHARE * wanted),
        )
    )
