"""Feeds as staff look after them: how each does, what it brought, what was refused and why."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.datasets import Dataset, FeedPlan
from state.domain.feed_circuit import Circuit
from state.domain.feed_faults import FeedFault
from state.domain.feed_health import FeedFacts, FeedHealth, health_of
from state.domain.feed_questions import feeds, plan_of
from state.domain.permissions import Permission
from state.persistence.audit_trail import record
from state.persistence.feeds import feed_row, feed_rows, keep
from state.persistence.ingest_reports import refused_rows
from state.persistence.models.dataset import IngestRow
from state.persistence.models.feed import FeedRow
from state.persistence.publishing import settings_now
from state.persistence.queries.ingests import Brought, brought_since, last_ingests
from state.persistence.transaction import reading, transaction

REFUSED_SHOWN: Final = 50
_INGESTS_SHOWN: Final = 20
_LATELY: Final = timedelta(days=1)
_AHEAD: Final = timedelta(days=1)
"""What somebody asks for comes before what is due by the timetable."""
_NOTHING: Final = Brought(0, 0)


class NoReportError(LookupError):
    """There is no such run, or it refused nothing."""


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One feed. Rows are those of the last day, whoever brought them.

    One that two people turned off (`is_off`) is paused until two people turn it on again.
    """

    code: str
    definition: Dataset
    plan: FeedPlan
    health: FeedHealth
    circuit: Circuit
    paused: bool
    is_off: bool
    fault: FeedFault | None
    fault_detail: str
    last_run_at: datetime | None
    last_good_at: datetime | None
    next_run_at: datetime | None
    asked_until: datetime | None
    stored: int
    refused: int


@dataclass(frozen=True, slots=True)
class IngestLine:
    """One run that took data in, from the feed or from files."""

    number: int
    at: datetime
    by: str
    sources: tuple[str, ...]
    rows_read: int
    rows_stored: int
    rows_held: int
    rows_repeated: int
    rows_refused: int
    has_report: bool


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One reason against a row; without a number against a whole answer."""

    file: str
    row: int | None
    column: str
    value: str
    code: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class FeedToSee:
    """A feed with its last runs, the newest first."""

    line: FeedLine
    ingests: tuple[IngestLine, ...]


@dataclass(frozen=True, slots=True)
class RefusedToSee:
    """Reasons of one run: the first of them, and how many there are."""

    ingest: int
    rows: tuple[RefusedRow, ...]
    total: int


def feed_lines(*, actor: Actor, now: datetime) -> tuple[FeedLine, ...]:
    """Every dataset that the public service is asked for, the most urgent first."""
    actor.require(Permission.FEED_VIEW)
    with reading() as session:
        rows, brought = feed_rows(session), brought_since(session, now - _LATELY)
        off = _turned_off(session)
    lines = [
        _line(definition, rows.get(code), brought.get(definition.name, _NOTHING), off, now)
        for code, definition in feeds().items()
    ]
    urgency = list(FeedHealth)
    return tuple(sorted(lines, key=lambda line: (urgency.index(line.health), line.code)))


def feed_to_see(*, actor: Actor, code: str, now: datetime) -> FeedToSee:
    """One feed and what came of its dataset lately.

    Raises:
        NoFeedError: The public service is not asked for this dataset.
    """
    actor.require(Permission.FEED_VIEW)
    definition, _ = plan_of(code)
    with reading() as session:
        row = feed_rows(session).get(definition.code or "")
        brought = brought_since(session, now - _LATELY).get(definition.name, _NOTHING)
        ingests = last_ingests(session, definition.name, _INGESTS_SHOWN)
        told = tuple(_ingest(one) for one in ingests)
        off = _turned_off(session)
    return FeedToSee(_line(definition, row, brought, off, now), told)


def refused_of(*, actor: Actor, ingest: int, at_most: int | None = REFUSED_SHOWN) -> RefusedToSee:
    """Why rows of one run were refused, by file and row: the first of them, or all.

    Raises:
        NoReportError: There is no such run, or it refused nothing.
    """
    actor.require(Permission.FEED_VIEW)
    with reading() as session:
        row = session.get(IngestRow, ingest)
        report = row.report if row else None
    if report is None:
        raise NoReportError("This run refused nothing.")
    found = refused_rows(report)
    shown = tuple(
        RefusedRow(**{name: _plain(name, value) for name, value in one.items()})  # type: ignore[arg-type]
        for one in found.head(at_most or found.height).iter_rows(named=True)
    )
    return RefusedToSee(ingest, shown, found.height)


def pause_feed(*, actor: Actor, code: str, now: datetime) -> None:
    """Ask for this dataset no more, until somebody resumes it."""
    actor.require(Permission.FEED_MANAGE)
    _turn(actor, code, now, paused=True)


def resume_feed(*, actor: Actor, code: str, now: datetime) -> None:
    """Ask for this dataset again, from where it was left."""
    actor.require(Permission.FEED_MANAGE)
    _turn(actor, code, now, paused=False)


def run_feed_now(*, actor: Actor, code: str, now: datetime) -> None:
    """Have the worker ask as soon as the service can be asked; a feed that rests is tried too."""
    actor.require(Permission.FEED_MANAGE)
    with transaction() as session:
        row = _row(session, code, now)
        row.next_run_at = now - _AHEAD
        keep(session, row, now)
        record(session, actor=actor, event="feed.run_asked", subject=f"feed:{row.code}", now=now)


def _turn(actor: Actor, code: str, now: datetime, *, paused: bool) -> None:
    with transaction() as session:
        row = _row(session, code, now)
        if row.paused is paused:
            return
        row.paused = paused
        if not paused:
            row.next_run_at = now
        keep(session, row, now)
        event = "feed.paused" if paused else "feed.resumed"
        record(session, actor=actor, event=event, subject=f"feed:{row.code}", now=now)


def _row(session: Session, code: str, now: datetime) -> FeedRow:
    definition, _ = plan_of(code)
    return feed_row(session, definition.code or "", now)


def _turned_off(session: Session) -> frozenset[str]:
    found = settings_now(session)
    return frozenset(name for name, one in found.items() if not one.feed_is_on)


def _line(
    definition: Dataset,
    row: FeedRow | None,
    brought: Brought,
    off: frozenset[str],
    now: datetime,
) -> FeedLine:
    is_off = definition.name in off
    code = definition.code or ""
    _, plan = plan_of(code)
    circuit = Circuit(row.failures, row.open_until) if row else Circuit()
    facts = FeedFacts(
        paused=is_off or bool(row and row.paused),
        circuit=circuit,
        every=timedelta(minutes=plan.every_minutes),
        next_run_at=row.next_run_at if row else None,
        last_good_at=row.last_good_at if row else None,
        failed=bool(row and row.fault),
    )
    return FeedLine(
        code=code,
        definition=definition,
        plan=plan,
        health=health_of(facts, now),
        circuit=circuit,
        paused=facts.paused,
        is_off=is_off,
        fault=FeedFault(row.fault) if row and row.fault else None,
        fault_detail=row.fault_detail if row else "",
        last_run_at=row.last_run_at if row else None,
        last_good_at=facts.last_good_at,
        next_run_at=facts.next_run_at,
        asked_until=row.asked_until if row else None,
        stored=brought.stored,
        refused=brought.refused,
    )


def _ingest(row: IngestRow) -> IngestLine:
    return IngestLine(
        number=row.id or 0,
        at=row.at.replace(tzinfo=UTC) if row.at.tzinfo is None else row.at,
        by=row.actor,
        sources=tuple(row.sources.splitlines()),
        rows_read=row.rows_read,
        rows_stored=row.rows_stored,
        rows_held=row.rows_held,
        rows_repeated=row.rows_repeated,
        rows_refused=row.rows_refused,
        has_report=row.report is not None,
    )


def _plain(name: str, value: object) -> object:
    return value if name == "row" or value is not None else ""
