"""Three days of a market of three Parties, small enough to settle in a moment, and its runs."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import polars as pl

from settlement_engine.runs import RunType
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.actor import CONSOLE_OPERATOR, INVENTED_OPERATOR, THE_CLOCK
from state.domain.demo_market.market import demo_market
from state.persistence.run_inputs import gather
from state.persistence.transaction import reading
from state.services.ingest import store_rows
from state.services.settlement_attempts import settle_now
from state.services.settlement_publication import publish_run
from state.services.settlement_runs import Run, request_run
from state.services.settlement_work import InProcess, SettlementOutcome, SettlementTask, settle_day

DAYS = (date(2026, 10, 23), date(2026, 10, 24), date(2026, 10, 25))
DAY = DAYS[2]
"""A day of 50 periods."""

STORED_AT = datetime(2026, 10, 28, 6, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
"""II and SF of every day are due."""

_PARTIES = {"ALBION": "ALPHA", "NRTHFLEX": "BETA", "CALDER": "GAMMA"}


@cache
def small_frames() -> dict[str, pl.DataFrame]:
    """Frames as the store takes them in; the Parties bear the names of `tests.market`."""
    frames = demo_market(7, DAY, 1).frames(DAYS[0], DAY)
    of_the_parties = pl.col("party_id").is_in(list(_PARTIES))
    units = frames["bm_unit_registrations"].filter(of_the_parties)["bm_unit"].implode()
    small = {}
    for name in TRADING_CHARGES.given:
        rows = frames.get(name)
        if rows is None:
            continue
        if "bm_unit" in rows.columns:
            rows = rows.filter(pl.col("bm_unit").is_in(units))
        if "party_id" in rows.columns:
            rows = rows.filter(of_the_parties).with_columns(pl.col("party_id").replace(_PARTIES))
        if not rows.is_empty():
            small[name] = rows
    return small


def store_small_market(shuffled_by: int | None = None, now: datetime = STORED_AT) -> None:
    """Put the three days into the store, in any order of rows."""
    for name, rows in small_frames().items():
        given = (
            rows if shuffled_by is None else rows.sample(fraction=1, shuffle=True, seed=shuffled_by)
        )
        store_rows(actor=CONSOLE_OPERATOR, name=name, rows=given, source="test", now=now)


def correct_meters(unit: str, by: float, now: datetime = NOW - timedelta(days=3)) -> None:
    """Store other volumes of a unit for the day."""
    volume = pl.col("metered_volume_mwh")
    rows = (
        small_frames()["metered_volumes"]
        .filter(pl.col("bm_unit") == unit, pl.col("settlement_date") == DAY)
        .with_columns((volume + by).round(3))
    )
    store_rows(actor=CONSOLE_OPERATOR, name="metered_volumes", rows=rows, source="t", now=now)


def asked_for(run_type: RunType = RunType.II, day: date = DAY, now: datetime = NOW) -> Run:
    """A run that the timetable asked for."""
    return request_run(
        actor=THE_CLOCK, settlement_date=day, run_type=run_type, reason="Due", now=now
    )


def computed(run_type: RunType = RunType.II, day: date = DAY, now: datetime = NOW) -> Run:
    """A run that was worked out here."""
    run = asked_for(run_type, day, now)
    assert settle_now(actor=THE_CLOCK, public_id=run.public_id, executor=InProcess(), now=now)
    return run


def published(run_type: RunType = RunType.II, day: date = DAY, now: datetime = NOW) -> Run:
    """A run that is published."""
    run = computed(run_type, day, now)
    return publish_run(actor=INVENTED_OPERATOR, public_id=run.public_id, now=now)


def task_of(home: Path, day: date = DAY) -> SettlementTask:
    """What settles the day from what the store holds now."""
    with reading() as session:
        inputs = tuple(each.file for each in gather(session, home, day, NOW))
    return SettlementTask(str(home), day, TRADING_CHARGES.fingerprint(), inputs)


def outcome_of(home: Path, day: date = DAY) -> SettlementOutcome:
    """What the day comes to, worked out in this process and recorded nowhere."""
    return settle_day(task_of(home, day))
