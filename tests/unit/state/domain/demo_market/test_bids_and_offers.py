import polars as pl


def test_pairs_are_numbered_from_minus_two_to_two_without_zero(frames):
    pairs = frames["bid_offer_data"]
    assert sorted(pairs["pair_number"].unique()) == [-2, -1, 1, 2]
    keys = ("settlement_date", "settlement_period", "bm_unit", "pair_number")
    assert pairs.select(keys).is_unique().all()


def test_widths_have_the_sign_of_their_pair(frames):
    pairs = frames["bid_offer_data"]
    assert (pairs["from_mw"].sign() == pairs["pair_number"].sign()).all()
    assert (pairs["from_mw"] == pairs["to_mw"]).all()


def test_an_offer_is_never_below_its_bid_and_prices_climb_with_the_pair(frames):
    pairs = frames["bid_offer_data"]
    assert (pairs["offer_price_gbp_per_mwh"] > pairs["bid_price_gbp_per_mwh"]).all()
    keys = ["settlement_date", "settlement_period", "bm_unit"]
    for number, further, price, sign in (
        (1, 2, "offer_price_gbp_per_mwh", 1),
        (-1, -2, "bid_price_gbp_per_mwh", -1),
    ):
        near = pairs.filter(pl.col("pair_number") == number)
        far = pairs.filter(pl.col("pair_number") == further).select(*keys, far=price)
        both = near.join(far, on=keys)
        assert both.height > 1_000
        assert both.filter((pl.col("far") - pl.col(price)) * sign < 0).is_empty()


def test_prices_are_whole_pence(frames):
    pence = frames["bid_offer_data"]["offer_price_gbp_per_mwh"] * 100
    assert ((pence - (pence + 0.5).floor()).abs() < 1e-6).all()


def test_wind_pays_to_keep_running_and_gas_pays_to_stand_down(market, frames):
    fuel = {unit.bm_unit: unit.fuel_code for unit in market.bm_units if unit.fuel_code}
    first = frames["bid_offer_data"].filter(pl.col("pair_number") == -1)
    first = first.with_columns(fuel=pl.col("bm_unit").replace_strict(fuel, default=None))
    means = dict(first.group_by("fuel").agg(pl.col("bid_price_gbp_per_mwh").mean()).iter_rows())
    assert means["WIND"] < 0 < means["CCGT"]
