"""What the country generates and takes, fuel by fuel, at any moment: demand, then who meets it."""

from typing import Final

import polars as pl

from state.domain.demo_market.grid import by_hour, with_calendar
from state.domain.demo_market.noise import noise, smooth_noise
from state.domain.demo_market.precision import between, share_of_way
from state.domain.demo_market.stations import INTERCONNECTORS, STATIONS
from state.domain.demo_market.weather import WIND_REGIONS, with_weather

FUEL_CODES: Final = (
    "BIOMASS", "CCGT", "COAL", "NPSHYD", "NUCLEAR", "OCGT", "OIL", "OTHER", "PS", "WIND",
    "INTELEC", "INTEW", "INTFR", "INTGRNL", "INTIFA2", "INTIRL", "INTNED", "INTNEM", "INTNSL",
    "INTVKL",
)  # fmt: skip

CCGT_CAPACITY_MW: Final = 24_310
_CCGT_LEAST_MW: Final = 1_800
_CCGT_MOST_MW: Final = 23_600
_LEAST_DEMAND_MW: Final = 16_000
_SOLAR_CAPACITY_MW: Final = 15_000
_SUMMER_PEAK_MW: Final = 32_000
_WINTER_EXTRA_MW: Final = 10_500
_PUMPED_CAPACITY_MW: Final = 2_640
_COMFORTABLE_MW: Final = 12_500
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR
_WEEKDAY_SHAPE: Final = (
    0.61, 0.58, 0.57, 0.565, 0.57, 0.61, 0.70, 0.82, 0.87, 0.885, 0.885, 0.885, 0.885, 0.88, 0.875,
    0.885, 0.925, 0.985, 1.0, 0.975, 0.92, 0.85, 0.76, 0.67,
)  # fmt: skip
_WEEKEND_SHAPE: Final = (
    0.60, 0.57, 0.55, 0.54, 0.535, 0.54, 0.57, 0.63, 0.73, 0.79, 0.82, 0.83, 0.84, 0.83, 0.81,
    0.81, 0.85, 0.91, 0.93, 0.90, 0.85, 0.79, 0.72, 0.65,
)  # fmt: skip
_PUMPING_SHAPE: Final = (
    -0.55, -0.75, -0.80, -0.80, -0.70, -0.35, 0.0, 0.25, 0.30, 0.15, 0.05, -0.05, -0.15, -0.20,
    -0.15, 0.05, 0.45, 0.80, 0.75, 0.50, 0.25, 0.10, -0.10, -0.35,
)  # fmt: skip
_BATTERY_SHAPE: Final = (
    0.05, 0.0, 0.0, 0.0, 0.0, 0.05, 0.25, 0.40, 0.30, 0.15, 0.10, 0.05, 0.05, 0.05, 0.10, 0.20,
    0.65, 1.0, 0.95, 0.60, 0.30, 0.20, 0.10, 0.05,
)  # fmt: skip
_LEANING: Final = {
    "INTFR": 0.25, "INTIFA2": 0.25, "INTELEC": 0.20, "INTNED": 0.05, "INTNEM": 0.05, "INTNSL": 0.45,
    "INTVKL": 0.15, "INTIRL": -0.55, "INTEW": -0.50, "INTGRNL": -0.45,
}  # fmt: skip
"""How far each cable leans to import when Great Britain is neither rich nor poor in power."""

_NUCLEAR_UNITS: Final = tuple(
    f"T_{station.site}-{number}"
    for station in STATIONS
    if station.fuel_code == "NUCLEAR"
    for number in range(1, station.unit_count + 1)
)
_NUCLEAR_CAPACITY_MW: Final = {
    station.site: station.unit_capacity_mw for station in STATIONS if station.fuel_code == "NUCLEAR"
}


def with_fuel_mix(seed: int, grid: pl.DataFrame) -> pl.DataFrame:
    """The grid (of minutes) with weather, demand_mw, and megawatts in a column a fuel code."""
    frame = with_weather(seed, with_calendar(grid))
    frame = frame.with_columns(demand_mw=_demand(seed), WIND=_wind(seed), NUCLEAR=_nuclear(seed))
    frame = frame.with_columns(
        BIOMASS=_steady(seed, "biomass", 900, 3_050),
        NPSHYD=_steady(seed, "hydro", 150, 900),
        OTHER=_other(seed),
        COAL=pl.lit(0.0),
        OIL=pl.lit(0.0),
    )
    must_run = pl.sum_horizontal("WIND", "NUCLEAR", "BIOMASS", "NPSHYD", "OTHER")
    frame = frame.with_columns(residual_mw=pl.col("demand_mw") - must_run)
    frame = frame.with_columns(
        need=between((pl.col("residual_mw") - _COMFORTABLE_MW) / 11_000, -1.4, 1.4)
    )
    frame = frame.with_columns(
        PS=_pumped(seed),
        **{cable.fuel_code: _flow(seed, cable.fuel_code) for cable in INTERCONNECTORS},
    )
    return _with_gas(frame)


def nuclear_output(seed: int, bm_unit: str) -> pl.Expr:
    """Megawatts of a reactor: flat, but for an outage of days now and then."""
    capacity_mw = _NUCLEAR_CAPACITY_MW[bm_unit.removeprefix("T_").partition("-")[0]]
    health = smooth_noise(seed, f"reactor {bm_unit}", pl.col("minute"), 11 * _DAY)
    return capacity_mw * 0.965 * share_of_way(health, 0.200, 0.206)


def _with_gas(frame: pl.DataFrame) -> pl.DataFrame:
    """Gas meets what is left; when there is too little for it, wind is held back."""
    cables = [cable.fuel_code for cable in INTERCONNECTORS]
    frame = frame.with_columns(left_mw=pl.col("residual_mw") - pl.sum_horizontal("PS", *cables))
    excess = (_CCGT_LEAST_MW - pl.col("left_mw")).clip(0.0, None)
    return frame.with_columns(
        surplus_mw=excess,
        WIND_AVAILABLE=pl.col("WIND"),
        WIND=(pl.col("WIND") - excess).clip(0.0, None),
        CCGT=between(pl.col("left_mw"), _CCGT_LEAST_MW, _CCGT_MOST_MW),
        OCGT=(pl.col("left_mw") - _CCGT_MOST_MW).clip(0.0, 900.0)
        + 60 * share_of_way(pl.col("need"), 0.5, 1.1),
    )


def _demand(seed: int) -> pl.Expr:
    hour, winter = pl.col("local_hour"), pl.col("winter")
    weekday = pl.col("weekday")
    shape = (
        pl.when(weekday <= 5)  # noqa: PLR2004 - Monday to Friday
        .then(by_hour(hour, _WEEKDAY_SHAPE))
        .otherwise(by_hour(hour, _WEEKEND_SHAPE))
    )
    cold = smooth_noise(seed, "cold", pl.col("minute"), 3 * _DAY) - 0.5
    flicker = smooth_noise(seed, "demand", pl.col("minute"), 25) - 0.5
    peak_mw = _SUMMER_PEAK_MW + _WINTER_EXTRA_MW * winter + 3_000 * winter * cold
    solar_mw = _SOLAR_CAPACITY_MW * pl.col("sun")
    return (peak_mw * shape * (1 + 0.012 * flicker) - solar_mw).clip(_LEAST_DEMAND_MW, None)


def _wind(seed: int) -> pl.Expr:
    capacity_mw = {
        region: sum(
            station.unit_count * station.unit_capacity_mw
            for station in STATIONS
            if station.fuel_code == "WIND" and station.gsp_group in groups
        )
        for region, groups in WIND_REGIONS.items()
    }
    output = pl.sum_horizontal(pl.col(f"wind_{region}") * mw for region, mw in capacity_mw.items())
    return output * (0.99 + 0.02 * smooth_noise(seed, "wind flicker", pl.col("minute"), 20))


def _nuclear(seed: int) -> pl.Expr:
    output = pl.sum_horizontal(nuclear_output(seed, unit) for unit in _NUCLEAR_UNITS)
    return output - 6 * noise(seed, "nuclear flicker", pl.col("minute"))


def _steady(seed: int, stream: str, low_mw: float, high_mw: float) -> pl.Expr:
    slow = smooth_noise(seed, stream, pl.col("minute"), 30 * _HOUR)
    daily = by_hour(pl.col("local_hour"), _WEEKDAY_SHAPE)
    flicker = noise(seed, f"{stream} flicker", pl.col("minute")) * 0.01
    return low_mw + (high_mw - low_mw) * between(0.15 + 0.75 * slow * daily + flicker, 0.0, 1.0)


def _other(seed: int) -> pl.Expr:
    use = 0.4 + 0.6 * smooth_noise(seed, "batteries", pl.col("minute"), 5 * _HOUR)
    return 180 + 720 * by_hour(pl.col("local_hour"), _BATTERY_SHAPE) * use


def _pumped(seed: int) -> pl.Expr:
    use = 0.55 + 0.45 * smooth_noise(seed, "pumped", pl.col("minute"), 7 * _HOUR)
    shape = by_hour(pl.col("local_hour"), _PUMPING_SHAPE) + 0.18 * pl.col("need")
    flicker = 0.06 * (smooth_noise(seed, "pumped flicker", pl.col("minute"), 15) - 0.5)
    return _PUMPED_CAPACITY_MW * between(shape * use + flicker, -0.95, 0.95)


def _flow(seed: int, fuel_code: str) -> pl.Expr:
    """Cables follow price: they import when power is short here and export when it is plenty."""
    capacity_mw = {cable.fuel_code: cable.capacity_mw for cable in INTERCONNECTORS}[fuel_code]
    mood = smooth_noise(seed, f"flow {fuel_code}", pl.col("minute"), 6 * _HOUR) - 0.5
    abroad = smooth_noise(seed, "abroad", pl.col("minute"), 20 * _HOUR) - 0.5
    health = smooth_noise(seed, f"cable {fuel_code}", pl.col("minute"), 6 * _DAY)
    wanted = between(
        _LEANING[fuel_code] + 0.5 * pl.col("need") + 0.9 * mood + 0.7 * abroad, -1.0, 1.0
    )
    flicker = 4 * (noise(seed, f"flicker {fuel_code}", pl.col("minute")) - 0.5)
    return (capacity_mw * 0.985 * wanted + flicker) * share_of_way(health, 0.10, 0.104)
