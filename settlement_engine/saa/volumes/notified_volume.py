"""Notified Volume: the energy of a unit's Final Physical Notification."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import BM_UNIT_PERIOD, BmUnitPeriod, SystemPeriod
from settlement_engine.given import PhysicalNotifications
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.volumes.lines import counted, cut_to_period, energy, hours, megawatts


class NotifiedVolume(BmUnitPeriod):
    """One row for each unit that notified the period."""

    notified_volume_mwh = frames.volume("QFPN_ij", says="Notified energy; positive exports")


def area_under_the_notification(
    physical_notifications: dy.LazyFrame[PhysicalNotifications],
    settlement_periods: pl.LazyFrame,
) -> dy.LazyFrame[NotifiedVolume]:
    """QFPN_ij = integral of FPN_ij(t) over the period, in hours: trapezia between spot times.

    Points outside the period are used to interpolate and are then cut.
    """
    lines = physical_notifications.with_columns(
        from_mw=megawatts("from_mw"), to_mw=megawatts("to_mw")
    ).join(settlement_periods, on=SystemPeriod.column_names())
    piece = energy(pl.col("from_mw"), pl.col("to_mw"), hours(pl.col("from_at"), pl.col("to_at")))
    return (
        lines.pipe(cut_to_period)
        .group_by(BM_UNIT_PERIOD)
        .agg(notified_volume_mwh=piece.sum())
        .with_columns(counted("notified_volume_mwh"))
        .pipe(NotifiedVolume.cast)
    )


notified_volume = Rule(
    "notified_volume",
    produces=NotifiedVolume,
    versions=(
        Version(date(2001, 3, 27), area_under_the_notification, modification="NETA", source="T3.1"),
    ),
)
