"""Delivered volumes: what Secondary BM Units gave, and behind whose meters it was given."""

from typing import Final

import polars as pl

from state.domain.demo_market.metered_volumes import KWH_PLACES
from state.domain.demo_market.precision import decimal

_SUPPLIERS_WITH_FLEXIBLE_CUSTOMERS: Final = 4


def delivered_volumes(
    given: pl.DataFrame, units: pl.DataFrame, periods: pl.DataFrame
) -> pl.DataFrame:
    """One row a Secondary unit that gave or took in a period, one a Supplier's unit it was behind.

    Given has whole kilowatt-hours of every unit that notifies: tick, unit_key, unit_type, kwh.
    """
    own = given.filter(pl.col("unit_type") == "V", pl.col("kwh") != 0).select(
        "tick", "unit_key", "kwh"
    )
    suppliers = (
        own.join(_behind(units), on="unit_key", how="inner", maintain_order="left")
        .group_by("tick", unit_key="supplier_key")
        .agg(pl.col("kwh").sum())
        .filter(pl.col("kwh") != 0)
    )
    names = units.select("unit_key", "bm_unit")
    return (
        periods.join(pl.concat([own, suppliers]), on="tick", how="inner")
        .join(names, on="unit_key", how="left")
        .with_columns(delivered_volume_mwh=decimal(pl.col("kwh"), KWH_PLACES))
        .sort("tick", "unit_key")
    )


def _behind(units: pl.DataFrame) -> pl.DataFrame:
    """Each Secondary unit's customers are one Supplier's, of the larger ones, in its own Group."""
    secondary = units.filter(pl.col("unit_type") == "V").with_row_index("number")
    place = pl.int_range(pl.len()).over("gsp_group", order_by="unit_key")
    suppliers = (
        units.filter(pl.col("unit_type") == "G")
        .with_columns(place=place)
        .select("gsp_group", "place", supplier_key="unit_key")
    )
    wanted = (pl.col("number") % _SUPPLIERS_WITH_FLEXIBLE_CUSTOMERS).cast(pl.Int64)
    return (
        secondary.with_columns(place=wanted)
        .join(suppliers, on=["gsp_group", "place"], how="inner", maintain_order="left")
        .select("unit_key", "supplier_key")
    )
