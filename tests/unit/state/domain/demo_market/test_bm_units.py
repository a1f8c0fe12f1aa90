import re
from datetime import date

import polars as pl

from state.domain.demo_market.bm_units import GSP_GROUPS, demo_bm_units, unit_frame
from state.domain.demo_market.companies import demo_companies
from state.domain.demo_market.fuel_mix import FUEL_CODES

COMPANIES = demo_companies(7)
UNITS = demo_bm_units(7, COMPANIES)
PATTERNS = {
    "T": r"T_[A-Z0-9]{2,6}-?[A-Z0-9]{0,2}",
    "E": r"E_[A-Z0-9]{2,6}-?[A-Z0-9]{0,2}",
    "I": r"I_[A-Z0-9]{2}[GD]-[A-Z0-9]{4,5}",
    "G": r"2__[A-HJ-NP][A-Z0-9]{4}000",
    "S": r"2__[A-HJ-NP][A-Z0-9]{4}\d{3}",
    "V": r"V__[A-HJ-NP][A-Z0-9]{4}\d{3}",
}


def test_identifiers_are_valid_and_unique():
    for unit in UNITS:
        assert re.fullmatch(PATTERNS[unit.unit_type], unit.bm_unit), unit.bm_unit
        assert len(unit.bm_unit) <= 11
        assert len(unit.name) <= 30
    assert len({unit.bm_unit for unit in UNITS}) == len(UNITS)


def test_there_are_a_few_hundred_over_all_fourteen_groups():
    assert 250 <= len(UNITS) <= 500
    for group in GSP_GROUPS:
        kinds = {unit.unit_type for unit in UNITS if unit.gsp_group == group}
        assert kinds >= {"E", "G"}, group


def test_every_supplier_has_a_base_unit_in_every_group():
    for company in COMPANIES:
        if company.has_role("TS"):
            base = [
                u.gsp_group
                for u in UNITS
                if u.lead_party == company.party_id and u.unit_type == "G"
            ]
            assert sorted(base) == sorted(GSP_GROUPS)


def test_the_letter_in_a_name_is_the_group_of_the_unit():
    for unit in UNITS:
        if unit.unit_type in {"G", "S", "V"}:
            assert unit.bm_unit[2:4] == unit.gsp_group


def test_interconnector_units_come_in_pairs_of_production_and_consumption():
    production = {
        u.bm_unit for u in UNITS if u.unit_type == "I" and u.production_consumption_flag == "P"
    }
    consumption = {
        u.bm_unit for u in UNITS if u.unit_type == "I" and u.production_consumption_flag == "C"
    }
    assert {f"{unit[:4]}D{unit[5:]}" for unit in production} == consumption
    assert len(production) == 20


def test_lead_parties_are_live_companies_in_a_fitting_role():
    wanted = {"T": "TG", "E": "TG", "I": "TI", "G": "TS", "S": "TS", "V": "VP"}
    by_party = {company.party_id: company for company in COMPANIES}
    for unit in UNITS:
        lead = by_party[unit.lead_party]
        assert lead.status == "live"
        assert lead.has_role(wanted[unit.unit_type])
        assert max(role.since for role in lead.roles) <= unit.since < date(2026, 1, 1)


def test_capacities_are_positive_and_fuels_known():
    assert all(unit.capacity_mw > 0 for unit in UNITS)
    fuels = {unit.fuel_code for unit in UNITS} - {None}
    assert set(FUEL_CODES) - fuels == {"COAL"}
    assert not fuels - set(FUEL_CODES)


def test_a_supplier_is_registered_for_more_than_it_takes(market, frames):
    demand = {u.bm_unit: u.capacity_mw for u in market.bm_units if u.unit_type in {"G", "S"}}
    taken = frames["metered_volumes"].filter(pl.col("bm_unit").is_in(list(demand)))
    used = taken["metered_volume_mwh"].abs() * 2 / taken["bm_unit"].replace_strict(demand)
    assert 0.3 < used.max() < 1


def test_rows_are_keyed_from_one():
    frame = unit_frame(UNITS)
    assert frame["unit_key"].to_list() == list(range(1, len(UNITS) + 1))
