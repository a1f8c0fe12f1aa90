"""One figure as the tree of what it came from."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from settlement_engine.explain import STACKED, explain, text
from settlement_engine.frames import keys
from settlement_engine.settling import RulebookError
from settlement_engine.trading_charges import TRADING_CHARGES
from tests.small_market import small_market

DAY = date(2020, 3, 4)
PERIOD = {"settlement_date": DAY, "settlement_period": 1}


@pytest.fixture(scope="module")
def settled():
    rows = [
        {"action_id": "stor", "volume_mwh": 20.0, "price_gbp_per_mwh": 120.0, "stor_flag": True},
        {"action_id": "flagged", "volume_mwh": 2.0, "price_gbp_per_mwh": 999.0, "so_flag": True},
        *(
            {"action_id": f"n{n:02}", "volume_mwh": 1.0, "price_gbp_per_mwh": 50.0 + n}
            for n in range(20)
        ),
    ]
    blank = {"action_type": "offer", "so_flag": False, "stor_flag": False}
    return TRADING_CHARGES.settle(
        {
            "balancing_actions": pl.DataFrame([PERIOD | blank | row for row in rows]),
            "loss_of_load": pl.DataFrame([PERIOD | {"loss_of_load_probability": 0.0334}]),
            "price_adjusters": pl.DataFrame(
                [
                    PERIOD
                    | {
                        "buy_price_adjuster_gbp_per_mwh": 1.5,
                        "sell_price_adjuster_gbp_per_mwh": 0.0,
                    }
                ]
            ),
            "stor_windows": pl.DataFrame(
                {
                    "starts_at": [datetime(2020, 3, 4, h, tzinfo=UTC) for h in (0, 6)],
                    "ends_at": [datetime(2020, 3, 4, h, tzinfo=UTC) for h in (2, 8)],
                }
            ),
        },
        since=DAY,
        until=DAY,
    )


def walk(figure):
    yield figure
    for read in figure.read:
        yield from walk(read)


def test_a_price_goes_down_to_what_was_given(settled):
    price = explain(settled, "energy_imbalance_price", PERIOD)
    assert price.source.modification == "P305"
    assert {value.column: str(value.value) for value in price.values}[
        "system_buy_price_gbp_per_mwh"
    ] == "201.90000"
    quantities = {figure.quantity for figure in walk(price)}
    assert {"balancing_actions", "loss_of_load", "reserve_scarcity_price"} <= quantities
    assert price.nothing_of == ("market_price",)
    assert all(
        figure.source is None for figure in walk(price) if figure.quantity in TRADING_CHARGES.given
    )


def test_only_the_actions_that_made_the_price_are_followed(settled):
    price = explain(settled, "energy_imbalance_price", PERIOD)
    made_it = [read for read in price.read if read.quantity == "price_average_tagging"]
    assert {read.key[-1].value for read in made_it} == {"stor", "flagged"}
    (imbalance, *_) = price.read
    assert imbalance.left_out == {"arbitrage_tagging": 22 - STACKED}
    assert not any(read.followed for read in imbalance.read)


def test_a_window_that_does_not_hold_the_period_is_not_shown(settled):
    key = PERIOD | {"action_id": "stor"}
    action = explain(settled, "action_price", key)
    windows = [read for read in action.read if read.quantity == "stor_windows"]
    assert [window.key[0].value.hour for window in windows] == [0]
    assert [parameter.name for parameter in action.parameters] == ["value_of_lost_load_gbp_per_mwh"]


def test_the_text_says_value_unit_formula_version_and_number(settled):
    lines = text(explain(settled, "energy_imbalance_price", PERIOD))
    for says in (
        "energy_imbalance_price, settlement_date = 2020-03-04, settlement_period = 1",
        "  system_buy_price_gbp_per_mwh = 201.9 GBP/MWh  (SBP_j)",
        "  by single_price (P305, in force from 2015-11-05, T4.4.2, T4.4.3):",
        "SBP_j = SSP_j = sum(v x p x TLM) / sum(v x TLM)",
        "with price_average_reference_mwh = 1 MWh (P305, in force from 2018-11-01)",
        "with no row of market_price",
        "loss_of_load_probability = 0.0334 per unit",
        "second_stage_flag = yes",
        "arbitrage_tagging: 10 more",
        "where it came from is not shown here",
    ):
        assert says in lines, says


def test_a_choice_is_shown_without_a_unit(settled):
    lines = text(explain(settled, "first_stage_flag", PERIOD | {"action_id": "stor"}))
    assert "with reserve_repricing_flags = unflag (P305" in lines


def test_a_row_must_be_named_and_must_be_there(settled):
    with pytest.raises(RulebookError, match="no quantity colour"):
        explain(settled, "colour", PERIOD)
    with pytest.raises(RulebookError, match=r"no row for .* settlement_period 2"):
        explain(settled, "energy_imbalance_price", PERIOD | {"settlement_period": 2})
    with pytest.raises(RulebookError, match=r"22 rows .* action_id"):
        explain(settled, "action_price", PERIOD)
    partly = TRADING_CHARGES.settle(
        {"balancing_actions": settled.decimals("balancing_actions")},
        since=DAY, until=DAY, wanted=["market_price"],
    )  # fmt: skip
    with pytest.raises(RulebookError, match="no row"):
        explain(partly, "energy_imbalance_price", PERIOD)


def test_a_share_of_the_whole_shows_that_it_came_from_all_accounts():
    day = date(2026, 1, 5)
    settled = TRADING_CHARGES.settle(small_market(day, periods=1), since=day, until=day)
    row = settled.frames["residual_cashflow"].row(0, named=True)
    key = {name: row[name] for name in keys(TRADING_CHARGES.rule("residual_cashflow").produces)}
    figure = explain(settled, "residual_cashflow", key, depth=1)
    read = [each for each in figure.read if each.quantity == "energy_imbalance_cashflow"]
    assert len(read) == settled.frames["energy_imbalance_cashflow"].height
    total = sum(value.value for each in read for value in each.values)
    [said] = [value.value for value in figure.values if value.symbol == "TRC_j"]
    assert total == said
