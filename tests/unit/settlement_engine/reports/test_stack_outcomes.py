import polars as pl

from settlement_engine.reports.reported_day import reported_day
from settlement_engine.reports.stack_outcomes import stack_outcomes, totals_by_kind
from tests.unit.settlement_engine.reports.reported import DAY, settled


def test_the_three_parts_of_an_action_add_up_to_it():
    actions = stack_outcomes(reported_day(settled(), DAY))
    parts = pl.sum_horizontal(
        "tagged_volume_mwh", "repriced_volume_mwh", "originally_priced_volume_mwh"
    )
    assert (actions.select(parts).to_series() - actions["volume_mwh"]).abs().max() < 1e-9


def test_what_is_tagged_repriced_and_left_at_its_price():
    """Six MWh of the flagged offer at 150 fall to the bid; the other three take 100."""
    [first, second] = (
        totals_by_kind(reported_day(settled(), DAY)).sort("settlement_period").to_dicts()
    )
    assert {**first, "settlement_period": 2} == second
    nonzero = {name: value for name, value in first.items() if value}
    assert nonzero == {
        "settlement_period": 1,
        "total_tagged_accepted_bid_volume_mwh": -6.0,
        "total_tagged_accepted_offer_volume_mwh": 6.0,
        "total_repriced_accepted_offer_volume_mwh": 3.0,
        "total_originally_priced_accepted_offer_volume_mwh": 6.0,
        "total_originally_priced_buy_adjustment_volume_mwh": 12.0,
        "total_buy_adjustment_volume_mwh": 12.0,
        "total_net_imbalance_tagged_volume_mwh": 12.0,
    }
