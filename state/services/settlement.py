"""Settlement: pricing Settlement Dates from what the store holds, and publishing the result."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl

from settlement_engine.periods import period_start, period_start_expression
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.acceptances_in_force import in_force
from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.services.datasets import dataset_rows
from state.services.ingest import store_rows

_PUBLISHED_AFTER_START = timedelta(minutes=45)
"""The indicative price appears about 15 minutes after its period ends (insights.md 4.5)."""
_PUBLISHED = ("energy_imbalance_price", "action_stack")
_ACTIONS = "balancing_actions"
_BESIDE_THE_ACTIONS = ("market_index", "price_adjusters", "loss_of_load", "stor_windows")
_OVER_MIDNIGHT = frozenset({"acceptances", "acceptance_points"})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PricedDays:
    """What was priced, and by which rules."""

    since: date
    until: date
    periods: int
    actions: int
    fingerprint: str


def price_days(*, actor: Actor, since: date, until: date, source: str, now: datetime) -> PricedDays:
    """Work out prices and stacks of the dates, and store both.

    They come from stored balancing actions; where none are held, from the notifications, bids,
    offers, acceptances and meters that balancing actions are worked out from.

    Raises:
        GivenFramesError: What is stored is not fit to settle; says every reason.
        RulebookError: A date has no rules.
        RefusedError: What was worked out does not fit its dataset: a fault of ours.
    """
    actor.require(Permission.DATA_INGEST)
    settled = TRADING_CHARGES.settle(
        _given(actor, since, until), since=since, until=until, wanted=_PUBLISHED
    )
    prices = _published(settled.decimals("energy_imbalance_price"), source)
    stacks = _published(settled.decimals("action_stack"), source).drop("start_at", "source_run")
    store_rows(actor=actor, name="action_stack", rows=stacks, source=source, now=now)
    store_rows(actor=actor, name="system_prices", rows=prices, source=source, now=now)
    return PricedDays(since, until, prices.height, stacks.height, settled.fingerprint)


def _given(actor: Actor, since: date, until: date) -> dict[str, pl.DataFrame]:
    """What the store has of the dates, by the names of the engine's frames."""
    actions = _stored(actor, _ACTIONS, since, until)
    if actions.is_empty():
        held = _all_that_is_given(actor, since, until)
    else:
        beside = {name: _stored(actor, name, since, until) for name in _BESIDE_THE_ACTIONS}
        held = {_ACTIONS: actions, **beside}
    return {name: frame for name, frame in held.items() if not frame.is_empty()}


def _all_that_is_given(actor: Actor, since: date, until: date) -> dict[str, pl.DataFrame]:
    held = {name: _stored(actor, name, since, until) for name in TRADING_CHARGES.given}
    held["acceptances"], held["acceptance_points"] = in_force(
        held["acceptances"],
        held["acceptance_points"],
        from_at=period_start(since, 1),
        until_at=period_start(until + _DAY, 1),
    )
    return held


def _stored(actor: Actor, name: str, since: date, until: date) -> pl.DataFrame:
    """What is held of the dates. Acceptances reach over midnight: a day more at either end."""
    columns = TRADING_CHARGES.frame_types()[name].column_names()
    around = _DAY if name in _OVER_MIDNIGHT else timedelta()
    first, last = since - around, until + around
    return dataset_rows(actor=actor, name=name, since=first, until=last, columns=columns).rows


def _published(frame: pl.DataFrame, source: str) -> pl.DataFrame:
    return frame.with_columns(
        start_at=period_start_expression(), source_run=pl.lit(source)
    ).with_columns(published_at=pl.col("start_at") + _PUBLISHED_AFTER_START)
