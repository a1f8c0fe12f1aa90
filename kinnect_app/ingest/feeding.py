"""From the public service into the store: a run of a feed, or a stretch of the past."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

import structlog

from kinnect_app.ingest.official import FeedFaultError, OfficialService
from kinnect_app.ingest.published import feed_of, prepared
from state.domain.acceptance_lines import rows_of_feed
from state.domain.actor import Actor
from state.domain.feed_faults import FeedFault
from state.domain.feed_questions import Span, plan_of, questions, spans
from state.domain.feeds import GivenFile
from state.services.feed_runs import (
    FeedRun,
    StepCounts,
    feed_came_to,
    feed_failed,
    feed_ran,
    is_asked_for,
    note_asked_for,
    take_answer_in,
)
from state.services.ingest import StoreBusyError

Clock = Callable[[], datetime]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """One stretch of time of the past; without counts where it had been asked for before."""

    span: Span
    counts: StepCounts | None


def run_feed(
    service: OfficialService, run: FeedRun, *, actor: Actor, clock: Clock
) -> FeedFault | None:
    """Ask for all that the run is about, step by step; gives why it ended early, or None."""
    definition, plan = plan_of(run.code)
    try:
        for step in spans(definition, plan, run.span):
            counts = answered(service, run.code, step, actor=actor, clock=clock)
            feed_came_to(actor=actor, code=run.code, until=step.until, now=clock())
            if counts.rows_stored or counts.rows_refused:
                _log.info("feed", code=run.code, **asdict(counts))
    except FeedFaultError as fault:
        _failed(run.code, fault, actor, clock)
        return fault.fault
    except Exception as broken:  # noqa: BLE001  # one feed must not hold the others up
        _log.exception("feed broken", code=run.code)
        detail = str(broken) if isinstance(broken, StoreBusyError) else type(broken).__name__
        _failed(run.code, FeedFaultError(FeedFault.OURS, detail), actor, clock)
        return FeedFault.OURS
    feed_ran(actor=actor, code=run.code, now=clock())
    return None


def backfill(
    service: OfficialService, code: str, span: Span, *, again: bool, actor: Actor, clock: Clock
) -> Iterator[Step]:
    """Ask for a stretch of the past, step by step; what was asked for before is passed over.

    Raises:
        FeedFaultError: A step could not be had. Those before it are done, and stay so.
    """
    definition, plan = plan_of(code)
    for step in spans(definition, plan, span):
        if not again and is_asked_for(actor=actor, code=code, span=step):
            yield Step(step, None)
            continue
        counts = answered(service, code, step, actor=actor, clock=clock)
        note_asked_for(actor=actor, code=code, span=step, counts=counts, now=clock())
        yield Step(step, counts)


def answered(
    service: OfficialService, code: str, span: Span, *, actor: Actor, clock: Clock
) -> StepCounts:
    """Ask for one step and store what is new of it.

    Raises:
        FeedFaultError: It could not be had, or its columns are others; nothing of it was stored.
    """
    definition, _ = plan_of(code)
    feed = feed_of(code)
    counts = StepCounts()
    for question in questions(definition, span):
        rows = service.rows(question)
        if rows.is_empty():
            continue
        now = clock()
        given = prepared(GivenFile(question.name, rows), rows_of_feed(feed), now.date())
        receipt = take_answer_in(actor=actor, feed=feed, answer=given, now=now)
        if receipt.files_refused:
            raise FeedFaultError(FeedFault.OTHER_SHAPE, receipt.reasons[0].reason)
        counts = counts.and_of(receipt)
    return counts


def _failed(code: str, fault: FeedFaultError, actor: Actor, clock: Clock) -> None:
    again = feed_failed(
        actor=actor,
        code=code,
        fault=fault.fault,
        detail=fault.detail,
        again_after_seconds=fault.again_after_seconds,
        now=clock(),
    )
    _log.warning("feed not answered", code=code, why=str(fault), again=again.isoformat())
