import polars as pl
import pytest

from tests.small_market import small_market
from tests.unit.settlement_engine.holds.held import DAY, held, market


@pytest.mark.parametrize("name", ["metered_volumes", "physical_notifications", "contract_volumes"])
def test_a_run_of_a_day_needs_every_period_of_it(name):
    frames = small_market(DAY)
    lacks = frames[name].filter(~pl.col("settlement_period").is_in([7, 48]))
    assert (
        f"{name}, column settlement_period: 2026-01-05 has nothing for period 7, 48. "
        "Give every period of the day."
    ) in held(frames | {name: lacks}, whole_days=True)


def test_part_of_a_day_may_be_settled_where_no_run_is_asked_for():
    assert held(market()) == []
    faults = held(market(), whole_days=True)
    assert [fault.split(",")[0] for fault in faults] == [
        "metered_volumes", "physical_notifications", "contract_volumes",
    ]  # fmt: skip
