"""Metering Defaults: units that were expected at zero for want of word from them."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine.cra.registered_bm_unit import RegisteredBmUnit
from settlement_engine.frames import BM_UNIT_PERIOD
from settlement_engine.given import SettlementExpectedVolumes
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.defaults.event import DAY, DefaultsUsed, event
from settlement_engine.saa.losses.delivery_mode import DeliveryMode
from settlement_engine.saa.volumes.notified_volume import NotifiedVolume


class MeteringDefaults(DefaultsUsed):
    """Units without a notification or a baseline."""


def expected_at_zero(
    delivery_mode: dy.LazyFrame[DeliveryMode],
    registered_bm_unit: dy.LazyFrame[RegisteredBmUnit],
    notified_volume: dy.LazyFrame[NotifiedVolume],
    settlement_expected_volumes: dy.LazyFrame[SettlementExpectedVolumes],
) -> dy.LazyFrame[MeteringDefaults]:
    """A unit that neither notified nor has a baseline is expected at zero."""
    events = [
        _zero_notifications(delivery_mode, registered_bm_unit, notified_volume),
        _zero_baselines(delivery_mode, registered_bm_unit, settlement_expected_volumes),
    ]
    return pl.concat(events).pipe(MeteringDefaults.cast)


def _zero_notifications(
    units: pl.LazyFrame, registered: pl.LazyFrame, notified: pl.LazyFrame
) -> pl.LazyFrame:
    ordinary = registered.filter(~pl.col("is_baselined")).select(DAY, "bm_unit")
    return event(
        units.join(ordinary, on=[DAY, "bm_unit"], how="semi").join(
            notified, on=BM_UNIT_PERIOD, how="anti"
        ),
        "zero_notification",
        "A unit without a Physical Notification is expected at zero",
        pl.col("metered_volume_mwh").abs(),
    )


def _zero_baselines(
    units: pl.LazyFrame, registered: pl.LazyFrame, baselines: pl.LazyFrame
) -> pl.LazyFrame:
    baselined = registered.filter("is_baselined").select(DAY, "bm_unit")
    return event(
        units.join(baselined, on=[DAY, "bm_unit"], how="semi").join(
            baselines, on=BM_UNIT_PERIOD, how="anti"
        ),
        "zero_baseline",
        "A baselined unit without a Settlement Expected Volume is expected at zero",
        pl.col("actual_volume_mwh").abs(),
    )


metering_defaults = Rule(
    "metering_defaults",
    produces=MeteringDefaults,
    versions=(
        Version(date(2001, 3, 27), expected_at_zero, modification="Kinnect", source="T3.1, T4.3.1"),
    ),
)
