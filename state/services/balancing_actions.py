"""What the System Operator took of each BM Unit on a day, from the stacks of its prices."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from settlement_engine.periods import period_start_expression
from state.domain.actor import Actor
from state.domain.bmrs.arguments import Arguments
from state.domain.bmrs.catalogue import endpoints
from state.domain.permissions import Permission
from state.persistence.publishing import public_reading
from state.persistence.queries.dataset_rows import versioned_rows
from state.services.bmrs import public_rows
from state.services.price_stack import ACTION_STACK

_VOLUME: Final = pl.col("volume_mwh")
_SUMS: Final = {
    "bought_mwh": _VOLUME.filter(_VOLUME > 0).sum(),
    "sold_mwh": _VOLUME.filter(_VOLUME < 0).sum(),
    "flagged_mwh": _VOLUME.abs().filter(pl.col("first_stage_flag")).sum(),
    "cost_gbp": (_VOLUME * pl.col("price_gbp_per_mwh")).sum(),
    "actions": pl.len(),
}


@dataclass(frozen=True, slots=True)
class ActionsOfDay:
    """Sums of the actions of one Settlement Date, by unit and by period.

    `units` are those with most volume first: `bm_unit` (none: outside the Balancing Mechanism),
    `name`, `company`, `fuel`, bought, sold (negative) and flagged MWh, the number of actions, the
    periods in which one of them set the price, and what they came to at their own prices in GBP,
    positive where the System Operator pays. `periods` have the same sums, by `start_at`.
    """

    units: pl.DataFrame
    periods: pl.DataFrame


def actions_of_day(*, actor: Actor, day: date, unit: str | None = None) -> ActionsOfDay:
    """The actions of a day, of one BM Unit or of all."""
    actor.require(Permission.INSIGHTS_READ)
    with public_reading() as session:
        rows = versioned_rows(session, ACTION_STACK, since=day, until=day).rows
    latest = pl.col("published_at").max().over("settlement_period")
    kept = rows.filter((pl.col("published_at") == latest).fill_null(value=True))
    if unit is not None:
        kept = kept.filter(pl.col("bm_unit") == unit)
    priced = pl.col("volume_after_price_average_mwh").fill_null(0) != 0
    units = kept.group_by("bm_unit").agg(
        **_SUMS, priced_periods=pl.col("settlement_period").filter(priced).n_unique()
    )
    periods = kept.group_by("settlement_date", "settlement_period").agg(**_SUMS)
    return ActionsOfDay(
        units=units.join(_register(actor), on="bm_unit", how="left").sort(
            pl.col("bought_mwh") - pl.col("sold_mwh"), "bm_unit", descending=[True, False]
        ),
        periods=periods.with_columns(start_at=period_start_expression()).sort("start_at"),
    )


def _register(actor: Actor) -> pl.DataFrame:
    rows = public_rows(
        actor=actor, endpoint=endpoints()["/reference/bmunits/all"], asked=Arguments({})
    )
    return rows.select(
        bm_unit="elexonBmUnit", name="bmUnitName", company="leadPartyName", fuel="fuelType"
    ).unique("bm_unit", keep="last")
