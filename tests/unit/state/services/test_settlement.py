from datetime import date, timedelta

import polars as pl
import pytest

from settlement_engine.periods import period_start
from settlement_engine.settling import RulebookError
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.actor import ANYONE, CONSOLE_OPERATOR, NotSignedInError
from state.domain.demo_market.market import demo_market
from state.services import datasets, settlement
from state.services.ingest import store_rows
from tests.market import NOW

DAY = date(2026, 1, 5)
ACTIONS = pl.DataFrame(
    {
        "settlement_date": [DAY] * 3,
        "settlement_period": [1] * 3,
        "action_id": ["a", "b", "c"],
        "action_type": ["offer", "offer", "bid"],
        "bm_unit": ["T_A-1", "T_B-1", "T_C-1"],
        "acceptance_number": [1, 2, 3],
        "pair_number": [1, 1, -1],
        "volume_mwh": [10.0, 5.0, -4.0],
        "price_gbp_per_mwh": [80.0, 120.0, 20.0],
        "so_flag": [False] * 3,
        "cadl_flag": [False] * 3,
        "emergency_flag": [False] * 3,
        "stor_flag": [False] * 3,
        "transmission_loss_multiplier_per_unit": [1.0] * 3,
    }
)


def price(day: date = DAY):
    return settlement.price_days(
        actor=CONSOLE_OPERATOR, since=day, until=day, source="test", now=NOW
    )


def test_stored_actions_become_a_price_and_the_stack_that_made_it(database) -> None:
    store_rows(actor=CONSOLE_OPERATOR, name="balancing_actions", rows=ACTIONS, source="t", now=NOW)
    done = price()
    assert (done.periods, done.actions) == (1, 3)
    prices = datasets.dataset_rows(actor=ANYONE, name="system_prices").rows
    # Short by 11 MWh: the dearest buys set against the bid leave 10 at 80 and 1 at 120; PAR is 1.
    assert prices["system_buy_price_gbp_per_mwh"].to_list() == [120.0]
    assert prices["net_imbalance_volume_mwh"].to_list() == [11.0]
    assert prices["source_run"].to_list() == ["test"]
    stack = datasets.dataset_rows(actor=ANYONE, name="action_stack").rows
    marginal = stack.filter(pl.col("volume_after_price_average_mwh") > 0)
    assert marginal["action_id"].to_list() == ["b"]


def test_without_actions_the_price_comes_from_what_they_are_worked_out_from(database) -> None:
    """Acceptances over midnight at both ends, from a store that files each row by its own day."""
    market = demo_market(7, DAY + timedelta(days=1), weeks=1)
    frames = market.frames()
    for name in TRADING_CHARGES.given:
        if frames[name].height:
            store_rows(actor=CONSOLE_OPERATOR, name=name, rows=frames[name], source="t", now=NOW)
    done = price()
    assert done.periods == 48
    expected = frames["balancing_actions"].filter(pl.col("settlement_date") == DAY)
    assert done.actions == expected.height
    stack = datasets.dataset_rows(actor=ANYONE, name="action_stack", since=DAY, until=DAY).rows
    totals = {
        name: frame.group_by("settlement_period")
        .agg(pl.col("volume_mwh").sum())
        .sort("settlement_period")
        for name, frame in (("stack", stack), ("expected", expected))
    }
    gap = totals["stack"]["volume_mwh"] - totals["expected"]["volume_mwh"]
    assert gap.abs().max() < 1e-6
    first = frames["acceptances"].filter(pl.col("accepted_at") < period_start(DAY, 1))
    assert stack.join(first, on=["bm_unit", "acceptance_number"], how="semi").height > 0


def test_a_day_without_actions_cannot_be_priced(database) -> None:
    with pytest.raises(RulebookError):
        price()


def test_the_public_prices_nothing(database) -> None:
    with pytest.raises(NotSignedInError):
        settlement.price_days(actor=ANYONE, since=DAY, until=DAY, source="x", now=NOW)
