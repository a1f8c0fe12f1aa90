import polars as pl


def test_units_move_both_ways_and_more_when_the_system_asks(frames):
    sides = (
        frames["balancing_actions"]
        .group_by("settlement_date", "settlement_period")
        .agg(
            bought=pl.col("volume_mwh").filter(pl.col("volume_mwh") > 0).sum(),
            sold=-pl.col("volume_mwh").filter(pl.col("volume_mwh") < 0).sum(),
        )
    )
    short = (sides["bought"] > sides["sold"]).mean()
    assert 0.25 < short < 0.75


def test_no_unit_is_moved_past_what_it_can_do(market, frames):
    capacity = {unit.bm_unit: unit.capacity_mw for unit in market.bm_units}
    points = frames["acceptance_points"].with_columns(mw=pl.col("bm_unit").replace_strict(capacity))
    assert points.filter(pl.col("level_mw").abs() > pl.col("mw")).is_empty()


def test_wind_is_only_ever_turned_down_and_mostly_for_the_network(market, frames):
    wind = {unit.bm_unit for unit in market.bm_units if unit.fuel_code == "WIND"}
    moved = frames["balancing_actions"].filter(pl.col("bm_unit").is_in(wind))
    assert moved.height > 100
    assert moved["volume_mwh"].max() < 0
    assert moved["so_flag"].mean() > 0.4


def test_every_flag_is_raised_somewhere(frames):
    acceptances = frames["acceptances"]
    assert 0.1 < acceptances["so_flag"].mean() < 0.6
    for flag in ("stor_flag", "emergency_flag", "deemed_flag"):
        assert 0 < acceptances[flag].mean() < 0.05, flag
