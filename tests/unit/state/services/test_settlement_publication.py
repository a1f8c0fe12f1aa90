from dataclasses import replace
from datetime import timedelta

import polars as pl
import pytest

from settlement_engine.runs import RunType
from state.domain.actor import (
    ANYONE,
    CONSOLE_OPERATOR,
    INVENTED_OPERATOR,
    THE_CLOCK,
    NotAllowedError,
)
from state.domain.permissions import StaffRole
from state.domain.settlement_runs import RunState
from state.persistence import storing
from state.services import settlement_publication as service
from state.services.audit import audit_trail, verify_audit_trail
from state.services.datasets import dataset_rows
from state.services.ingest import StoreBusyError
from state.services.settlement_attempts import settle_now
from state.services.settlement_runs import RunRefusedError, request_run, run_detail
from state.services.settlement_work import InProcess
from tests.market import tiny_market
from tests.settled_market import (
    DAY,
    DAYS,
    NOW,
    asked_for,
    computed,
    correct_meters,
    published,
    store_small_market,
)

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def market(database):
    store_small_market()
    return tiny_market()


def publish(actor, run, now=NOW):
    return service.publish_run(actor=actor, public_id=run.public_id, now=now)


def state(run) -> RunState:
    return run_detail(actor=THE_CLOCK, public_id=run.public_id).run.state


def prices() -> pl.DataFrame:
    return dataset_rows(actor=ANYONE, name="system_prices", since=DAY, until=DAY).rows


def test_a_published_run_is_in_the_public_datasets_and_the_trail(market) -> None:
    stella = market.staff("stella", StaffRole.SETTLEMENT_OPERATIONS)
    assert prices().is_empty()
    run = publish(stella, computed())
    assert (run.state, run.published_by, run.published_at) == (RunState.PUBLISHED, "Stella", NOW)
    assert prices().height == 50
    assert prices()["source_run"].unique().to_list() == ["II"]
    assert prices()["published_at"].unique().to_list() == [NOW]
    stack = dataset_rows(actor=ANYONE, name="action_stack", since=DAY, until=DAY).rows
    assert stack["settlement_period"].n_unique() == 50
    trail = audit_trail(actor=CONSOLE_OPERATOR, search="settlement.run.published")
    assert trail.total == 1
    assert verify_audit_trail(actor=CONSOLE_OPERATOR).broken_at is None


def test_who_asked_may_not_publish(market) -> None:
    stella = market.staff("stella", StaffRole.SETTLEMENT_OPERATIONS)
    peter = market.staff("peter", StaffRole.SETTLEMENT_OPERATIONS)
    run = request_run(
        actor=stella, settlement_date=DAY, run_type=RunType.II, reason="Again", now=NOW
    )
    settle_now(actor=THE_CLOCK, public_id=run.public_id, executor=InProcess(), now=NOW)
    with pytest.raises(RunRefusedError, match="another person must publish"):
        publish(stella, run)
    assert state(run) is RunState.COMPUTED
    assert prices().is_empty()
    assert publish(peter, run).published_by == "Peter"


def test_who_may_publish_is_told_by_who_they_are_never_by_their_name(market) -> None:
    stella = market.staff("stella", StaffRole.SETTLEMENT_OPERATIONS)
    namesake = replace(market.staff("peter", StaffRole.SETTLEMENT_OPERATIONS), name=stella.name)
    run = request_run(
        actor=stella, settlement_date=DAY, run_type=RunType.II, reason="Again", now=NOW
    )
    settle_now(actor=THE_CLOCK, public_id=run.public_id, executor=InProcess(), now=NOW)
    own = service.reasons_not_to_publish(actor=stella, public_id=run.public_id)
    assert [each.reason for each in own] == [
        "You asked for this run: another person must publish it"
    ]
    assert service.reasons_not_to_publish(actor=namesake, public_id=run.public_id) == ()
    with pytest.raises(NotAllowedError):
        service.reasons_not_to_publish(
            actor=market.staff("stella", StaffRole.AUDITOR), public_id=run.public_id
        )
    with pytest.raises(RunRefusedError, match="no such run"):
        service.reasons_not_to_publish(actor=stella, public_id="nothing")


def test_nothing_but_a_computed_run_is_published(market) -> None:
    with pytest.raises(RunRefusedError, match="only a run that is computed"):
        publish(INVENTED_OPERATOR, asked_for())
    run = published(day=DAYS[0])
    with pytest.raises(RunRefusedError, match="only a run that is computed"):
        publish(INVENTED_OPERATOR, run)


def test_a_later_run_replaces_the_published_one_and_what_nobody_published(market) -> None:
    first = published()
    unpublished = computed()
    correct_meters("T_ARKLB-2", 3.0, now=NOW)
    second = computed(RunType.SF, now=NOW + timedelta(minutes=1))
    shown = publish(INVENTED_OPERATOR, second, now=LATER)
    assert shown.supersedes == shown.restates == first.public_id
    assert [state(run) for run in (first, unpublished, second)] == [
        RunState.SUPERSEDED,
        RunState.SUPERSEDED,
        RunState.PUBLISHED,
    ]
    assert prices()["source_run"].unique().to_list() == ["SF"]
    then = dataset_rows(actor=ANYONE, name="system_prices", since=DAY, until=DAY, as_of=NOW)
    assert then.rows["source_run"].unique().to_list() == ["II"]


def test_an_earlier_run_does_not_replace_a_later_one(market) -> None:
    first = computed()
    published(RunType.SF)
    assert state(first) is RunState.SUPERSEDED
    with pytest.raises(RunRefusedError):
        publish(INVENTED_OPERATOR, first)


def test_a_fault_half_way_leaves_all_as_it_was(market, monkeypatch) -> None:
    first = published()
    second = computed(RunType.SF)
    before, entries = prices(), verify_audit_trail(actor=CONSOLE_OPERATOR).entries
    real, calls = storing.catalogue, []

    def fails_at_the_second(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise OSError("the machine is going down")
        return real(*args, **kwargs)

    with monkeypatch.context() as broken:
        broken.setattr(service, "catalogue", fails_at_the_second)
        with pytest.raises(OSError, match="going down"):
            publish(INVENTED_OPERATOR, second)
    assert [state(first), state(second)] == [RunState.PUBLISHED, RunState.COMPUTED]
    assert prices().equals(before)
    assert verify_audit_trail(actor=CONSOLE_OPERATOR).entries == entries
    assert publish(INVENTED_OPERATOR, second).state is RunState.PUBLISHED


def test_a_store_that_is_never_at_rest_is_said_to_be_busy(market, monkeypatch) -> None:
    run = computed()
    versions = iter(range(1000))
    monkeypatch.setattr(storing, "version", lambda *_: next(versions))
    with pytest.raises(StoreBusyError):
        publish(INVENTED_OPERATOR, run)
    assert state(run) is RunState.COMPUTED


def test_damaged_figures_are_neither_shown_nor_published_nor_taken_over(market, database) -> None:
    run = computed()
    for path in (database / "settlement" / "results" / "party_cashflow").iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(RunRefusedError, match="not as it was written"):
        publish(INVENTED_OPERATOR, run)
