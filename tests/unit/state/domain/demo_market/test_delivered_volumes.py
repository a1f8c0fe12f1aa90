import polars as pl
import pytest

KEYS = ["settlement_date", "settlement_period"]


@pytest.fixture(scope="module")
def delivered(market, frames) -> pl.DataFrame:
    facts = pl.DataFrame(
        [(unit.bm_unit, unit.unit_type, unit.gsp_group) for unit in market.bm_units],
        schema=["bm_unit", "unit_type", "gsp_group"],
        orient="row",
    )
    return frames["delivered_volumes"].join(facts, on="bm_unit")


def test_every_secondary_unit_delivers_and_only_base_units_of_suppliers_have_it_behind(
    market, delivered
):
    assert set(delivered["unit_type"]) == {"V", "G"}
    secondary = {unit.bm_unit for unit in market.bm_units if unit.unit_type == "V"}
    assert set(delivered.filter(pl.col("unit_type") == "V")["bm_unit"]) == secondary
    assert delivered.select(*KEYS, "bm_unit").is_unique().all()
    assert (delivered["delivered_volume_mwh"] != 0).all()


def test_what_is_delivered_was_behind_a_supplier_of_the_same_group_to_the_last_kilowatt_hour(
    delivered,
):
    kwh = (pl.col("delivered_volume_mwh") * 1000 + 0.5).floor().cast(pl.Int64)
    sums = delivered.group_by(*KEYS, "gsp_group").agg(
        own=kwh.filter(pl.col("unit_type") == "V").sum(),
        behind=kwh.filter(pl.col("unit_type") == "G").sum(),
    )
    assert sums.height > 1_000
    assert sums.filter(pl.col("own") != pl.col("behind")).is_empty()


def test_a_secondary_unit_delivers_nearly_what_it_notified_and_was_told(frames, delivered):
    moved = (
        frames["balancing_actions"]
        .drop_nulls("bm_unit")
        .group_by(*KEYS, "bm_unit")
        .agg(moved=pl.col("volume_mwh").sum())
    )
    own = (
        frames["physical_notifications"]
        .filter(pl.col("bm_unit").str.starts_with("V_"))
        .join(moved, on=[*KEYS, "bm_unit"], how="left")
        .join(delivered, on=[*KEYS, "bm_unit"], how="left")
        .with_columns(
            planned=(pl.col("from_mw") + pl.col("to_mw")) / 4 + pl.col("moved").fill_null(0)
        )
    )
    gap = pl.col("delivered_volume_mwh").fill_null(0) - pl.col("planned")
    assert own.height == 30 * (7 * 48 + 2)
    assert own.filter(gap.abs() > 0.0165 * pl.col("planned").abs() + 0.001).is_empty()
