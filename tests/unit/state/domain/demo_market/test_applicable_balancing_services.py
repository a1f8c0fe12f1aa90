import polars as pl

KEYS = ["settlement_date", "settlement_period"]


def test_a_handful_of_units_gives_a_little_in_some_periods(frames):
    volumes = frames["applicable_balancing_services_volumes"]
    assert volumes.select(*KEYS, "bm_unit").is_unique().all()
    assert 3 <= volumes["bm_unit"].n_unique() <= 10
    assert 0.1 < volumes.select(KEYS).n_unique() / (7 * 48 + 2) < 0.9
    assert volumes["applicable_volume_mwh"].abs().max() <= 1.5
    assert (volumes["applicable_volume_mwh"] > 0).any()
    assert (volumes["applicable_volume_mwh"] < 0).any()
    thousandths = volumes["applicable_volume_mwh"] * 1000
    assert ((thousandths - (thousandths + 0.5).floor()).abs() < 1e-6).all()
    assert (volumes["applicable_volume_mwh"] != 0).all()


def test_only_units_that_turn_both_ways_give_it(market, frames):
    fuel = {unit.bm_unit: unit.fuel_code for unit in market.bm_units}
    units = frames["applicable_balancing_services_volumes"]["bm_unit"].unique()
    assert {fuel[unit] for unit in units} <= {"PS", "OTHER"}


def test_the_meter_sees_it(frames):
    """What a called unit metered is nearer to its notification with the service than without."""
    services = frames["applicable_balancing_services_volumes"]
    moved = (
        frames["balancing_actions"]
        .drop_nulls("bm_unit")
        .group_by(*KEYS, "bm_unit")
        .agg(moved=pl.col("volume_mwh").sum())
    )
    both = (
        services.join(frames["metered_volumes"], on=[*KEYS, "bm_unit"])
        .join(frames["physical_notifications"], on=[*KEYS, "bm_unit"])
        .join(moved, on=[*KEYS, "bm_unit"], how="left")
        .with_columns(
            without=pl.col("metered_volume_mwh")
            - (pl.col("from_mw") + pl.col("to_mw")) / 4
            - pl.col("moved").fill_null(0)
        )
    )
    gap = (both["without"] - both["applicable_volume_mwh"]).abs().sum()
    assert gap < 0.75 * both["without"].abs().sum()
