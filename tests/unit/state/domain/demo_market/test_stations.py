from collections import Counter

from state.domain.demo_market.fuel_mix import CCGT_CAPACITY_MW, FUEL_CODES
from state.domain.demo_market.stations import INTERCONNECTORS, STATIONS


def test_sites_have_their_own_codes_and_known_fuels():
    assert max(Counter(station.site for station in STATIONS).values()) == 1
    assert {station.fuel_code for station in STATIONS} < set(FUEL_CODES)


def test_every_cable_of_the_fuel_codes_is_there():
    cables = {cable.fuel_code for cable in INTERCONNECTORS}
    assert cables == {code for code in FUEL_CODES if code.startswith("INT")}


def test_gas_capacity_is_the_sum_of_its_units():
    gas = [s.unit_count * s.unit_capacity_mw for s in STATIONS if s.fuel_code == "CCGT"]
    assert sum(gas) == CCGT_CAPACITY_MW
