"""Invented weather: fronts of wind over three regions, sun and cloud, the turn of the year."""

from typing import Final

import polars as pl

from state.domain.demo_market.grid import by_hour
from state.domain.demo_market.noise import smooth_noise
from state.domain.demo_market.precision import between, share_of_way

WIND_REGIONS: Final = {
    "north": ("_N", "_P"),
    "middle": ("_B", "_D", "_E", "_F", "_G", "_M"),
    "south": ("_A", "_C", "_H", "_J", "_K", "_L"),
}

_MINUTES_AN_HOUR: Final = 60
_FRONT_MINUTES: Final = 52 * _MINUTES_AN_HOUR
_TROUGH_MINUTES: Final = 17 * _MINUTES_AN_HOUR
_GUST_MINUTES: Final = 3 * _MINUTES_AN_HOUR
_CLOUD_MINUTES: Final = 9 * _MINUTES_AN_HOUR
_LAG_MINUTES: Final = {"north": 0, "middle": 4 * _MINUTES_AN_HOUR, "south": 9 * _MINUTES_AN_HOUR}
_MIDSUMMER_DAY: Final = 196
_HALF_YEAR_DAYS: Final = 182.5
_SUMMER_SUN: Final = (
    0, 0, 0, 0, 0, 0.02, 0.10, 0.24, 0.42, 0.60, 0.76, 0.88, 0.96, 1.0, 0.97, 0.88, 0.75, 0.58,
    0.39, 0.21, 0.08, 0.01, 0, 0,
)  # fmt: skip
_WINTER_SUN: Final = (
    0, 0, 0, 0, 0, 0, 0, 0, 0.08, 0.30, 0.62, 0.90, 1.0, 0.86, 0.54, 0.18, 0.02, 0, 0, 0, 0, 0, 0,
    0,
)  # fmt: skip
_SUMMER_PEAK: Final = 0.80
_WINTER_PEAK: Final = 0.28


def with_weather(seed: int, calendar: pl.DataFrame) -> pl.DataFrame:
    """The calendar with winter, sun, and the load factor of wind in each region, all 0 to 1."""
    winter = share_of_way(
        (pl.col("day_of_year") - _MIDSUMMER_DAY).abs().cast(pl.Float64) / _HALF_YEAR_DAYS, 0.0, 1.0
    )
    return calendar.with_columns(winter=winter).with_columns(
        sun=_sun(seed),
        **{f"wind_{region}": _wind(seed, region) for region in WIND_REGIONS},
    )


def wind_of_group(gsp_group: pl.Expr) -> pl.Expr:
    """The load factor of wind where a GSP Group lies."""
    chain = pl.lit(None, dtype=pl.Float64)
    for region, groups in WIND_REGIONS.items():
        chain = (
            pl.when(gsp_group.is_in(list(groups))).then(pl.col(f"wind_{region}")).otherwise(chain)
        )
    return chain


def _sun(seed: int) -> pl.Expr:
    hour, winter = pl.col("local_hour"), pl.col("winter")
    summer_sun = by_hour(hour, _SUMMER_SUN) * _SUMMER_PEAK
    winter_sun = by_hour(hour, _WINTER_SUN) * _WINTER_PEAK
    cloud = smooth_noise(seed, "cloud", pl.col("minute"), _CLOUD_MINUTES)
    return (summer_sun * (1 - winter) + winter_sun * winter) * (0.45 + 0.55 * cloud)


def _wind(seed: int, region: str) -> pl.Expr:
    """A front crosses the whole country, later in the south; troughs and gusts are local."""
    minute = pl.col("minute")
    front = smooth_noise(seed, "front", minute - _LAG_MINUTES[region], _FRONT_MINUTES)
    trough = smooth_noise(seed, f"trough {region}", minute, _TROUGH_MINUTES)
    gust = smooth_noise(seed, f"gust {region}", minute, _GUST_MINUTES)
    speed = 0.62 * front + 0.28 * trough + 0.10 * gust + 0.10 * (pl.col("winter") - 0.5)
    return between(0.02 + 0.93 * share_of_way(speed, 0.20, 0.80), 0.0, 0.95)
