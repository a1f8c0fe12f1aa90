"""One price and the stack of actions that made it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import polars as pl
from sqlmodel import Session

from settlement_engine.parameter import load_parameters
from state.domain.actor import Actor
from state.domain.datasets import INGESTED_AT, PUBLISHED_AT
from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.domain.price_steps import RulesInForce
from state.persistence.datasets import parts
from state.persistence.publishing import public_reading
from state.persistence.queries.dataset_rows import every_revision, versioned_rows
from state.services.system_prices import BUY, SYSTEM_PRICES, VOLUME

ACTION_STACK: Final = "action_stack"
_PERIOD: Final = ("settlement_date", "settlement_period")


_RULES: Final = {
    "continuous_acceptance_duration_limit_minutes": "CADL",
    "de_minimis_acceptance_threshold_mwh": "DMAT",
    "replacement_price_average_reference_mwh": "RPAR",
    "price_average_reference_mwh": "PAR",
}


class NoSuchPriceError(LookupError):
    """Neither a price nor a stack is held for the period."""


@dataclass(frozen=True, slots=True)
class PeriodOfDay:
    """A Settlement Date and Settlement Period."""

    settlement_date: date
    settlement_period: int


@dataclass(frozen=True, slots=True)
class PriceRevision:
    """A price as it was published at one time: by which run, and what it was."""

    run: str
    published_at: datetime
    price_gbp_per_mwh: float
    imbalance_mwh: float


@dataclass(frozen=True, slots=True)
class PriceStack:
    """The price row of a period, its actions in the order of the stack, and the neighbours.

    `history` holds every revision of the price, the earliest first.
    """

    version: str
    period: PeriodOfDay
    price: dict[str, Any] | None
    actions: pl.DataFrame
    previous: PeriodOfDay | None
    following: PeriodOfDay | None
    history: tuple[PriceRevision, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """One number of the Code on a date: since when it holds, and where it stands."""

    symbol: str
    description: str
    value: str
    since: date
    source: str


@dataclass(frozen=True, slots=True)
class RulesOnDate:
    """The numbers that the tagging of a date needs, to count with and to show."""

    in_force: RulesInForce
    shown: tuple[RuleInForce, ...]


def rules_on(*, actor: Actor, settlement_date: date) -> RulesOnDate:
    """The thresholds and reference volumes of the price calculation on a Settlement Date."""
    actor.require(Permission.INSIGHTS_READ)
    known = {parameter.name: parameter for parameter in load_parameters()}
    dated = {
        symbol: known[name].dated_value_on(settlement_date) or known[name].values[0]
        for name, symbol in _RULES.items()
    }
    shown = tuple(
        RuleInForce(
            symbol=symbol,
            description=known[name].description,
            value=f"{dated[symbol].value} {known[name].unit}",
            since=dated[symbol].since,
            source=f"{known[name].references[0].title}; {dated[symbol].modification}",
        )
        for name, symbol in _RULES.items()
    )
    numbers = [Decimal(dated[symbol].value) for symbol in ("DMAT", "PAR", "RPAR")]
    return RulesOnDate(RulesInForce(*numbers), shown)


def price_stack(*, actor: Actor, settlement_date: date, settlement_period: int) -> PriceStack:
    """The stack of one period, and the nearest periods before and after that have one.

    Raises:
        NoSuchPriceError: There is neither a price nor a stack for the period.
    """
    actor.require(Permission.INSIGHTS_READ)
    with public_reading() as session:
        prices = versioned_rows(
            session, SYSTEM_PRICES, since=settlement_date, until=settlement_date
        )
        stacks = versioned_rows(session, ACTION_STACK, since=settlement_date, until=settlement_date)
        price = prices.rows.filter(pl.col("settlement_period") == settlement_period)
        actions = _of_the_price(
            stacks.rows.filter(pl.col("settlement_period") == settlement_period), price
        )
        if price.is_empty() and actions.is_empty():
            on = spoken_date(settlement_date)
            raise NoSuchPriceError(
                f"No price is held for Settlement Period {settlement_period} of {on}."
            )
        held = sorted(set(stacks.rows["settlement_period"]))
        period = PeriodOfDay(settlement_date, settlement_period)
        return PriceStack(
            version=f"{prices.version}.{stacks.version}",
            period=period,
            price=price.row(0, named=True) if price.height else None,
            actions=actions.sort("stack_place"),
            previous=_neighbour(session, period, [n for n in held if n < settlement_period], -1),
            following=_neighbour(session, period, [n for n in held if n > settlement_period], 1),
            history=_history(session, period),
        )


def _of_the_price(actions: pl.DataFrame, price: pl.DataFrame) -> pl.DataFrame:
    """The actions that were published with the price, not those of a run that it replaced."""
    if price.is_empty() or price[PUBLISHED_AT].item() is None:
        return actions
    return actions.filter(
        (pl.col(PUBLISHED_AT) >= price[PUBLISHED_AT].item()).fill_null(value=True)
    )


def _history(session: Session, period: PeriodOfDay) -> tuple[PriceRevision, ...]:
    """Every price that was ever published for the period, once each."""
    day = period.settlement_date
    rows = every_revision(session, SYSTEM_PRICES, since=day, until=day).filter(
        pl.col("settlement_period") == period.settlement_period
    )
    return tuple(
        PriceRevision(
            run=row["source_run"] or "",
            published_at=row[PUBLISHED_AT] or row[INGESTED_AT],
            price_gbp_per_mwh=row[BUY],
            imbalance_mwh=row[VOLUME],
        )
        for row in rows.iter_rows(named=True)
    )


def latest_stack(*, actor: Actor) -> PeriodOfDay | None:
    """The last period that has a stack."""
    actor.require(Permission.INSIGHTS_READ)
    with public_reading() as session:
        return _on_other_day(session, date.max, -1)


def _neighbour(
    session: Session, period: PeriodOfDay, same_day: list[int], direction: int
) -> PeriodOfDay | None:
    if same_day:
        nearest = max(same_day) if direction < 0 else min(same_day)
        return PeriodOfDay(period.settlement_date, nearest)
    return _on_other_day(session, period.settlement_date, direction)


def _on_other_day(session: Session, day: date, direction: int) -> PeriodOfDay | None:
    """The last period of an earlier day, or the first of a later one."""
    one = timedelta(days=1)
    if direction < 0:
        days = [
            min(part.last_day, day - one) for part in parts(session, ACTION_STACK, until=day - one)
        ]
    else:
        days = [
            max(part.first_day, day + one) for part in parts(session, ACTION_STACK, since=day + one)
        ]
    if not days:
        return None
    nearest = max(days) if direction < 0 else min(days)
    rows = versioned_rows(session, ACTION_STACK, since=nearest, until=nearest, columns=_PERIOD).rows
    number = rows["settlement_period"].max() if direction < 0 else rows["settlement_period"].min()
    return PeriodOfDay(nearest, int(number))  # type: ignore[arg-type]  # a column of numbers
