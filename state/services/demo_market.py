"""The demo market: seeded into an empty installation, and plainly said to be invented."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from sqlmodel import func, select

from settlement_engine.runs import DueRun
from state.domain.actor import Actor
from state.domain.demo_market.market import DemoMarket, demo_market
from state.domain.permissions import Permission
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import ExternalIdentityRow
from state.persistence.transaction import reading
from state.services.demo_confirmations import confirm_lists
from state.services.demo_invitations import invite_colleagues
from state.services.demo_public_content import publish_content
from state.services.demo_register import register_market
from state.services.demo_runs import (
    correct_a_meter,
    corrected_run,
    days_without_a_run,
    demo_runs,
    make_run,
    run_moment,
)
from state.services.demo_staff_work import leave_work_for_staff
from state.services.ingest import store_rows
from state.services.sessions import DEVELOPMENT_ISSUER
from state.services.settlement import price_days

_SOURCE = "Demo market (invented)"
_TAKEN_IN_AT = time(6, tzinfo=UTC)

Step = tuple[str, Callable[[], None]]
"""What a step does, in words, and the doing of it."""

Event = tuple[datetime, str, Callable[[], None]]
"""A step, and the moment at which it happens."""


class NotEmptyError(Exception):
    """The installation holds companies that are not of the demo market."""


@dataclass(frozen=True, slots=True)
class DemoFacts:
    """What the demo market is."""

    seed: int
    since: date
    until: date
    companies: int
    people: int
    bm_units: int


def market_is_invented(*, actor: Actor) -> bool:
    """Whether the people of this installation are those of the demo market."""
    actor.require(Permission.INSIGHTS_READ)
    with reading() as session:
        invented = select(ExternalIdentityRow.id).where(
            ExternalIdentityRow.issuer == DEVELOPMENT_ISSUER
        )
        return session.exec(invented).first() is not None


def demo_steps(
    *, actor: Actor, seed: int, until: date, weeks: int, now: datetime
) -> tuple[DemoFacts, Iterator[Step]]:
    """The steps that seed the demo market, to be done one after the other.

    The same seed and dates give the same data, byte for byte. What is there already stays.

    Raises:
        NotEmptyError: There are real companies here: an invented one may not stand among them.
    """
    actor.require(Permission.MARKET_SEED)
    _refuse_real_company()
    market = demo_market(seed, until, weeks)
    facts = DemoFacts(
        seed=seed,
        since=market.since,
        until=until,
        companies=len(market.companies),
        people=len(market.people),
        bm_units=len(market.bm_units),
    )
    return facts, _steps(actor, market, now)


def _steps(actor: Actor, market: DemoMarket, now: datetime) -> Iterator[Step]:
    """Who there is, then what happened, in the order in which it did."""
    yield "companies and people", lambda: register_market(actor=actor, market=market, now=now)
    yield "invitations", lambda: invite_colleagues(actor=actor, now=now)
    yield "confirmed signatories", lambda: confirm_lists(actor=actor, now=now)
    yield "what everyone is told", lambda: publish_content(actor=actor, now=now)
    yield "work for the staff", lambda: leave_work_for_staff(actor=actor, now=now)
    made = demo_runs(actor=actor, since=market.since, until=market.until, now=now)
    history = [*_data_and_prices(actor, market, made, now), *_runs(actor, market, made, now)]
    history.sort(key=lambda event: event[0])
    yield from ((words, do) for _, words, do in history)


def _data_and_prices(
    actor: Actor, market: DemoMarket, made: tuple[DueRun, ...], now: datetime
) -> Iterator[Event]:
    priced = set(days_without_a_run(actor=actor, since=market.since, until=market.until, made=made))
    for first in _weeks(market.since, market.until):
        last = min(first + timedelta(days=6), market.until)
        at = _taken_in_at(market, first, now)
        store = partial(_store, actor, market, (first, last), at)
        yield at, f"data of the week from {first}", store
        if days := sorted(day for day in priced if first <= day <= last):
            price = partial(_price, actor, days[0], days[-1], now)
            yield at, f"prices of the days from {days[0]}", price


def _runs(
    actor: Actor, market: DemoMarket, made: tuple[DueRun, ...], now: datetime
) -> Iterator[Event]:
    corrected = corrected_run(actor=actor, made=made)
    for due in made:
        known_from = _taken_in_at(market, due.settlement_date, now)
        at = run_moment(actor=actor, due=due, known_from=known_from, now=now)
        done = partial(make_run, actor=actor, due=due, known_from=known_from, now=now)
        if due == corrected:
            correct = partial(
                correct_a_meter,
                actor=actor,
                due=due,
                known_from=known_from,
                source=_SOURCE,
                now=now,
            )
            yield at, f"a corrected meter of {due.settlement_date}", correct
        yield at, f"run {due.run_type} of {due.settlement_date}", done


def _taken_in_at(market: DemoMarket, day: date, now: datetime) -> datetime:
    """When the data of the week that holds the day was taken in: the morning after its last day."""
    week = (day - market.since).days // 7
    last = min(market.since + timedelta(days=7 * week + 6), market.until)
    return min(datetime.combine(last + timedelta(days=1), _TAKEN_IN_AT), now)


def _store(actor: Actor, market: DemoMarket, days: tuple[date, date], now: datetime) -> None:
    """Frames of what did not happen are not taken in: an ingest of no rows is no news."""
    for name, rows in {**market.frames(*days), **market.publications(*days)}.items():
        if rows.is_empty():
            continue
        store_rows(actor=actor, name=name, rows=rows, source=_SOURCE, now=now)


def _price(actor: Actor, first: date, last: date, now: datetime) -> None:
    price_days(actor=actor, since=first, until=last, source=_SOURCE, now=now)


def _weeks(since: date, until: date) -> Iterator[date]:
    while since <= until:
        yield since
        since += timedelta(days=7)


def _refuse_real_company() -> None:
    with reading() as session:
        companies = session.exec(select(func.count()).select_from(OrganisationRow)).one()
        invented = select(ExternalIdentityRow.id).where(
            ExternalIdentityRow.issuer == DEVELOPMENT_ISSUER
        )
        if companies and session.exec(invented).first() is None:
            raise NotEmptyError(
                "This installation holds companies that are not of the demo market. "
                "Seed the demo market into an installation of its own (KINNECT_DATA_DIR)."
            )
