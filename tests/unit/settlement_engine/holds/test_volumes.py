import polars as pl
import pytest

from tests.unit.settlement_engine.holds.held import KEY, held, is_unit, market, more, where

FIRST = is_unit() & (pl.col("settlement_period") == 1)


def metered(volume: float):
    frames = market()
    changed = where(frames["metered_volumes"], FIRST, metered_volume_mwh=volume)
    return frames | {"metered_volumes": changed}


@pytest.mark.parametrize("sign", [1, -1])
def test_a_volume_beyond_physical_limits_is_held(sign):
    """500 MW give 250 MWh in half an hour; half as much again is believed."""
    assert held(metered(sign * 375.0)) == []
    assert held(metered(sign * 375.001)) == [
        (
            "metered_volumes, row 1, column metered_volume_mwh: T_A-1 is metered at "
            f"{sign * 375.001} MWh in 2026-01-05 period 1; its registered capacity is 500.0 MW. "
            "Check the meter and the unit of the volume, or the registered capacity."
        )
    ]


def test_a_unit_without_a_registered_capacity_has_no_limit():
    frames = metered(90_000.0)
    unlimited = frames["bm_unit_registrations"].drop("generation_capacity_mw")
    assert held(frames | {"bm_unit_registrations": unlimited}) == []


def test_giving_away_more_than_all_is_held():
    frames = market()

    def given(percent):
        row = {**KEY, "bm_unit": "T_A-1", "party_id": "TRADER", "reallocation_percent": percent}
        frame = more(frames["metered_volume_reallocations"], {**row, "reallocation_mwh": 0.0})
        return frames | {"metered_volume_reallocations": frame}

    assert held(given(75.0)) == []
    assert held(given(75.00001)) == [
        (
            "metered_volume_reallocations, column reallocation_percent: T_A-1 gives away 100.00001 "
            "percent in 2026-01-05 period 1. A unit can give away 100 percent at most."
        )
    ]


def test_contracts_of_a_period_without_meters_are_held():
    frames = market()
    metered = frames["metered_volumes"].filter(pl.col("settlement_period") != 2)
    faults = held(frames | {"metered_volumes": metered})
    assert any("contracts for 2026-01-05 period 2 and no metered volume" in each for each in faults)


def test_two_actions_of_one_name_are_held():
    frames = market()
    one = frames["adjustment_actions"].head(1)
    control = one.select(
        "settlement_date", "settlement_period", "action_id", volume_mwh=pl.lit(5.0)
    )
    [fault] = held(frames | {"demand_control": control})
    assert "names an adjustment action of" in fault
    named = one.with_columns(action_id=pl.lit("T_A-1/1/1/offer"))
    faults = held(frames | {"adjustment_actions": named})
    assert any("a name that an acceptance would have" in each for each in faults)
