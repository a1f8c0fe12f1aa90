"""Balancing Services Volume: what a unit delivered to the System Operator."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import BM_UNIT_PERIOD, BmUnitPeriod
from settlement_engine.given import (
    ApplicableBalancingServicesVolumes,
    DemandDisconnectionVolumes,
)
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.volumes.accepted_volume import AcceptedVolume


class BalancingServicesVolume(BmUnitPeriod):
    """One row for each unit that delivered a balancing service in the period."""

    balancing_services_volume_mwh = frames.volume("QBS_ij", says="Positive: more export")


def accepted_and_applicable(
    accepted_volume: dy.LazyFrame[AcceptedVolume],
    applicable_balancing_services_volumes: dy.LazyFrame[ApplicableBalancingServicesVolumes],
) -> dy.LazyFrame[BalancingServicesVolume]:
    """QBS_ij = sum over n of (QAO^n_ij + QAB^n_ij) + QAS_ij."""
    return _sum(
        _accepted(accepted_volume),
        _volume(applicable_balancing_services_volumes, "applicable_volume_mwh"),
    )


def with_disconnected_demand(
    accepted_volume: dy.LazyFrame[AcceptedVolume],
    applicable_balancing_services_volumes: dy.LazyFrame[ApplicableBalancingServicesVolumes],
    demand_disconnection_volumes: dy.LazyFrame[DemandDisconnectionVolumes],
) -> dy.LazyFrame[BalancingServicesVolume]:
    """QBS_ij = sum over n of (QAO^n_ij + QAB^n_ij) + QAS_ij + QDD_ij.

    With QDD a Supplier whose customers were disconnected is not left long.
    """
    return _sum(
        _accepted(accepted_volume),
        _volume(applicable_balancing_services_volumes, "applicable_volume_mwh"),
        _volume(demand_disconnection_volumes, "disconnected_volume_mwh"),
    )


def _accepted(accepted: pl.LazyFrame) -> pl.LazyFrame:
    both = pl.col("accepted_offer_volume_mwh") + pl.col("accepted_bid_volume_mwh")
    return accepted.select(*BM_UNIT_PERIOD, part=both)


def _volume(frame: pl.LazyFrame, column: str) -> pl.LazyFrame:
    return frame.select(*BM_UNIT_PERIOD, part=column)


def _sum(*parts: pl.LazyFrame) -> dy.LazyFrame[BalancingServicesVolume]:
    return (
        pl.concat(parts)
        .group_by(BM_UNIT_PERIOD)
        .agg(balancing_services_volume_mwh=pl.col("part").sum())
        .pipe(BalancingServicesVolume.cast)
    )


balancing_services_volume = Rule(
    "balancing_services_volume",
    produces=BalancingServicesVolume,
    versions=(
        Version(date(2001, 3, 27), accepted_and_applicable, modification="NETA", source="T4.3.2"),
        Version(date(2015, 11, 5), with_disconnected_demand, modification="P305", source="T4.3.2"),
    ),
)
