from datetime import UTC, datetime, timedelta

import polars as pl

from settlement_engine.trading_charges import TRADING_CHARGES
from tests.small_market import small_market
from tests.unit.settlement_engine.reports.reported import DAY, first, shown, to_operator, to_party


def test_a_pair_says_what_was_accepted_of_it_and_what_became_of_that():
    row = first(to_party("ALPHA"), "BOD", pair_number=2)
    assert shown(
        row, "bid_price_gbp_per_mwh", "offer_price_gbp_per_mwh", "accepted_bid_volume_mwh",
        "accepted_offer_volume_mwh", "tagged_offer_volume_mwh", "repriced_offer_volume_mwh",
        "originally_priced_offer_volume_mwh", "tagged_bid_volume_mwh", "offer_cashflow_gbp",
    ) == {
        "bid_price_gbp_per_mwh": 145.0,
        "offer_price_gbp_per_mwh": 150.0,
        "accepted_bid_volume_mwh": 0.0,
        "accepted_offer_volume_mwh": 9.0,
        "tagged_offer_volume_mwh": 6.0,
        "repriced_offer_volume_mwh": 3.0,
        "originally_priced_offer_volume_mwh": 0.0,
        "tagged_bid_volume_mwh": 0.0,
        "offer_cashflow_gbp": 1323.37,
    }  # fmt: skip


def test_every_submitted_pair_is_there_with_its_lines():
    file = to_operator()
    assert file.records["BOD"].height == file.records["BOS"].height == 12
    row = first(file, "BOS", bm_unit="T_B-1", pair_number=-2)
    assert shown(row, "from_minutes", "from_mw", "to_minutes", "to_mw") == {
        "from_minutes": 0, "from_mw": -24.0, "to_minutes": 30, "to_mw": -24.0,
    }  # fmt: skip


def test_pairs_add_up_to_the_cash_of_the_unit_and_acceptances_to_the_pairs():
    file = to_operator()
    keys = ["settlement_period", "bm_unit", "pair_number"]
    volumes = ["accepted_bid_volume_mwh", "accepted_offer_volume_mwh"]
    by_pair = file.records["BO8"].group_by(keys).agg(pl.col(volumes).sum())
    accepted = file.records["BOD"].filter(pl.any_horizontal(pl.col(volumes) != 0))
    assert by_pair.sort(keys).equals(accepted.select(*keys, *volumes).sort(keys))
    total = accepted.select(pl.sum_horizontal("bid_cashflow_gbp", "offer_cashflow_gbp")).sum()
    said = to_party("ALPHA").records["SSD"]["total_bm_cashflow_gbp"].sum()
    assert abs(float(total.item() - said)) <= 0.05


def test_an_acceptance_is_told_in_each_period_with_its_flags_and_its_lines():
    """A short one, five minutes either side of the half-hour."""
    frames = small_market(DAY, periods=2)
    since = datetime(2026, 1, 5, 0, 25, tzinfo=UTC)
    spots = [(since, 240.0), (since + timedelta(minutes=9), 258.0)]
    points = pl.DataFrame(
        [("T_A-1", 5, at, level) for at, level in spots],
        schema=frames["acceptance_points"].schema,
        orient="row",
    )
    orders = frames["acceptances"].filter(bm_unit="T_A-1").with_columns(
        acceptance_number=pl.lit(5, pl.Int64), accepted_at=pl.lit(since)
    )  # fmt: skip
    given = frames | {
        "acceptances": pl.concat([frames["acceptances"].filter(bm_unit="T_B-1"), orders]),
        "acceptance_points": pl.concat(
            [frames["acceptance_points"].filter(bm_unit="T_B-1"), points]
        ),
    }
    file = to_party("ALPHA", TRADING_CHARGES.settle(given, since=DAY, until=DAY))
    told = file.records["BOA"]
    assert told["settlement_period"].to_list() == [1, 2]
    assert told.select("acceptance_number", "accepted_at", "cadl_flag", "so_flag").unique().row(
        0
    ) == (5, since, True, True)
    lines = file.records["BO5"].select("from_minutes", "from_mw", "to_minutes", "to_mw")
    assert lines.cast(float).rows() == [(25.0, 240.0, 30.0, 250.0), (0.0, 250.0, 4.0, 258.0)]
