"""Feeds as staff look after them."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from sqlmodel import select

from kinnect_app.ingest.published import feed_of
from state.domain.actor import THE_CLOCK, Actor, NotAllowedError
from state.domain.feed_circuit import CircuitState
from state.domain.feed_faults import FeedFault
from state.domain.feed_health import FeedHealth
from state.domain.feed_questions import NoFeedError, feeds
from state.domain.feeds import GivenFile
from state.domain.permissions import StaffRole
from state.persistence.models.audit import AuditEntryRow
from state.persistence.transaction import reading
from state.services import feeds as service
from state.services.feed_runs import (
    feed_came_to,
    feed_failed,
    feed_ran,
    feed_to_run,
    take_answer_in,
)
from state.services.feeds import NoReportError
from tests.replay_service import BAD_ROW, made_generation

NOW = datetime(2026, 10, 24, 12, tzinfo=UTC)


def staff(role: StaffRole) -> Actor:
    return Actor(kind="person", name="Isla", person_id=7, staff_roles=frozenset({role}))


PUBLISHER = staff(StaffRole.INSIGHTS_PUBLISHER)


def line(code: str = "FUELINST", now: datetime = NOW) -> service.FeedLine:
    return service.feed_to_see(actor=PUBLISHER, code=code, now=now).line


def run(code: str = "FUELINST", now: datetime = NOW) -> None:
    feed_came_to(actor=THE_CLOCK, code=code, until=now, now=now)
    feed_ran(actor=THE_CLOCK, code=code, now=now)


def take_in(*rows: dict, now: datetime = NOW) -> int:
    given = GivenFile("FUELINST answer", pl.DataFrame(rows))
    receipt = take_answer_in(actor=THE_CLOCK, feed=feed_of("FUELINST"), answer=given, now=now)
    return receipt.ingest


def fail(times: int) -> None:
    for _ in range(times):
        fault = FeedFault.UNAVAILABLE
        feed_failed(actor=THE_CLOCK, code="FUELINST", fault=fault, detail="503", now=NOW)


def test_every_feed_has_a_line_and_none_has_run_at_first(database) -> None:
    lines = service.feed_lines(actor=PUBLISHER, now=NOW)
    assert {one.code for one in lines} == feeds().keys()
    assert {one.health for one in lines} == {FeedHealth.NEVER}
    assert {one.next_run_at for one in lines} == {None}


def test_health_follows_what_happens(either_database) -> None:
    run()
    assert line().health is FeedHealth.WELL
    assert line(now=NOW + timedelta(minutes=11)).health is FeedHealth.LATE
    fail(1)
    assert (line().health, line().fault) == (FeedHealth.FAILING, FeedFault.UNAVAILABLE)
    fail(2)
    assert line().health is FeedHealth.RESTING
    assert line().circuit.state(NOW) is CircuitState.OPEN
    service.pause_feed(actor=PUBLISHER, code="FUELINST", now=NOW)
    assert line().health is FeedHealth.PAUSED
    urgent = service.feed_lines(actor=PUBLISHER, now=NOW)[0]
    assert urgent.code == "FUELINST"


def test_what_is_paused_is_not_asked_and_what_is_resumed_is_at_once(database, monkeypatch) -> None:
    only = {"FUELINST": feeds()["FUELINST"]}
    monkeypatch.setattr("state.services.feed_runs.feeds", lambda: only)
    run()
    soon = NOW + timedelta(hours=1)
    service.pause_feed(actor=PUBLISHER, code="fuelinst", now=NOW)
    service.pause_feed(actor=PUBLISHER, code="FUELINST", now=NOW)
    assert feed_to_run(actor=THE_CLOCK, now=soon) is None
    service.resume_feed(actor=PUBLISHER, code="FUELINST", now=soon)
    taken = feed_to_run(actor=THE_CLOCK, now=soon)
    assert taken is not None
    assert (taken.span.since, taken.span.until) == (NOW - timedelta(hours=1), soon)
    with reading() as session:
        events = session.exec(select(AuditEntryRow.event).order_by(AuditEntryRow.sequence)).all()
    assert events == ["feed.paused", "feed.resumed"]


def test_run_now_is_due_at_once_though_the_feed_rests(database, monkeypatch) -> None:
    only = {"FUELINST": feeds()["FUELINST"]}
    monkeypatch.setattr("state.services.feed_runs.feeds", lambda: only)
    fail(3)
    assert feed_to_run(actor=THE_CLOCK, now=NOW) is None
    service.run_feed_now(actor=PUBLISHER, code="FUELINST", now=NOW)
    assert feed_to_run(actor=THE_CLOCK, now=NOW) is not None


def test_what_came_and_what_was_refused_is_told_with_its_reason(either_database) -> None:
    good = made_generation(NOW - timedelta(minutes=30), NOW)
    bad = BAD_ROW | {"publishTime": "2026-10-24T11:05:00Z", "startTime": "2026-10-24T11:00:00Z"}
    ingest = take_in(*good, bad | {"settlementPeriod": 25})
    found = service.feed_to_see(actor=PUBLISHER, code="FUELINST", now=NOW)
    (told,) = found.ingests
    assert (told.number, told.rows_stored, told.rows_refused) == (ingest, len(good), 1)
    assert (told.by, told.sources, told.has_report) == ("clock", ("FUELINST answer",), True)
    assert (found.line.stored, found.line.refused) == (len(good), 1)
    later = line(now=NOW + timedelta(days=2))
    assert (later.stored, later.refused) == (0, 0)
    reasons = service.refused_of(actor=PUBLISHER, ingest=ingest)
    assert reasons.total == 1
    (reason,) = reasons.rows
    assert (reason.row, reason.column, reason.value) == (len(good) + 1, "fuel_code", "MOONBEAMS")
    assert "no fuel code" in reason.reason
    assert "fuels.yaml" in reason.remedy
    with pytest.raises(NoReportError):
        service.refused_of(actor=PUBLISHER, ingest=ingest + 1)


def test_the_same_answer_again_leaves_no_trace(database) -> None:
    rows = [*made_generation(NOW - timedelta(minutes=30), NOW), BAD_ROW]
    assert take_in(*rows) > 0
    assert take_in(*rows) == 0
    assert len(service.feed_to_see(actor=PUBLISHER, code="FUELINST", now=NOW).ingests) == 1


def test_who_may_look_and_who_may_act(database) -> None:
    auditor = staff(StaffRole.AUDITOR)
    assert service.feed_lines(actor=auditor, now=NOW)
    for act in (service.pause_feed, service.resume_feed, service.run_feed_now):
        with pytest.raises(NotAllowedError):
            act(actor=auditor, code="FUELINST", now=NOW)
    with pytest.raises(NotAllowedError):
        service.feed_lines(actor=staff(StaffRole.MARKET_ENTRY), now=NOW)
    with pytest.raises(NoFeedError):
        service.run_feed_now(actor=PUBLISHER, code="EBOCF", now=NOW)
