from datetime import date, timedelta

import polars as pl
import pytest

from state.domain.demo_market.fuel_mix import FUEL_CODES
from state.domain.demo_market.generation_by_fuel import generation_by_fuel


@pytest.fixture(scope="module")
def generation() -> pl.DataFrame:
    return generation_by_fuel(7, date(2026, 10, 24), date(2026, 11, 20))


def test_every_code_is_there_every_five_minutes(generation):
    starts = generation["start_at"].unique().sort()
    assert starts.diff().drop_nulls().unique().to_list() == [timedelta(minutes=5)]
    assert starts.len() == 28 * 288 + 12
    assert generation.height == 20 * starts.len()
    assert sorted(generation["fuel_code"].unique()) == sorted(FUEL_CODES)


@pytest.mark.parametrize("until", [date(2026, 1, 20), date(2026, 3, 29), date(2026, 7, 20)])
def test_demand_is_between_fifteen_and_fifty_five_gigawatts_in_every_season(until):
    generation = generation_by_fuel(7, until - timedelta(days=13), until)
    demand = generation.group_by("start_at").agg(pl.col("generation_mw").sum())["generation_mw"]
    assert 15_000 < demand.min() < demand.max() < 55_000
    assert demand.max() > 1.3 * demand.min()


def test_cables_export_pumps_pump_and_nothing_else_is_negative(generation):
    lowest = dict(generation.group_by("fuel_code").agg(pl.col("generation_mw").min()).iter_rows())
    assert lowest["PS"] < -1_000
    assert lowest["INTFR"] < 0
    for fuel_code, megawatts in lowest.items():
        assert megawatts >= 0 or fuel_code == "PS" or fuel_code.startswith("INT"), fuel_code


def test_coal_is_gone_nuclear_is_flat_and_wind_comes_in_fronts(generation):
    wide = generation.pivot("fuel_code", index="start_at", values="generation_mw")
    assert wide["COAL"].sum() == 0
    assert wide["NUCLEAR"].diff().abs().max() < 200
    assert wide["WIND"].max() > 4 * wide["WIND"].min()
    assert wide["WIND"].diff().abs().max() < 800


def test_pumps_run_at_night_and_give_back_in_the_evening(generation):
    local = pl.col("start_at").dt.convert_time_zone("Europe/London").dt.hour()
    pumped = generation.filter(pl.col("fuel_code") == "PS").with_columns(hour=local)
    by_hour = dict(pumped.group_by("hour").agg(pl.col("generation_mw").mean()).iter_rows())
    assert by_hour[3] < -500
    assert by_hour[17] > 500


def test_most_are_published_five_minutes_on_and_a_few_late(generation):
    delay = generation.unique("start_at").select(d=pl.col("published_at") - pl.col("start_at"))["d"]
    assert delay.min() == timedelta(minutes=5)
    late = (delay > timedelta(minutes=5)).mean()
    assert 0.005 < late < 0.04
    assert delay.max() <= timedelta(minutes=60)
