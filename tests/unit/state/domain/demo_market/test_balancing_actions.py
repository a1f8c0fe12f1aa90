import polars as pl

from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.datasets import PUBLISHED_AT

KEYS = ["settlement_date", "settlement_period"]


def test_there_are_dozens_on_both_sides_of_every_period(frames):
    sizes = (
        frames["balancing_actions"]
        .group_by(KEYS)
        .agg(
            rows=pl.len(),
            bought=(pl.col("volume_mwh") > 0).sum(),
            sold=(pl.col("volume_mwh") < 0).sum(),
        )
    )
    assert sizes.height == 7 * 48 + 2
    assert 40 <= sizes["rows"].min() <= sizes["rows"].max() <= 220
    assert 60 <= sizes["rows"].median() <= 200
    assert sizes["bought"].min() > 0
    assert sizes["sold"].min() > 0


def test_an_action_is_named_once_a_period_and_typed_by_its_sign(frames):
    actions = frames["balancing_actions"]
    assert actions.select(*KEYS, "action_id").is_unique().all()
    for kinds, sign in ((["offer", "buy_adjustment"], 1), (["bid", "sell_adjustment"], -1)):
        assert (
            actions.filter(pl.col("action_type").is_in(kinds))["volume_mwh"].sign() == sign
        ).all()
    assert sorted(actions["action_type"].unique()) == [
        "bid", "buy_adjustment", "offer", "sell_adjustment",
    ]  # fmt: skip


def test_prices_are_the_pairs_own_or_cost_over_volume(frames):
    actions = frames["balancing_actions"]
    moved = actions.drop_nulls("pair_number").join(
        frames["bid_offer_data"], on=[*KEYS, "bm_unit", "pair_number"], how="left"
    )
    asked = (
        pl.when(pl.col("volume_mwh") > 0)
        .then(pl.col("offer_price_gbp_per_mwh"))
        .otherwise(pl.col("bid_price_gbp_per_mwh"))
    )
    assert moved.filter(pl.col("price_gbp_per_mwh").ne_missing(asked)).is_empty()
    adjusted = frames["adjustment_actions"].join(
        actions, on="action_id", how="left", suffix="_in_stack"
    )
    price = pl.col("cost_gbp") / pl.col("volume_mwh")
    assert adjusted.filter(pl.col("price_gbp_per_mwh").ne_missing(price)).is_empty()
    assert (adjusted["volume_mwh"] == adjusted["volume_mwh_in_stack"]).all()


def test_flags_are_those_of_the_acceptance(frames):
    moved = frames["balancing_actions"].drop_nulls("acceptance_number")
    told = moved.join(
        frames["acceptances"], on=["bm_unit", "acceptance_number"], how="left", suffix="_told"
    )
    for flag in ("so_flag", "stor_flag", "emergency_flag"):
        assert (told[flag] == told[f"{flag}_told"]).all()


def test_losses_are_small_and_one_for_adjustments(frames):
    actions = frames["balancing_actions"]
    multiplier = actions["transmission_loss_multiplier_per_unit"]
    assert multiplier.is_between(0.97, 1.01).all()
    adjustments = actions.filter(pl.col("bm_unit").is_null())
    assert (adjustments["transmission_loss_multiplier_per_unit"] == 1).all()
    assert multiplier.n_unique() > 1_000


def test_every_step_of_tagging_has_something_to_do(frames):
    actions = frames["balancing_actions"]
    priced = actions.drop_nulls("price_gbp_per_mwh")
    ends = priced.group_by(KEYS).agg(
        cheapest_buy=pl.col("price_gbp_per_mwh").filter(pl.col("volume_mwh") > 0).min(),
        dearest_sale=pl.col("price_gbp_per_mwh").filter(pl.col("volume_mwh") < 0).max(),
    )
    flagged = pl.col("so_flag") | pl.col("cadl_flag") | pl.col("emergency_flag")
    unflagged_most = pl.col("price_gbp_per_mwh").filter(~flagged & (pl.col("volume_mwh") > 0)).max()
    flagged_most = pl.col("price_gbp_per_mwh").filter(flagged & (pl.col("volume_mwh") > 0)).max()
    second_stage = priced.group_by(KEYS).agg((flagged_most > unflagged_most).alias("dearer"))
    assert (actions["volume_mwh"].abs() < 0.1).mean() > 0.03  # de minimis
    assert (ends["cheapest_buy"] <= ends["dearest_sale"]).mean() > 0.1  # arbitrage
    assert second_stage["dearer"].mean() > 0.1  # classification
    assert actions["price_gbp_per_mwh"].is_null().mean() > 0.01  # unpriced
    for flag in ("so_flag", "cadl_flag", "emergency_flag", "stor_flag"):
        assert actions[flag].any(), flag


def test_prices_are_those_of_a_market_that_is_mostly_calm(frames):
    prices = frames["balancing_actions"]["price_gbp_per_mwh"].drop_nulls()
    assert prices.quantile(0.01) > -130
    assert 20 < prices.median() < 160
    assert prices.quantile(0.97) < 400
    assert prices.max() > 1_000


def test_the_engine_works_out_the_same_actions_from_what_they_came_from(week):
    """Two ways to one figure (I24): a closed form here, the integrals of the Code there."""
    given = {
        name: week[name].drop(PUBLISHED_AT, strict=False)
        for name in TRADING_CHARGES.given
        if not week[name].is_empty()
    }
    days = week["balancing_actions"]["settlement_date"]
    settled = TRADING_CHARGES.settle(
        given, since=days.min(), until=days.max(), wanted=["balancing_actions"]
    )
    key = [*KEYS, "bm_unit", "acceptance_number", "pair_number"]
    ours, theirs = (
        frame.drop_nulls("bm_unit")
        for frame in (week["balancing_actions"], settled.decimals("balancing_actions"))
    )
    both = ours.join(theirs, on=key, suffix="_worked_out")
    assert both.height == ours.height == theirs.height > 20_000
    assert (both["volume_mwh"] - both["volume_mwh_worked_out"]).abs().max() < 1e-9
    for column in ("price_gbp_per_mwh", "so_flag", "cadl_flag", "emergency_flag", "stor_flag"):
        assert (both[column] == both[f"{column}_worked_out"]).all(), column
