"""Data Quality Events: every default that a day was settled with."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine.rule import Rule, Version
from settlement_engine.saa.defaults.balancing_defaults import BalancingDefaults
from settlement_engine.saa.defaults.event import DefaultsUsed
from settlement_engine.saa.defaults.metering_defaults import MeteringDefaults
from settlement_engine.saa.defaults.system_defaults import SystemDefaults


class DataQualityEvents(DefaultsUsed):
    """Every kind of default; what the rules allow no default for is a hold instead."""


def all_defaults(
    metering_defaults: dy.LazyFrame[MeteringDefaults],
    balancing_defaults: dy.LazyFrame[BalancingDefaults],
    system_defaults: dy.LazyFrame[SystemDefaults],
) -> dy.LazyFrame[DataQualityEvents]:
    """Every default that was used, by day and kind."""
    return pl.concat([metering_defaults, balancing_defaults, system_defaults]).pipe(
        DataQualityEvents.cast
    )


data_quality_events = Rule(
    "data_quality_events",
    produces=DataQualityEvents,
    versions=(Version(date(2001, 3, 27), all_defaults, modification="Kinnect", source="T2 to T4"),),
)
