import polars as pl

KEYS = ["settlement_date", "settlement_period"]


def test_every_registered_unit_with_a_meter_is_metered_in_every_period(week):
    metered = week["metered_volumes"]
    units = week["bm_unit_registrations"].filter(pl.col("unit_type") != "V")
    held = metered.group_by(KEYS).agg(pl.col("bm_unit").sort())
    assert held.height in {7 * 48 + 2, 7 * 48 - 2}
    assert set(held["bm_unit"].list.join(",")) == {",".join(sorted(units["bm_unit"]))}
    assert metered["metered_volume_mwh"].is_finite().all()
    assert (metered["metered_volume_mwh"] == 0).any()


def test_suppliers_take_and_what_is_lost_on_the_way_is_small(market, week):
    frames = week
    supplier = {unit.bm_unit for unit in market.bm_units if unit.unit_type in {"G", "S"}}
    taken = pl.col("bm_unit").is_in(supplier)
    assert frames["metered_volumes"].filter(taken)["metered_volume_mwh"].max() <= 0
    totals = (
        frames["metered_volumes"]
        .group_by(KEYS)
        .agg(
            net=pl.col("metered_volume_mwh").sum(),
            given=pl.col("metered_volume_mwh").filter(~taken).sum(),
        )
    )
    assert (
        totals.select(share=pl.col("net") / pl.col("given"))["share"].is_between(0.01, 0.03).all()
    )


def test_meters_stand_near_notifications_and_what_was_accepted(frames):
    moved = (
        frames["balancing_actions"]
        .drop_nulls("bm_unit")
        .group_by(*KEYS, "bm_unit")
        .agg(moved=pl.col("volume_mwh").sum())
    )
    services = frames["applicable_balancing_services_volumes"]
    planned = (
        frames["physical_notifications"]
        .join(moved, on=[*KEYS, "bm_unit"], how="left")
        .join(services, on=[*KEYS, "bm_unit"], how="left")
        .select(
            *KEYS,
            "bm_unit",
            planned=(pl.col("from_mw") + pl.col("to_mw")) / 4
            + pl.col("moved").fill_null(0)
            + pl.col("applicable_volume_mwh").fill_null(0),
        )
    )
    both = frames["metered_volumes"].join(planned, on=[*KEYS, "bm_unit"])
    off = both.select(gap=(pl.col("metered_volume_mwh") - pl.col("planned")).abs(), of="planned")
    assert both.height > 50_000
    assert off.filter(pl.col("gap") > 0.0165 * pl.col("of").abs() + 0.01).is_empty()


def test_metered_supply_is_near_generation_by_fuel(market, frames):
    published = frames["generation_by_fuel"].group_by("start_at").agg(pl.col("generation_mw").sum())
    supplier = [unit.bm_unit for unit in market.bm_units if unit.unit_type in {"G", "S"}]
    metered = frames["metered_volumes"].filter(~pl.col("bm_unit").is_in(supplier))
    ratio = metered["metered_volume_mwh"].sum() / (published["generation_mw"].sum() / 12)
    assert 0.95 < ratio < 1.05


def test_groups_take_by_their_size(market, frames):
    group = {unit.bm_unit: unit.gsp_group for unit in market.bm_units if unit.unit_type == "G"}
    taken = frames["metered_volumes"].filter(pl.col("bm_unit").is_in(list(group)))
    by_group = dict(
        taken.group_by(pl.col("bm_unit").replace_strict(group))
        .agg(-pl.col("metered_volume_mwh").sum())
        .iter_rows()
    )
    assert len(by_group) == 14
    assert by_group["_A"] > 2 * by_group["_P"]
