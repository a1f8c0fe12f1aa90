"""What is promised about bad input: it is held, all of it at once, and nothing is worked out."""

import math
from datetime import date, timedelta

import polars as pl
import pytest

from settlement_engine.faults import GivenFramesError
from settlement_engine.settling import RulebookError
from settlement_engine.trading_charges import TRADING_CHARGES
from tests.small_market import small_market

DAY = date(2026, 1, 5)
FIRST_UNIT = pl.col("bm_unit") == "T_A-1"


def refused(frames):
    with pytest.raises(GivenFramesError) as error:
        TRADING_CHARGES.settle(frames, since=DAY, until=DAY)
    return [str(fault) for fault in error.value.faults]


def test_all_that_contradicts_is_said_at_once():
    frames = small_market(DAY, periods=2)
    said = "\n".join(
        refused(
            frames
            | {
                "bm_unit_registrations": registered_twice(frames["bm_unit_registrations"]),
                "metered_volumes": mismetered(frames["metered_volumes"]),
                "acceptance_points": misplaced(frames["acceptance_points"]),
            }
        )
    )
    for words in (
        "2__BBETA000 is registered from 2025-01-01 while another registration",
        "T_NOBODY-1 is not registered on 2026-01-05",
        "T_A-1 has no metered volume in 1 periods",
        "outside the dates and their neighbours",
        "Acceptance 1 of T_B-1 has 3 levels at",
        "I_X-1 is metered at 9999.0 MWh",
    ):
        assert words in said


def registered_twice(register):
    again = register.filter(bm_unit="2__BBETA000")
    return pl.concat([register, again.with_columns(effective_from=pl.lit(date(2025, 1, 1)))])


def mismetered(volumes):
    """One unit unknown, one missing in a period, one beyond all limits."""
    kept = volumes.filter(~(FIRST_UNIT & (pl.col("settlement_period") == 1)))
    beyond = pl.when(pl.col("bm_unit") == "I_X-1").then(9_999.0).otherwise("metered_volume_mwh")
    return kept.with_columns(
        bm_unit=pl.col("bm_unit").replace("T_B-1", "T_NOBODY-1"), metered_volume_mwh=beyond
    )


def misplaced(points):
    """One acceptance nine days away, one with three levels at one time."""
    away = points.filter(FIRST_UNIT).with_columns(pl.col("at") + timedelta(days=9))
    other = points.filter(~FIRST_UNIT)
    levels = [other.with_columns(level_mw=pl.lit(level)) for level in (1.0, 2.0, 3.0)]
    return pl.concat([away, *levels]).with_columns(point_order=pl.int_range(1, pl.len() + 1))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("metered_volumes", "metered_volume_mwh"),
        ("contract_volumes", "contract_volume_mwh"),
        ("physical_notifications", "to_mw"),
        ("bid_offer_data", "offer_price_gbp_per_mwh"),
        ("acceptance_points", "level_mw"),
        ("metered_volume_reallocations", "reallocation_percent"),
        ("bm_unit_registrations", "transmission_loss_factor_per_unit"),
    ],
)
def test_what_is_no_number_is_refused_with_its_row(name, column, value):
    frames = small_market(DAY, periods=1)
    frame = frames[name].with_row_index("n").with_columns(
        pl.when(pl.col("n") == 0).then(value).otherwise(column).alias(column)
    )  # fmt: skip
    [fault] = refused(frames | {name: frame.drop("n")})
    assert fault.startswith(f"{name}, row 1, column {column}: ")
    assert "is not a finite number." in fault


def test_a_volume_that_no_system_has_is_refused():
    frames = small_market(DAY, periods=1)
    huge = frames["contract_volumes"].with_columns(contract_volume_mwh=pl.lit(1e9))
    faults = refused(frames | {"contract_volumes": huge})
    assert len(faults) == frames["contract_volumes"].height
    assert all("is too high. The most is 100,000." in fault for fault in faults)


def test_a_day_without_any_action_has_a_price_and_a_balance_in_every_period():
    frames = small_market(DAY, periods=2)
    silent = ("acceptances", "acceptance_points", "adjustment_actions")
    quiet = {name: frame.clear() if name in silent else frame for name, frame in frames.items()}
    settled = TRADING_CHARGES.settle(quiet, since=DAY, until=DAY)
    prices = settled.decimals("energy_imbalance_price")
    assert prices["price_derivation_code"].to_list() == ["K", "K"]
    assert settled.frames["settlement_balance"].height == 2


def test_a_number_beyond_any_market_is_said_in_words():
    frames = small_market(DAY, periods=2)
    dear = frames["adjustment_actions"].with_columns(
        cost_gbp=pl.lit(99_999.0), volume_mwh=pl.lit(0.001)
    )
    with pytest.raises(RulebookError, match="larger than any market"):
        TRADING_CHARGES.settle(frames | {"adjustment_actions": dear}, since=DAY, until=DAY)
