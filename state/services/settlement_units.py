"""A company's own BM Units on a Settlement Date: their volumes, losses and cashflows."""

from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from settlement_engine.periods import period_start_expression
from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.persistence.transaction import reading
from state.services.own_figures import own_figures
from state.services.settlement_runs import NOT_FOUND, RunRefusedError

_UNIT_PERIOD: Final = ["settlement_date", "settlement_period", "bm_unit"]


def unit_periods(
    *,
    actor: Actor,
    organisation_id: int,
    settlement_date: date,
    run: str | None = None,
    bm_unit: str | None = None,
) -> pl.DataFrame:
    """One row a period and own BM Unit (or the one named): its volumes, losses and cashflows.

    Columns beside the keys and `start_at`: `party_id`, `energy_account`, `metered_volume_mwh`,
    `expected_metered_volume_mwh`, `accepted_offer_volume_mwh`, `accepted_bid_volume_mwh`,
    `transmission_loss_multiplier_per_unit`, `bm_unit_cashflow_gbp`, `non_delivery_charge_gbp`,
    `information_imbalance_charge_gbp`.

    Raises:
        RunRefusedError: The date has no such published run, or the unit is not the company's.
    """
    actor.require(Permission.SETTLEMENT_VIEW, organisation_id)
    with reading() as session:
        own = own_figures(session, organisation_id, settlement_date, run)
    if bm_unit is not None:
        if bm_unit not in own.units:
            raise RunRefusedError((NOT_FOUND,))
        own = replace(own, units=(bm_unit,))
    joined = own.unit_rows("delivery_mode").select(
        *_UNIT_PERIOD, "party_id", "energy_account", "metered_volume_mwh"
    )
    accepted = (
        own.unit_rows("accepted_pair_cashflow")
        .group_by(_UNIT_PERIOD)
        .agg(pl.col("accepted_offer_volume_mwh", "accepted_bid_volume_mwh").sum())
    )
    expected = own.unit_rows("expected_metered_volume").select(
        *_UNIT_PERIOD, "expected_metered_volume_mwh"
    )
    losses = own.unit_rows("transmission_loss_multiplier")
    cashflows = own.unit_rows("bm_unit_cashflow").drop("party_id")
    for beside in (expected, accepted, losses, cashflows):
        joined = joined.join(beside, on=_UNIT_PERIOD, how="left", maintain_order="left")
    volumes = pl.col("accepted_offer_volume_mwh", "accepted_bid_volume_mwh").fill_null(0.0)
    started = period_start_expression().alias("start_at")
    return joined.with_columns(volumes).sort("bm_unit", "settlement_period").with_columns(started)


def units_of_day(
    *, actor: Actor, organisation_id: int, settlement_date: date, run: str | None = None
) -> pl.DataFrame:
    """One row an own BM Unit: the day's sums of `unit_periods`, without the loss multiplier.

    Raises:
        RunRefusedError: The date has no such published run.
    """
    periods = unit_periods(
        actor=actor, organisation_id=organisation_id, settlement_date=settlement_date, run=run
    )
    sums = [name for name in periods.columns if name.endswith(("_mwh", "_gbp"))]
    return (
        periods.group_by("bm_unit", "party_id", "energy_account")
        .agg(pl.col(sums).sum().round(8))
        .sort("bm_unit")
    )
