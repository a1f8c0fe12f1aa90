"""Runs of feeds, as a worker or the command line makes them: take one, answer it, or say why not.

What the public service answered comes in by `ingest_files`; nothing here asks anybody. A run that
is killed leaves what was stored and the mark of how far it came; the next goes on from there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from state.domain import rules
from state.domain.actor import Actor
from state.domain.feed_circuit import Circuit, CircuitState, after_failure, after_success
from state.domain.feed_faults import FeedFault
from state.domain.feed_questions import Span, feeds, plan_of
from state.domain.feeds import Feed, GivenFile
from state.domain.permissions import Permission
from state.persistence.audit_trail import record
from state.persistence.feeds import (
    TAKEN_FOR,
    covering_step,
    due_feeds,
    feed_row,
    keep,
    make_feed_rows,
    take_feed,
)
from state.persistence.models.feed import FeedRow, FeedStepRow
from state.persistence.publishing import settings_now
from state.persistence.transaction import reading, transaction
from state.services.ingest import IngestReceipt, ingest_files

_LONGEST_DETAIL = 300


@dataclass(frozen=True, slots=True)
class FeedRun:
    """A feed that this worker alone has now, and the time to ask for."""

    code: str
    span: Span


@dataclass(frozen=True, slots=True)
class StepCounts:
    """What became of the rows of one stretch of time."""

    rows_read: int = 0
    rows_stored: int = 0
    rows_refused: int = 0

    def and_of(self, receipt: IngestReceipt) -> "StepCounts":
        """With those of another answer."""
        return StepCounts(
            self.rows_read + receipt.rows_read,
            self.rows_stored + receipt.rows_stored,
            self.rows_refused + receipt.rows_refused,
        )


def feed_to_run(*, actor: Actor, now: datetime) -> FeedRun | None:
    """Take the feed that has been due longest; none where none is due, or others have them all."""
    actor.require(Permission.DATA_INGEST)
    with transaction() as session:
        make_feed_rows(session, feeds(), now)
        off = {name for name, one in settings_now(session).items() if not one.feed_is_on}
        asked = [code for code, definition in feeds().items() if definition.name not in off]
        for row in due_feeds(session, asked, now):
            if take_feed(session, row, now):
                return FeedRun(row.code, _span(row, now))
        return None


def take_answer_in(*, actor: Actor, feed: Feed, answer: GivenFile, now: datetime) -> IngestReceipt:
    """Store what is new of an answer; one that says nothing new leaves no trace.

    Raises:
        NotAllowedError: The actor may not take data in.
        StoreBusyError: Other runs kept adding to the dataset; try again.
    """
    return ingest_files(actor=actor, feed=feed, given=[answer], now=now, only_news=True)


def feed_came_to(*, actor: Actor, code: str, until: datetime, now: datetime) -> None:
    """Note how far a run came: the next begins there. The worker keeps the feed for longer."""
    actor.require(Permission.DATA_INGEST)
    with transaction() as session:
        row = feed_row(session, code, now)
        row.asked_until = max(until, row.asked_until)
        row.next_run_at = now + TAKEN_FOR
        keep(session, row, now)


def feed_ran(*, actor: Actor, code: str, now: datetime) -> None:
    """Note that a run is over and was good; the feed is well."""
    actor.require(Permission.DATA_INGEST)
    _, plan = plan_of(code)
    with transaction() as session:
        row = feed_row(session, code, now)
        was_open = _circuit(row).state(now) is not CircuitState.CLOSED
        _set_circuit(row, after_success())
        row.last_good_at, row.fault, row.fault_detail = now, "", ""
        row.next_run_at = now + timedelta(minutes=plan.every_minutes)
        keep(session, row, now)
        if was_open:
            record(session, actor=actor, event="feed.went_on", subject=f"feed:{code}", now=now)


def feed_failed(
    *,
    actor: Actor,
    code: str,
    fault: FeedFault,
    detail: str,
    again_after_seconds: float = 0,
    now: datetime,
) -> datetime:
    """Note why a run ended early, and let the feed rest after too many; gives when it is next."""
    actor.require(Permission.DATA_INGEST)
    _, plan = plan_of(code)
    not_before = now + timedelta(seconds=again_after_seconds) if again_after_seconds else None
    with transaction() as session:
        row = feed_row(session, code, now)
        before = _circuit(row)
        after = after_failure(before, now, not_before=not_before)
        _set_circuit(row, after)
        row.fault, row.fault_detail = fault.value, detail[:_LONGEST_DETAIL]
        soon = min(plan.every_minutes, rules.number_on("feed_first_rest_minutes", now.date()))
        row.next_run_at = after.open_until or now + timedelta(minutes=soon)
        keep(session, row, now)
        if after.open_until and before.open_until is None:
            record(
                session,
                actor=actor,
                event="feed.rested",
                subject=f"feed:{code}",
                now=now,
                fault=fault.value,
                failures=after.failures,
            )
        return row.next_run_at


def is_asked_for(*, actor: Actor, code: str, span: Span) -> bool:
    """Whether the service was asked for all of a stretch of time already."""
    actor.require(Permission.DATA_INGEST)
    with reading() as session:
        return covering_step(session, code, span.since, span.until) is not None


def note_asked_for(
    *, actor: Actor, code: str, span: Span, counts: StepCounts, now: datetime
) -> None:
    """Note that the service was asked for a stretch of time whole; one that goes on is not done."""
    actor.require(Permission.DATA_INGEST)
    if span.until > now:
        return
    with transaction() as session:
        if covering_step(session, code, span.since, span.until) is None:
            session.add(_step(code, span, counts, now))


def _step(code: str, span: Span, counts: StepCounts, now: datetime) -> FeedStepRow:
    return FeedStepRow(
        code=code,
        since=span.since,
        until=span.until,
        done_at=now,
        rows_read=counts.rows_read,
        rows_stored=counts.rows_stored,
        rows_refused=counts.rows_refused,
    )


def _span(row: FeedRow, now: datetime) -> Span:
    """From where the last run came to, less what may be late."""
    _, plan = plan_of(row.code)
    return Span(row.asked_until - timedelta(hours=plan.looks_back_hours), now)


def _circuit(row: FeedRow) -> Circuit:
    return Circuit(row.failures, row.open_until)


def _set_circuit(row: FeedRow, circuit: Circuit) -> None:
    row.failures, row.open_until = circuit.failures, circuit.open_until
