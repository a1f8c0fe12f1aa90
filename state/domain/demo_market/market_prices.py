"""The price of power in the demo market, and the figures that stand beside the stack."""

from datetime import date
from typing import Final

import polars as pl

from state.domain.demo_market.grid import MINUTES_A_TICK, at_minute, at_tick, by_hour, with_calendar
from state.domain.demo_market.noise import noise, smooth_noise
from state.domain.demo_market.precision import between, share_of_way, to_places

_DAY: Final = 1440
_WEEK: Final = 7 * _DAY
_GAS_GBP_PER_MWH: Final = 78.0
_PUBLISHED_AFTER_MINUTES: Final = 45
_SCARCITY_HOURS: Final = (16.5, 18.5)
_WORKING_DAYS: Final = 5
_STOR_WINDOWS_HOURS: Final = ((6.0, 9.5), (16.0, 20.5))
_DAY_SHAPE: Final = (
    0.92, 0.88, 0.86, 0.85, 0.86, 0.90, 0.98, 1.06, 1.08, 1.02, 0.97, 0.94, 0.93, 0.92, 0.94, 1.00,
    1.12, 1.26, 1.28, 1.18, 1.06, 1.00, 0.97, 0.94,
)  # fmt: skip
_BUY_ADJUSTER_SHAPE: Final = (
    (0.0,) * 6 + (0.4, 0.9, 0.6) + (0.0,) * 7 + (1.1, 2.6, 2.8, 1.5) + (0.0,) * 4
)


def with_prices(seed: int, mix: pl.DataFrame) -> pl.DataFrame:
    """The mix (of boundaries) with what drives prices in the half-hour that follows each.

    gas_gbp_per_mwh is what gas plant burns, market_gbp_per_mwh the half-hour's market price,
    shortness from -1 (the system is long) to 1 (short), scarcity 0 but for a few evenings.
    """
    gas = _GAS_GBP_PER_MWH * (0.85 + 0.3 * smooth_noise(seed, "gas", pl.col("minute"), 5 * _DAY))
    return mix.with_columns(gas_gbp_per_mwh=gas, scarcity=_scarcity(seed)).with_columns(
        market_gbp_per_mwh=_market_price(seed), shortness=_shortness(seed)
    )


def market_index(seed: int, prices: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """Both providers in every period; one of them trades nothing, as its likeness does."""
    frame = periods.drop("minute").join(prices, on="tick", how="left", maintain_order="left")
    published_at = at_minute((pl.col("tick") + 1) * MINUTES_A_TICK + _PUBLISHED_AFTER_MINUTES)
    volume = 420 + 900 * smooth_noise(seed, "traded", pl.col("tick") * MINUTES_A_TICK, 95)
    trading = frame.select(
        "settlement_date",
        "settlement_period",
        published_at=published_at,
        provider=pl.lit("APXMIDP"),
        price_gbp_per_mwh=to_places(pl.col("market_gbp_per_mwh"), 2),
        volume_mwh=to_places(volume, 3),
    )
    resting = trading.with_columns(
        provider=pl.lit("N2EXMIDP"), price_gbp_per_mwh=pl.lit(0.0), volume_mwh=pl.lit(0.0)
    )
    return pl.concat([trading, resting]).sort("settlement_date", "settlement_period", "provider")


def price_adjusters(seed: int, prices: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """Reserve fees of the peaks, per megawatt-hour bought; nothing is added when selling."""
    fee = by_hour(pl.col("local_hour"), _BUY_ADJUSTER_SHAPE) * (
        0.5 + smooth_noise(seed, "reserve fee", pl.col("minute"), _DAY)
    )
    return (
        periods.drop("minute")
        .join(prices, on="tick", how="left", maintain_order="left")
        .select(
            "settlement_date",
            "settlement_period",
            buy_price_adjuster_gbp_per_mwh=to_places(fee, 2),
            sell_price_adjuster_gbp_per_mwh=pl.lit(0.0),
        )
    )


def loss_of_load(prices: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """The chance of not meeting demand: near nothing but on a scarce evening."""
    chance = 0.18 * pl.col("scarcity") + 0.002 * share_of_way(pl.col("need"), 0.45, 1.2)
    return (
        periods.drop("minute")
        .join(prices, on="tick", how="left", maintain_order="left")
        .select(
            "settlement_date", "settlement_period", loss_of_load_probability=to_places(chance, 7)
        )
    )


def stor_windows(since: date, until: date, periods: pl.DataFrame) -> pl.DataFrame:
    """Morning and evening of every day in which short-term operating reserve stands ready."""
    calendar = with_calendar(periods).filter(pl.col("settlement_date").is_between(since, until))
    windows = [
        calendar.filter(pl.col("local_hour").is_between(start, end, closed="left"))
        .group_by("settlement_date", maintain_order=True)
        .agg(first=pl.col("tick").min(), last=pl.col("tick").max())
        for start, end in _STOR_WINDOWS_HOURS
    ]
    return (
        pl.concat(windows)
        .sort("first")
        .select(starts_at=at_tick(pl.col("first")), ends_at=at_tick(pl.col("last") + 1))
    )


def in_stor_window() -> pl.Expr:
    """Whether the local hour falls in a window."""
    hour = pl.col("local_hour")
    return pl.any_horizontal(
        hour.is_between(start, end, closed="left") for start, end in _STOR_WINDOWS_HOURS
    )


def _scarcity(seed: int) -> pl.Expr:
    """On one working day a week the evening peak is short of plant, less or more so."""
    week = pl.col("minute") // _WEEK
    scarce_day = (noise(seed, "scarce day", week) * _WORKING_DAYS).floor() + 1
    depth = 0.4 + 0.6 * noise(seed, "depth of scarcity", week)
    hour = pl.col("local_hour")
    start, end = _SCARCITY_HOURS
    scarce = (pl.col("weekday") == scarce_day) & hour.is_between(start, end, closed="left")
    return (
        pl.when(scarce)
        .then(depth * (0.5 + 0.5 * noise(seed, "scarce", pl.col("minute"))))
        .otherwise(0.0)
    )


def _market_price(seed: int) -> pl.Expr:
    """Power costs what gas plant asks when it sets the price, less when wind leaves it no room."""
    load = pl.col("CCGT") / 20_000
    plenty = share_of_way(pl.col("CCGT"), 9_500.0, 2_200.0)
    swing = smooth_noise(seed, "market price", pl.col("minute"), 75) - 0.5
    price = (
        pl.col("gas_gbp_per_mwh") * (0.62 + 0.66 * load) * by_hour(pl.col("local_hour"), _DAY_SHAPE)
        - plenty * (74 + 0.012 * pl.col("surplus_mw"))
        + 14 * swing
        + 130 * pl.col("scarcity")
    )
    return between(price, -75.0, 600.0)


def _shortness(seed: int) -> pl.Expr:
    minute = pl.col("minute")
    drift = smooth_noise(seed, "forecast error", minute, 260) - 0.5
    jitter = smooth_noise(seed, "imbalance", minute, 55) - 0.5
    return between(2.1 * drift + 1.0 * jitter + 0.3 + 3.0 * pl.col("scarcity"), -1.0, 1.0)
