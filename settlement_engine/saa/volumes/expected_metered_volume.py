"""Expected Metered Volume: what a unit should have been metered at."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.cra.registered_bm_unit import RegisteredBmUnit
from settlement_engine.frames import BM_UNIT_PERIOD, BmUnitPeriod
from settlement_engine.given import SettlementExpectedVolumes
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.losses.delivery_mode import DeliveryMode
from settlement_engine.saa.volumes.balancing_services_volume import BalancingServicesVolume
from settlement_engine.saa.volumes.notified_volume import NotifiedVolume

_NOTIFIED = pl.col("notified_volume_mwh").fill_null(0)


class ExpectedMeteredVolume(BmUnitPeriod):
    """One row for each registered unit; a unit without a notification is expected at zero."""

    planned_volume_mwh = frames.volume(
        "QFPN_ij", says="Notified energy, or the baseline of a baselined unit"
    )
    balancing_services_volume_mwh = frames.volume("QBS_ij", says="Positive: more export")
    expected_metered_volume_mwh = frames.volume("QME_ij", says="Positive exports")


def notified_and_balanced(
    delivery_mode: dy.LazyFrame[DeliveryMode],
    notified_volume: dy.LazyFrame[NotifiedVolume],
    balancing_services_volume: dy.LazyFrame[BalancingServicesVolume],
) -> dy.LazyFrame[ExpectedMeteredVolume]:
    """QME_ij = QFPN_ij + QBS_ij."""
    return _expected(delivery_mode, notified_volume, balancing_services_volume, _NOTIFIED)


def baseline_where_baselined(
    delivery_mode: dy.LazyFrame[DeliveryMode],
    registered_bm_unit: dy.LazyFrame[RegisteredBmUnit],
    notified_volume: dy.LazyFrame[NotifiedVolume],
    settlement_expected_volumes: dy.LazyFrame[SettlementExpectedVolumes],
    balancing_services_volume: dy.LazyFrame[BalancingServicesVolume],
) -> dy.LazyFrame[ExpectedMeteredVolume]:
    """QME_ij = QFPN_ij + QBS_ij; for a baselined unit QSEV_ij stands in for QFPN_ij (P376)."""
    baselined = registered_bm_unit.select("settlement_date", "bm_unit", "is_baselined")
    units = delivery_mode.join(baselined, on=["settlement_date", "bm_unit"]).join(
        settlement_expected_volumes, on=BM_UNIT_PERIOD, how="left"
    )
    baseline = pl.when("is_baselined").then(pl.col("expected_volume_mwh").fill_null(0))
    return _expected(
        units, notified_volume, balancing_services_volume, baseline.otherwise(_NOTIFIED)
    )


def _expected(
    units: pl.LazyFrame, notified: pl.LazyFrame, balanced: pl.LazyFrame, planned: pl.Expr
) -> dy.LazyFrame[ExpectedMeteredVolume]:
    services = pl.col("balancing_services_volume_mwh")
    return (
        units.join(notified, on=BM_UNIT_PERIOD, how="left")
        .join(balanced, on=BM_UNIT_PERIOD, how="left")
        .with_columns(services.fill_null(0), planned_volume_mwh=planned)
        .with_columns(expected_metered_volume_mwh=pl.col("planned_volume_mwh") + services)
        .pipe(ExpectedMeteredVolume.cast)
    )


expected_metered_volume = Rule(
    "expected_metered_volume",
    produces=ExpectedMeteredVolume,
    versions=(
        Version(date(2001, 3, 27), notified_and_balanced, modification="NETA", source="T4.3.1"),
        Version(date(2023, 2, 23), baseline_where_baselined, modification="P376", source="T4.3.1"),
    ),
)
