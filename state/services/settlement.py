"""Settlement: pricing Settlement Dates from what the store holds, and publishing the result."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl

from settlement_engine.periods import period_start_expression
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.services.datasets import dataset_rows
from state.services.ingest import store_rows

_PUBLISHED_AFTER_START = timedelta(minutes=45)
"""The indicative price appears about 15 minutes after its period ends (insights.md 4.5)."""


@dataclass(frozen=True, slots=True)
class PricedDays:
    """What was priced, and by which rules."""

    since: date
    until: date
    periods: int
    actions: int
    fingerprint: str


def price_days(*, actor: Actor, since: date, until: date, source: str, now: datetime) -> PricedDays:
    """Work out prices and stacks of the dates from the stored actions, and store both.

    Raises:
        GivenFramesError: What is stored is not fit to settle; says every reason.
        RulebookError: A date has no rules.
        RefusedError: What was worked out does not fit its dataset: a fault of ours.
    """
    actor.require(Permission.DATA_INGEST)
    given = {name: _stored(actor, name, since, until) for name in TRADING_CHARGES.given}
    settled = TRADING_CHARGES.settle(
        {name: frame for name, frame in given.items() if not frame.is_empty()},
        since=since,
        until=until,
    )
    prices = _published(settled.decimals("energy_imbalance_price"), source)
    stacks = _published(settled.decimals("action_stack"), source).drop("start_at", "source_run")
    store_rows(actor=actor, name="action_stack", rows=stacks, source=source, now=now)
    store_rows(actor=actor, name="system_prices", rows=prices, source=source, now=now)
    return PricedDays(since, until, prices.height, stacks.height, settled.fingerprint)


def _stored(actor: Actor, name: str, since: date, until: date) -> pl.DataFrame:
    columns = TRADING_CHARGES.given[name].column_names()
    held = dataset_rows(actor=actor, name=name, since=since, until=until, columns=columns)
    return held.rows


def _published(frame: pl.DataFrame, source: str) -> pl.DataFrame:
    return frame.with_columns(
        start_at=period_start_expression(), source_run=pl.lit(source)
    ).with_columns(published_at=pl.col("start_at") + _PUBLISHED_AFTER_START)
