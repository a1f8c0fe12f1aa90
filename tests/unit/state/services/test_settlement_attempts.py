from datetime import timedelta

import polars as pl
import pytest

from state.domain.actor import ANYONE, CONSOLE_OPERATOR, THE_CLOCK, NotSignedInError
from state.domain.settlement_runs import RunState
from state.persistence.queries.settlement_runs import run_of
from state.persistence.transaction import reading
from state.services import settlement_attempts as service
from state.services.audit import audit_trail
from state.services.ingest import store_rows
from state.services.settlement_runs import run_detail
from state.services.settlement_work import InProcess
from tests.settled_market import (
    DAY,
    NOW,
    asked_for,
    computed,
    outcome_of,
    small_frames,
    store_small_market,
)

LIMIT = timedelta(minutes=5)


@pytest.fixture
def home(database):
    store_small_market()
    return database


def detail(run):
    return run_detail(actor=THE_CLOCK, public_id=run.public_id)


def token(run) -> str:
    with reading() as session:
        return run_of(session, run.public_id).attempt_token


def who(run, its_token=None):
    return {"actor": THE_CLOCK, "public_id": run.public_id, "token": its_token or token(run)}


def test_a_run_gives_what_the_day_comes_to(home) -> None:
    found = detail(computed())
    expected = outcome_of(home)
    assert found.run.state is RunState.COMPUTED
    assert found.run.result_digest == expected.result_digest
    assert {each.quantity: each.sha256 for each in found.frames} == {
        each.name: each.sha256 for each in expected.frames
    }


def test_the_same_inputs_and_rules_are_worked_out_once(home) -> None:
    first, again = detail(computed()), detail(computed())
    assert again.run.run_number == 2
    assert again.run.result_digest == first.run.result_digest
    assert [each.name for each in again.stages] == ["found worked out before"]
    assert again.frames == first.frames
    assert again.events == first.events


def test_what_is_gone_from_the_disk_is_worked_out_anew(home) -> None:
    first = detail(computed())
    for path in (home / "settlement" / "results" / "party_cashflow").iterdir():
        path.unlink()
    again = detail(computed())
    assert again.run.result_digest == first.run.result_digest
    assert again.stages[-1].name == "write results"


def test_inputs_are_those_known_when_the_run_was_asked_for(home) -> None:
    run = asked_for()
    before = outcome_of(home)
    late = small_frames()["metered_volumes"].with_columns(pl.col("metered_volume_mwh") * 1.01)
    store_rows(
        actor=CONSOLE_OPERATOR,
        name="metered_volumes",
        rows=late,
        source="late",
        now=NOW + timedelta(minutes=1),
    )
    service.settle_now(
        actor=THE_CLOCK, public_id=run.public_id, executor=InProcess(), now=NOW + LIMIT
    )
    assert detail(run).run.result_digest == before.result_digest


def test_a_contradiction_holds_the_run_and_says_every_reason(home) -> None:
    twice = small_frames()["acceptance_points"].with_columns(level_mw=pl.lit(9999.0))
    store_rows(actor=CONSOLE_OPERATOR, name="acceptance_points", rows=twice, source="x", now=NOW)
    unknown = (
        small_frames()["metered_volumes"]
        .with_columns(bm_unit=pl.lit("T_NOBODY-1"))
        .unique(["settlement_date", "settlement_period", "bm_unit"])
    )
    store_rows(actor=CONSOLE_OPERATOR, name="metered_volumes", rows=unknown, source="x", now=NOW)
    found = detail(computed())
    assert found.run.state is RunState.HELD
    assert found.run.result_digest is None
    assert any("T_NOBODY-1" in each.what for each in found.holds)
    assert all(each.cure for each in found.holds)
    trail = audit_trail(actor=CONSOLE_OPERATOR, search="settlement.run.held")
    assert trail.total == 1


def test_an_attempt_that_was_overtaken_records_nothing(home) -> None:
    run = asked_for()
    old = who(run)
    assert service.begin_attempt(**old, now=NOW)
    assert service.gather_inputs(**old, now=NOW)
    outcome = service.compute(**old, executor=InProcess())
    assert service.retry_stalled(actor=THE_CLOCK, stalled_after=LIMIT, now=NOW + 2 * LIMIT) == (
        run.public_id,
    )
    assert not service.record_outcome(**old, outcome=outcome, now=NOW)
    assert not service.begin_attempt(**old, now=NOW)
    assert not service.gather_inputs(**old, now=NOW)
    assert not service.fail_attempt(**old, reference="x", now=NOW)
    assert service.compute(**old, executor=InProcess())["frames"] in ([], ())
    found = detail(run)
    assert (found.run.state, found.attempt, found.frames) == (RunState.COMPUTING, 2, ())
    assert service.settle_now(
        actor=THE_CLOCK, public_id=run.public_id, executor=InProcess(), now=NOW
    )
    assert detail(run).run.state is RunState.COMPUTED


def test_recording_twice_records_once(home) -> None:
    run = computed()
    again = service.compute(**who(run), executor=InProcess())
    assert not service.record_outcome(**who(run), outcome=again, now=NOW)
    assert len({each.quantity for each in detail(run).frames}) == len(detail(run).frames)
    assert not service.settle_now(
        actor=THE_CLOCK, public_id=run.public_id, executor=InProcess(), now=NOW
    )


def test_a_run_that_is_heard_of_is_left_alone(home) -> None:
    run = asked_for()
    service.begin_attempt(**who(run), now=NOW)
    assert service.retry_stalled(actor=THE_CLOCK, stalled_after=LIMIT, now=NOW + LIMIT) == ()


def test_a_waiting_run_is_asked_for_again_when_nothing_is_heard_of(home) -> None:
    run = asked_for()
    later = NOW + 2 * LIMIT
    assert service.retry_stalled(actor=THE_CLOCK, stalled_after=LIMIT, now=later) == (
        run.public_id,
    )
    assert detail(run).run.state is RunState.REQUESTED


def test_a_run_that_always_stalls_fails_in_the_end(home) -> None:
    run = asked_for()
    now = NOW
    for attempt in range(1, service.MOST_ATTEMPTS + 1):
        assert detail(run).attempt == attempt
        assert service.begin_attempt(**who(run), now=now)
        now += 2 * LIMIT
        service.retry_stalled(actor=THE_CLOCK, stalled_after=LIMIT, now=now)
    assert detail(run).run.state is RunState.FAILED
    assert detail(run).fault_reference == "attempts"


def test_a_fault_of_ours_is_a_reference_and_no_stack(home) -> None:
    run = asked_for()
    assert service.fail_attempt(**who(run), reference="ab12cd34", now=NOW)
    found = detail(run)
    assert (found.run.state, found.fault_reference) == (RunState.FAILED, "ab12cd34")
    assert asked_for().run_number == 2


def test_only_the_worker_works(home) -> None:
    run = asked_for()
    with pytest.raises(NotSignedInError):
        service.settle_now(actor=ANYONE, public_id=run.public_id, executor=InProcess(), now=NOW)
    assert not service.settle_now(
        actor=THE_CLOCK, public_id="nothing", executor=InProcess(), now=NOW
    )
    assert run.settlement_date == DAY
