"""Law I21: a day of constant power is the same in periods of 30, 15 and 5 minutes.

The thresholds of a variant are those of its own periods, as the sandbox demands that they are said.
"""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from settlement_engine.settling import RulebookError
from settlement_engine.trading_charges import TRADING_CHARGES
from tests.small_market import small_market

DAY = date(2026, 1, 5)
THRESHOLDS = {
    "de_minimis_acceptance_threshold_mwh": Decimal("0.1"),
    "individual_liquidity_threshold_mwh": Decimal(25),
    "price_average_reference_mwh": Decimal(1),
    "replacement_price_average_reference_mwh": Decimal(1),
}
# Each quantity, what it is summed by over the day, and how far a period may be off.
SUMS = {
    "notified_volume": (["bm_unit"], 2e-9),
    "accepted_volume": (["bm_unit", "acceptance_number", "pair_number"], 2e-9),
    "expected_metered_volume": (["bm_unit"], 2e-9),
    "non_delivered_volume": (["bm_unit"], 2e-9),
    "credited_energy_volume": (["bm_unit", "party_id", "energy_account", "is_lead"], 2e-9),
    "energy_imbalance_volume": (["party_id", "energy_account"], 2e-9),
    "accepted_pair_cashflow": (["bm_unit", "pair_number"], 1e-8),
    "bm_unit_cashflow": (["bm_unit", "party_id"], 1e-6),
    "energy_imbalance_cashflow": (["party_id", "energy_account"], 1e-6),
    "residual_cashflow": (["party_id", "energy_account"], 1e-6),
    "party_cashflow": (["party_id"], 1e-6),
    "system_operator_cashflow": ([], 1e-6),
}


@pytest.fixture(scope="module")
def half_hours():
    return TRADING_CHARGES.settle(small_market(DAY), since=DAY, until=DAY, whole_days=True)


@pytest.mark.parametrize("minutes", [15, 5])
def test_i21_volumes_and_cash_of_the_day_do_not_depend_on_the_length_of_a_period(
    minutes, half_hours
):
    parts = 30 // minutes
    thresholds = {name: value / parts for name, value in THRESHOLDS.items()}
    variant = TRADING_CHARGES.variant(
        f"{minutes}_minutes",
        parameters={"settlement_period_minutes": Decimal(minutes), **thresholds},
    )
    settled = variant.settle(small_market(DAY, minutes), since=DAY, until=DAY, whole_days=True)

    assert settled.frames["energy_imbalance_price"].height == 48 * parts
    assert prices(settled) == prices(half_hours)
    for name, (keys, place) in SUMS.items():
        expected, found = day_sums(half_hours, name, keys), day_sums(settled, name, keys)
        assert found.select(keys).equals(expected.select(keys)), name
        for column in sums_of(expected, keys):
            gap = (found[column] - expected[column]).abs().max()
            assert gap <= 48 * parts * place, f"{name} {column} is {gap} apart"


def test_a_variant_of_another_length_must_say_its_thresholds():
    with pytest.raises(RulebookError, match="price_average_reference_mwh"):
        TRADING_CHARGES.variant("silent", parameters={"settlement_period_minutes": Decimal(15)})


def prices(settled):
    price = settled.decimals("energy_imbalance_price")
    return set(price.select("system_buy_price_gbp_per_mwh", "price_derivation_code").iter_rows())


def day_sums(settled, name, keys):
    frame = settled.decimals(name)
    values = pl.col(sums_of(frame, keys)).sum()
    return frame.group_by(keys).agg(values).sort(keys) if keys else frame.select(values)


def sums_of(frame, keys):
    return [
        name
        for name in frame.columns
        if name.endswith(("_mwh", "_gbp")) and not name.endswith("_per_mwh")
    ]
