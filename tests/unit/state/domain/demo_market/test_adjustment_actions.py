import polars as pl


def test_each_has_its_own_name_and_a_volume_in_thousandths(frames):
    actions = frames["adjustment_actions"]
    assert actions["action_id"].is_unique().all()
    thousandths = actions["volume_mwh"] * 1000
    assert ((thousandths - (thousandths + 0.5).floor()).abs() < 1e-6).all()
    assert (actions["volume_mwh"] != 0).all()


def test_something_is_bought_and_something_sold_in_every_period(frames):
    sides = (
        frames["adjustment_actions"]
        .group_by("settlement_date", "settlement_period")
        .agg(most=pl.col("volume_mwh").max(), least=pl.col("volume_mwh").min())
    )
    assert sides.height == 7 * 48 + 2
    assert (sides["most"] > 0).all()
    assert (sides["least"] < 0).all()


def test_some_have_no_price_some_are_tiny_and_many_are_for_the_network(frames):
    actions = frames["adjustment_actions"]
    assert 0.08 < actions["cost_gbp"].is_null().mean() < 0.16
    assert (actions["volume_mwh"].abs() < 0.1).mean() > 0.05
    assert 0.4 < actions["so_flag"].mean() < 0.7
    assert actions["stor_flag"].any()
