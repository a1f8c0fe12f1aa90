from itertools import groupby

import pytest

from state.domain.demo_market.bm_unit_registrations import (
    bm_unit_registrations,
    trading_unit,
    zone_loss_factors,
)
from state.domain.demo_market.bm_units import GSP_GROUPS, demo_bm_units
from state.domain.demo_market.companies import demo_companies
from state.domain.demo_market.stations import STATIONS

UNITS = demo_bm_units(7, demo_companies(7))
REGISTER = {row["bm_unit"]: row for row in bm_unit_registrations(7, UNITS).iter_rows(named=True)}


def test_every_unit_is_registered_once_from_its_first_day_on_without_an_end():
    assert set(REGISTER) == {unit.bm_unit for unit in UNITS}
    for unit in UNITS:
        row = REGISTER[unit.bm_unit]
        assert row["effective_from"] == unit.since
        assert row["effective_to"] is None
        assert (row["party_id"], row["unit_type"]) == (unit.lead_party, unit.unit_type)
        assert row["production_consumption_flag"] == unit.production_consumption_flag
        assert row["is_baselined"] is False


def test_units_of_one_station_share_a_trading_unit_that_nobody_else_is_in():
    stations = [unit for unit in UNITS if unit.unit_type == "T"]
    site = lambda unit: unit.bm_unit.partition("-")[0]  # noqa: E731
    for name, units in groupby(sorted(stations, key=site), key=site):
        trading_units = {trading_unit(unit) for unit in units}
        assert len(trading_units) == 1, name
    names = {trading_unit(unit) for unit in stations}
    assert names == {station.name for station in STATIONS}
    others = [trading_unit(unit) for unit in UNITS if unit.unit_type in {"E", "I"}]
    assert len(set(others)) == len(others)
    assert not names & set(others)


def test_suppliers_and_secondary_units_are_in_the_base_trading_unit_of_their_group():
    for unit in UNITS:
        in_base = trading_unit(unit) == f"DEFAULT_{unit.gsp_group}"
        assert in_base == (unit.unit_type in {"G", "S", "V"}), unit.bm_unit
    assert trading_unit(next(u for u in UNITS if u.gsp_group == "_A" and u.unit_type == "G")) == (
        "DEFAULT__A"
    )


def test_a_zone_has_one_loss_factor_and_a_cable_none():
    for unit in UNITS:
        factor = REGISTER[unit.bm_unit]["transmission_loss_factor_per_unit"]
        assert factor == (0 if unit.unit_type == "I" else zone_loss_factors(7)[unit.gsp_group])


@pytest.mark.parametrize("seed", [1, 7, 2026])
def test_loss_factors_are_believable(seed):
    factors = zone_loss_factors(seed)
    assert set(factors) == set(GSP_GROUPS)
    assert len(set(factors.values())) == len(GSP_GROUPS)
    for factor in factors.values():
        assert -0.03 <= factor <= 0.03
        assert factor == float(f"{factor:.7f}")
    assert factors["_P"] < factors["_N"] < 0 < factors["_L"]
    assert zone_loss_factors(seed + 1) != factors


def test_capacity_says_which_way_a_unit_can_go():
    ways = {}
    for unit in UNITS:
        row = REGISTER[unit.bm_unit]
        sizes = (row["generation_capacity_mw"], row["demand_capacity_mw"])
        assert set(sizes) <= {0, unit.capacity_mw}
        ways.setdefault((unit.unit_type, unit.fuel_code), set()).add(tuple(s > 0 for s in sizes))
    assert ways["T", "CCGT"] == {(True, False)}
    assert ways["T", "PS"] == ways["E", "OTHER"] == ways["V", None] == {(True, True)}
    assert ways["G", None] == ways["S", None] == {(False, True)}
    assert ways["I", "INTFR"] == {(True, False), (False, True)}
