"""What is published of demand, margins and wind: outturn soon after, forecasts before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from state.domain.demo_market.fuel_mix import CCGT_CAPACITY_MW, with_fuel_mix
from state.domain.demo_market.grid import at_minute, period_grid
from state.domain.demo_market.noise import noise, smooth_noise
from state.domain.demo_market.precision import to_places, whole
from state.domain.demo_market.stations import INTERCONNECTORS

_HOUR: Final = 60
_DAY: Final = 24 * _HOUR
_STATION_LOAD_MW: Final = 600
_OUTTURN_AFTER_MINUTES: Final = 45
_BOUNDARY: Final = "N"
_FIRM_CAPACITY_MW: Final = CCGT_CAPACITY_MW + 21_000
_SOLAR_CAPACITY_MW: Final = 15_000
_HOURS_AHEAD: Final = (12, 8, 4, 2, 1)


@dataclass(frozen=True, slots=True)
class _Round:
    """One publication of a forecast: so many days before, at what hour, how far it may err."""

    days_before: int
    hour: int
    error: float


_ROUNDS: Final = (_Round(1, 9, 0.03), _Round(1, 17, 0.02), _Round(0, 5, 0.012))


def demand_and_forecasts(seed: int, since: date, until: date) -> dict[str, pl.DataFrame]:
    """Frames of the days by the name of their dataset; forecasts of the day after stand in too."""
    mix = with_fuel_mix(seed, period_grid(since, until + timedelta(days=1)))
    known = mix.with_columns(
        start_at=at_minute(pl.col("minute")),
        system_mw=pl.col("demand_mw") + _STATION_LOAD_MW + _drawn(),
    )
    outturn = known.filter(pl.col("settlement_date") <= until)
    return {
        **_outturn(outturn),
        **_forecasts(seed, known),
        "loss_of_load_forecasts": _loss_of_load(seed, outturn),
        "generation_by_type": _by_type(outturn),
    }


def _drawn() -> pl.Expr:
    """What pumping and exports take beside the country's own demand."""
    taking = [-pl.col(name).clip(None, 0.0) for name in ("PS", *_CABLES)]
    return pl.sum_horizontal(taking)


_CABLES: Final = tuple(cable.fuel_code for cable in INTERCONNECTORS)
_PERIOD: Final = ("start_at", "settlement_date", "settlement_period")


def _outturn(known: pl.DataFrame) -> dict[str, pl.DataFrame]:
    published = at_minute(pl.col("minute") + _OUTTURN_AFTER_MINUTES)
    national = known.select(*_PERIOD, published_at=published, demand_mw=_mw("demand_mw"))
    midnight = pl.col("published_at").max()
    return {
        "national_demand": national,
        "transmission_system_demand": known.select(
            *_PERIOD, published_at=published, demand_mw=_mw("system_mw")
        ),
        "national_demand_daily": national.group_by("settlement_date", maintain_order=True).agg(
            published_at=midnight, demand_mwh=pl.col("demand_mw").sum() / 2
        ),
    }


def _mw(name: str) -> pl.Expr:
    return whole(pl.col(name)).cast(pl.Float64)


def _forecasts(seed: int, known: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Each round errs less than the one before, in hills of a few hours."""
    generation = pl.col("demand_mw") + 0.02 * pl.col("need") * 1_000
    quantities: Mapping[str, tuple[str, pl.Expr]] = {
        "national_demand_forecast": ("demand_mw", pl.col("demand_mw")),
        "transmission_demand_forecast": ("demand_mw", pl.col("system_mw")),
        "indicated_demand": ("demand_mw", -pl.col("system_mw")),
        "indicated_generation": ("generation_mw", generation),
        "indicated_imbalance": ("imbalance_mw", generation - pl.col("demand_mw")),
        "indicated_margin": ("margin_mw", _FIRM_CAPACITY_MW + pl.col("WIND") - pl.col("system_mw")),
    }
    found = {
        name: _published(seed, known, column, of, name).with_columns(boundary=pl.lit(_BOUNDARY))
        for name, (column, of) in quantities.items()
    }
    wind = _published(seed, known, "generation_mw", pl.col("WIND") * 1.0, "wind", error=3.0)
    on_the_hour = pl.col("start_at").dt.minute() == 0
    return {
        **found,
        "wind_forecast": wind.filter(on_the_hour).select(
            "start_at", "published_at", "generation_mw"
        ),
    }


def _published(
    seed: int, known: pl.DataFrame, column: str, of: pl.Expr, stream: str, error: float = 1.0
) -> pl.DataFrame:
    rounds = []
    for number, told in enumerate(_ROUNDS):
        minute = pl.col("minute")
        day_starts = minute - minute % _DAY
        published = day_starts - told.days_before * _DAY + told.hour * _HOUR
        wrong = smooth_noise(seed, f"forecast {stream} {number}", minute, 5 * _HOUR) - 0.5
        told_mw = whole(of * (1 + 2 * error * told.error * wrong)).cast(pl.Float64)
        rounds.append(
            known.select(
                *_PERIOD, "minute", published_minute=published, **{column: told_mw}
            ).filter(pl.col("published_minute") < pl.col("minute"))
        )
    return (
        pl.concat(rounds)
        .with_columns(published_at=at_minute(pl.col("published_minute")))
        .drop("minute", "published_minute")
        .sort("start_at", "published_at")
    )


def _loss_of_load(seed: int, known: pl.DataFrame) -> pl.DataFrame:
    """Five horizons of each period. The margin is seldom so thin that load may be lost."""
    margin = _FIRM_CAPACITY_MW * 0.82 + 0.4 * pl.col("WIND") - pl.col("system_mw")
    horizons = []
    for hours in _HOURS_AHEAD:
        wrong = smooth_noise(seed, f"margin {hours}", pl.col("minute"), 4 * _HOUR) - 0.5
        told = margin + wrong * 150 * hours
        published = pl.col("minute") - hours * _HOUR
        horizons.append(
            known.select(
                *_PERIOD,
                published_at=at_minute(published),
                publishing_period_start_at=at_minute(published),
                derated_margin_mw=to_places(told, 3),
                loss_of_load_probability=to_places(((500 - told) / 5_000).clip(0.0, 1.0), 6),
            )
        )
    return pl.concat(horizons).sort("start_at", "published_at")


def _by_type(known: pl.DataFrame) -> pl.DataFrame:
    """Production types as the transparency data name them; the sun is here and not in FUELINST."""
    solar = pl.col("sun") * _SOLAR_CAPACITY_MW
    types = {
        "Biomass": pl.col("BIOMASS"),
        "Fossil Gas": pl.col("CCGT") + pl.col("OCGT"),
        "Hydro Pumped Storage": pl.col("PS").clip(0.0, None),
        "Hydro Run-of-river and poundage": pl.col("NPSHYD"),
        "Nuclear": pl.col("NUCLEAR"),
        "Other": pl.col("OTHER"),
        "Solar": solar,
        "Wind Offshore": pl.col("WIND") * 0.62,
        "Wind Onshore": pl.col("WIND") * 0.38,
    }
    published = at_minute(pl.col("minute") + _HOUR)
    wide = known.select(
        *_PERIOD,
        published_at=published,
        **{name: whole(of).cast(pl.Float64) for name, of in types.items()},
    )
    return wide.unpivot(
        index=[*_PERIOD, "published_at"],
        on=list(types),
        variable_name="psr_type",
        value_name="quantity_mw",
    ).sort("start_at", "psr_type")


def system_frequency(seed: int, since: date, until: date) -> pl.DataFrame:
    """One value each fifteen seconds, near 50 Hz."""
    minutes = period_grid(since, until)["minute"]
    quarters = pl.Series(
        "quarter", range(int(minutes[0]) * 4, (int(minutes[-1]) + 30) * 4), pl.Int64
    )
    quarter = pl.col("quarter")
    slow = smooth_noise(seed, "frequency slow", quarter, 4 * 17) - 0.5
    quick = smooth_noise(seed, "frequency quick", quarter, 7) - 0.5
    flicker = noise(seed, "frequency", quarter) - 0.5
    hertz = 50 + 0.22 * slow + 0.10 * quick + 0.02 * flicker
    return pl.DataFrame(quarters).select(
        measured_at=(quarter * 15_000_000).cast(pl.Datetime("us", "UTC")),
        published_at=((quarter - quarter % 8 + 8) * 15_000_000).cast(pl.Datetime("us", "UTC")),
        frequency_hz=to_places(hertz, 3),
    )
