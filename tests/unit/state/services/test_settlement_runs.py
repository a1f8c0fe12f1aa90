from dataclasses import replace
from datetime import timedelta

import pytest

from settlement_engine.runs import RunType
from state.domain.actor import ANYONE, CONSOLE_OPERATOR, NotAllowedError, NotSignedInError
from state.domain.permissions import Capacity, StaffRole
from state.domain.settlement_runs import RunState
from state.services import settlement_runs as service
from state.services.audit import audit_trail
from state.services.settlement_runs import RunRefusedError
from tests.market import tiny_market
from tests.settled_market import DAY, NOW, asked_for, computed, published, store_small_market


@pytest.fixture
def staff(database):
    store_small_market()
    return tiny_market().staff("stella", StaffRole.SETTLEMENT_OPERATIONS)


def ask(actor, day=DAY, run_type=RunType.II, reason="  A  dispute ", now=NOW):
    return service.request_run(
        actor=actor, settlement_date=day, run_type=run_type, reason=reason, now=now
    )


def test_a_run_is_asked_for_audited_and_shown(staff) -> None:
    run = ask(staff)
    assert (run.run_number, run.state, run.reason) == (1, RunState.REQUESTED, "A dispute")
    assert (run.requested_by, run.published_by) == ("Stella", "")
    assert service.run_detail(actor=staff, public_id=run.public_id).run == run
    assert service.runs(actor=staff, since=DAY, until=DAY) == (run,)
    trail = audit_trail(actor=CONSOLE_OPERATOR, search="settlement.run.requested")
    assert trail.total == 1
    assert trail.entries[0].subject == f"run:{run.public_id}"


def test_runs_count_up_and_restate_what_is_published(staff) -> None:
    first = published()
    second = ask(staff)
    assert second.run_number == 2
    assert second.restates == first.public_id
    assert ask(staff, run_type=RunType.SF).run_number == 1


def test_a_second_one_while_one_is_pending_is_refused(staff) -> None:
    asked_for()
    with pytest.raises(RunRefusedError, match="wait until it has ended"):
        ask(staff)


def test_a_date_without_data_is_refused_and_nothing_is_stored(staff) -> None:
    empty = DAY - timedelta(days=20)
    with pytest.raises(RunRefusedError) as refused:
        ask(staff, day=empty)
    assert [each.field for each in refused.value.reasons] == ["settlement_date"]
    assert "metered_volumes" in refused.value.reasons[0].reason
    assert service.runs(actor=staff, since=empty, until=empty) == ()


def test_a_run_in_full(staff) -> None:
    detail = service.run_detail(actor=staff, public_id=computed().public_id)
    assert detail.run.state is RunState.COMPUTED
    assert {each.name for each in detail.inputs} >= {"metered_volumes", "acceptances"}
    assert all(each.known_as_of == NOW for each in detail.inputs)
    assert {each.quantity for each in detail.frames} >= {"party_cashflow", "action_stack"}
    stages = [each.name for each in detail.stages]
    assert stages[:2] == ["read inputs", "checks"]
    assert stages[-1] == "write results"
    assert {"accepted_volume", "energy_imbalance_price", "daily_party_charges"} <= set(stages)
    assert next(each.rows for each in detail.stages if each.name == "party_cashflow") > 0
    assert len(detail.fingerprint or "") == len(detail.inputs_digest or "") == 64
    assert detail.events


def test_who_may_ask_and_who_may_look(staff) -> None:
    run = asked_for()
    market_actor = tiny_actor(staff)
    for actor in (market_actor, ANYONE):
        with pytest.raises((NotAllowedError, NotSignedInError)):
            ask(actor)
        with pytest.raises((NotAllowedError, NotSignedInError)):
            service.run_detail(actor=actor, public_id=run.public_id)


def tiny_actor(staff):
    """A person of a company, who is no staff."""
    return replace(staff, staff_roles=frozenset(), organisation_id=1, capacity=Capacity.CATEGORY_A)


def test_an_unknown_run_is_not_found(staff) -> None:
    with pytest.raises(RunRefusedError, match="no such run"):
        service.run_detail(actor=staff, public_id="nothing")
