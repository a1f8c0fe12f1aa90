"""The runs that the demo market had before anybody came to look at it.

They are made by the same services as any run, each at the moment the timetable names: so what was
known then, and what has changed since, can be asked of them.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import polars as pl

from settlement_engine.runs import DueRun, RunType, run_timetable
from state.domain.actor import INVENTED_OPERATOR, THE_CLOCK, Actor
from state.domain.permissions import Permission
from state.domain.settlement_runs import ASKED_BY_THE_TIMETABLE, market_day
from state.persistence.queries.settlement_runs import runs_of_date
from state.persistence.transaction import reading
from state.services.datasets import dataset_rows
from state.services.ingest import store_rows
from state.services.settlement_attempts import settle_now
from state.services.settlement_publication import publish_run
from state.services.settlement_runs import request_run
from state.services.settlement_work import InProcess

LEFT_TO_DO: Final = 3
"""So many of the runs that fell due last are left for the worker and for staff."""

CORRECTED_PARTY: Final = "ALBION"
"""The Party one of whose meters was corrected between two runs of a day."""

_RUN_AT: Final = time(9, tzinfo=UTC)
_PUBLISHED_AFTER: Final = timedelta(hours=5)
_CORRECTED_BEFORE: Final = timedelta(hours=12)
_CORRECTION: Final = 1.01
_METER_DIGITS: Final = 3


def demo_runs(*, actor: Actor, since: date, until: date, now: datetime) -> tuple[DueRun, ...]:
    """The runs to be made of the days, in the order of their days, but for the last few."""
    actor.require(Permission.MARKET_SEED)
    today = market_day(now)
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    dues = [due for day in days for due in run_timetable(day) if due.run_on <= today]
    dues.sort(key=lambda due: (due.run_on, due.settlement_date, due.run_type.order))
    return tuple(dues[:-LEFT_TO_DO])


def days_without_a_run(
    *, actor: Actor, since: date, until: date, made: Sequence[DueRun]
) -> Iterator[date]:
    """The days that have an indicative price and no more."""
    actor.require(Permission.MARKET_SEED)
    settled = {due.settlement_date for due in made}
    while since <= until:
        if since not in settled:
            yield since
        since += timedelta(days=1)


def corrected_run(*, actor: Actor, made: Sequence[DueRun]) -> DueRun | None:
    """The run before which a meter is corrected: the first that restates another."""
    actor.require(Permission.MARKET_SEED)
    return next((due for due in made if due.run_type is not RunType.II), None)


def make_run(*, actor: Actor, due: DueRun, known_from: datetime, now: datetime) -> None:
    """Make and publish one run at the moment of the timetable; nothing where it was made before."""
    actor.require(Permission.MARKET_SEED)
    with reading() as session:
        known = runs_of_date(session, due.settlement_date)
        if any(row.run_type == due.run_type for row in known):
            return
    asked_at = run_moment(actor=actor, due=due, known_from=known_from, now=now)
    run = request_run(
        actor=THE_CLOCK,
        settlement_date=due.settlement_date,
        run_type=due.run_type,
        reason=ASKED_BY_THE_TIMETABLE,
        now=asked_at,
    )
    settle_now(actor=THE_CLOCK, public_id=run.public_id, executor=InProcess(), now=asked_at)
    published_at = min(asked_at + _PUBLISHED_AFTER, now)
    publish_run(actor=INVENTED_OPERATOR, public_id=run.public_id, now=published_at)


def run_moment(*, actor: Actor, due: DueRun, known_from: datetime, now: datetime) -> datetime:
    """When the run was asked for: on its day, once the data of the day was there."""
    actor.require(Permission.MARKET_SEED)
    return min(max(datetime.combine(due.run_on, _RUN_AT), known_from), now)


def correct_a_meter(
    *, actor: Actor, due: DueRun, known_from: datetime, source: str, now: datetime
) -> None:
    """Store other volumes for the largest unit of a Party, half a day before the run."""
    actor.require(Permission.MARKET_SEED)
    day = due.settlement_date
    at = run_moment(actor=actor, due=due, known_from=known_from, now=now) - _CORRECTED_BEFORE
    units = dataset_rows(actor=actor, name="bm_unit_registrations", since=day, until=day).rows
    own = units.filter(pl.col("party_id") == CORRECTED_PARTY)["bm_unit"]
    held = dataset_rows(
        actor=actor, name="metered_volumes", since=day, until=day, as_of=known_from
    ).rows.filter(pl.col("bm_unit").is_in(own.implode()))
    if held.is_empty():
        return
    volume = pl.col("metered_volume_mwh")
    size = held.group_by("bm_unit").agg(volume.abs().sum()).sort(volume, "bm_unit")
    corrected = held.filter(pl.col("bm_unit") == size["bm_unit"][-1]).with_columns(
        (volume * _CORRECTION).round(_METER_DIGITS)
    )
    rows = corrected.drop("ingested_at", strict=False)
    store_rows(
        actor=actor, name="metered_volumes", rows=rows, source=source, now=max(at, known_from)
    )
