from datetime import timedelta

import polars as pl

from settlement_engine.periods import period_start_expression


def test_every_period_of_every_notifying_unit_is_one_line(market, frames):
    lines = frames["physical_notifications"]
    notifying = [unit for unit in market.bm_units if unit.unit_type not in {"G", "S"}]
    assert lines.height == len(notifying) * (7 * 48 + 2)
    assert lines.select("settlement_date", "settlement_period", "bm_unit").is_unique().all()
    assert lines.null_count().sum_horizontal().item() == 0


def test_every_unit_that_may_be_accepted_is_notified_from_start_to_end_of_each_period(week):
    units = week["bm_unit_registrations"].filter(pl.col("unit_type").is_in(["T", "E", "I", "V"]))
    lines = week["physical_notifications"]
    start = period_start_expression()
    assert lines.filter(pl.col("from_at") != start).is_empty()
    assert lines.filter(pl.col("to_at") - pl.col("from_at") != timedelta(minutes=30)).is_empty()
    held = lines.group_by("settlement_date", "settlement_period").agg(pl.col("bm_unit").sort())
    assert held.height in {7 * 48 + 2, 7 * 48 - 2}
    assert set(held["bm_unit"].list.join(",")) == {",".join(sorted(units["bm_unit"]))}
    assert week["acceptances"].join(units, on="bm_unit", how="anti").is_empty()


def test_each_line_starts_where_the_one_before_ended(frames):
    lines = frames["physical_notifications"].sort("bm_unit", "from_at")
    before = lines.with_columns(
        pl.col("to_at", "to_mw").shift(1).over("bm_unit").name.prefix("last_")
    ).drop_nulls("last_to_at")
    assert (before["from_at"] == before["last_to_at"]).all()
    assert (before["from_mw"] == before["last_to_mw"]).all()


def test_levels_are_whole_megawatts_inside_capacity(market, frames):
    lines = frames["physical_notifications"]
    assert (lines["from_mw"] % 1 == 0).all()
    capacity = {unit.bm_unit: unit.capacity_mw for unit in market.bm_units}
    limit = lines.with_columns(mw=pl.col("bm_unit").replace_strict(capacity))
    assert limit.filter(pl.col("from_mw").abs() > pl.col("mw")).is_empty()


def test_import_units_give_and_export_units_take(market, frames):
    lines = frames["physical_notifications"]
    for flag, wrong in (("P", pl.col("from_mw") < 0), ("C", pl.col("from_mw") > 0)):
        units = [
            unit.bm_unit
            for unit in market.bm_units
            if unit.unit_type == "I" and unit.production_consumption_flag == flag
        ]
        assert lines.filter(pl.col("bm_unit").is_in(units) & wrong).is_empty()


def test_units_add_up_to_the_fuel_roughly(market, frames):
    fuel = {unit.bm_unit: unit.fuel_code for unit in market.bm_units if unit.fuel_code}
    units = (
        frames["physical_notifications"]
        .with_columns(fuel_code=pl.col("bm_unit").replace_strict(fuel, default=None))
        .group_by("fuel_code", "from_at")
        .agg(pl.col("from_mw").sum())
    )
    both = frames["generation_by_fuel"].join(
        units, left_on=["fuel_code", "start_at"], right_on=["fuel_code", "from_at"]
    )
    for code, most in (
        ("NUCLEAR", 30),
        ("CCGT", 1_500),
        ("BIOMASS", 400),
        ("INTFR", 5),
        ("PS", 300),
    ):
        gap = both.filter(pl.col("fuel_code") == code).select(
            gap=(pl.col("from_mw") - pl.col("generation_mw")).abs()
        )["gap"]
        assert gap.len() == 7 * 48 + 2
        assert gap.mean() < most, code
