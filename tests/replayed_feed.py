"""FUELINST over the hour that comes twice: as it is published, asked for, and held in the end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx

from kinnect_app.ingest.feeding import run_feed
from kinnect_app.ingest.official import OfficialService
from state.domain.actor import ANYONE, THE_CLOCK
from state.domain.feed_limits import feed_limits
from state.persistence.queries.dataset_rows import every_revision
from state.persistence.transaction import reading
from state.services.datasets import dataset_rows
from state.services.feed_runs import feed_to_run
from tests.replay_service import ReplayService, made_generation

FIRST = datetime(2026, 10, 24, 22, tzinfo=UTC)
LAST = datetime(2026, 10, 25, 14, tzinfo=UTC)
"""Sixteen hours over the one that comes twice."""

LIMITS = replace(feed_limits(FIRST.date()), requests_a_minute=1_000_000, tries_most=2)
MADE = made_generation(FIRST, LAST)


class Moving:
    """A clock that a test sets."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def client(service: httpx.BaseTransport) -> OfficialService:
    return OfficialService(
        "http://official.test",
        LIMITS,
        public_only=False,
        transport=service,
        pause=lambda _: None,
    )


def run_all(service: ReplayService, clock: Moving, until: datetime, every: timedelta) -> list:
    """Let the timetable run FUELINST from now until then; gives how each run ended."""
    ends, asking = [], client(service)
    while clock.at < until:
        clock.at = min(clock.at + every, until)
        while (run := feed_to_run(actor=THE_CLOCK, now=clock.at)) is not None:
            if run.code == "FUELINST":
                ends.append(run_feed(asking, run, actor=THE_CLOCK, clock=clock))
    return ends


def publications() -> list[tuple]:
    """All that is held, revisions and all, without when it came."""
    with reading() as session:
        rows = every_revision(session, "generation_by_fuel", since=FIRST.date(), until=LAST.date())
    return sorted(rows.select("start_at", "published_at", "fuel_code", "generation_mw").rows())


def published() -> list[tuple]:
    """All that the service published."""
    return sorted(
        (
            datetime.fromisoformat(row["startTime"]),
            datetime.fromisoformat(row["publishTime"]),
            row["fuelType"],
            float(row["generation"]),
        )
        for row in MADE
    )


def latest() -> dict[tuple, float]:
    rows = dataset_rows(actor=ANYONE, name="generation_by_fuel").rows
    return {(r["start_at"], r["fuel_code"]): r["generation_mw"] for r in rows.iter_rows(named=True)}
