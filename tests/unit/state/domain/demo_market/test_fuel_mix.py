from datetime import date

import polars as pl

from state.domain.demo_market.fuel_mix import FUEL_CODES, with_fuel_mix
from state.domain.demo_market.grid import boundary_grid

MIX = with_fuel_mix(7, boundary_grid(date(2026, 10, 1), date(2026, 10, 28)))


def test_what_is_generated_and_imported_meets_demand():
    met = MIX.select(gap=pl.sum_horizontal(*FUEL_CODES) - pl.col("demand_mw"))["gap"]
    assert met.min() > -1.0
    assert met.max() < 61.0  # a little peaking plant runs beside gas on tight evenings


def test_gas_follows_what_wind_and_cables_leave():
    assert MIX.select(pl.corr("CCGT", "WIND")).item() < -0.3
    assert MIX["CCGT"].max() > 2.5 * MIX["CCGT"].min()


def test_wind_is_held_back_only_when_there_is_too_much_of_it():
    held = MIX.filter(pl.col("WIND") < pl.col("WIND_AVAILABLE"))
    assert held.filter(pl.col("surplus_mw") <= 0).is_empty()
