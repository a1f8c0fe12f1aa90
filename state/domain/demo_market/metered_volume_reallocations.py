"""Metered volume reallocations: units whose energy goes in part to a trader's account."""

from typing import Final, NamedTuple

import polars as pl

from state.domain.demo_market.metered_volumes import KWH_PLACES, notified_kwh
from state.domain.demo_market.precision import decimal, whole


class Reallocation(NamedTuple):
    """What a unit gives, and to whom: a share of what is metered, and a fixed volume a period."""

    bm_unit: str
    party_id: str
    percent: int
    fixed_kwh: int


REALLOCATIONS: Final = (
    Reallocation("T_KESTA-1", "TYNETRAD", 0, 2_000),
    Reallocation("T_SALTR-1", "CORMRANT", 20, 0),
)


def metered_volume_reallocations(periods: pl.DataFrame) -> pl.DataFrame:
    """One row a unit that gives and a period."""
    return periods.join(_notices(), how="cross", maintain_order="left_right").select(
        "settlement_date",
        "settlement_period",
        "bm_unit",
        "party_id",
        reallocation_percent=pl.col("percent"),
        reallocation_mwh=decimal(pl.col("fixed_kwh"), KWH_PLACES),
    )


def expected_reallocations(notified: pl.DataFrame) -> pl.DataFrame:
    """Whole kilowatt-hours that each unit would give if it did what it notified.

    Columns: tick, lead_party, party_key, party_id (who is given), given_kwh.
    """
    share = notified_kwh() * pl.col("percent") / 100
    return notified.join(_notices(), on="bm_unit", how="inner", maintain_order="left").select(
        "tick",
        "lead_party",
        "party_key",
        "party_id",
        given_kwh=whole(share) + pl.col("fixed_kwh"),
    )


def _notices() -> pl.DataFrame:
    return pl.DataFrame(
        REALLOCATIONS,
        schema={
            "bm_unit": pl.String,
            "party_id": pl.String,
            "percent": pl.Int64,
            "fixed_kwh": pl.Int64,
        },
        orient="row",
    )
