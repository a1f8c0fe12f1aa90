import pytest

from kinnect_app.jobs import settling
from state.domain.actor import THE_CLOCK
from state.domain.settlement_runs import RunState
from state.persistence.queries.settlement_runs import run_of
from state.persistence.transaction import reading
from state.services import settlement_attempts
from state.services.settlement_runs import run_detail
from tests.settled_market import NOW, asked_for, store_small_market


@pytest.fixture
def attempt(database, monkeypatch) -> dict[str, str]:
    monkeypatch.setattr(settling, "_PAUSE_SECONDS", 0)
    store_small_market()
    run = asked_for()
    with reading() as session:
        token = run_of(session, run.public_id).attempt_token
    settlement_attempts.begin_attempt(
        actor=THE_CLOCK, public_id=run.public_id, token=token, now=NOW
    )
    return {"public_id": run.public_id, "token": token}


def detail(attempt):
    return run_detail(actor=THE_CLOCK, public_id=attempt["public_id"])


def test_a_step_that_fails_three_times_is_a_failed_run_with_a_reference(attempt, capsys) -> None:
    tries = []

    def fails() -> bool:
        tries.append(1)
        raise OSError("no space left on device")

    assert settling._tried(fails, **attempt, otherwise=False) is False
    assert len(tries) == 3
    found = detail(attempt)
    assert found.run.state is RunState.FAILED
    said = capsys.readouterr().out
    assert found.fault_reference in said
    assert "no space left on device" in said


def test_a_step_that_comes_good_goes_on(attempt) -> None:
    answers = iter([OSError("a moment of trouble"), True])

    def doing() -> bool:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert settling._tried(doing, **attempt, otherwise=False) is True
    assert detail(attempt).run.state is RunState.COMPUTING


def test_what_is_kept_is_plain_json() -> None:
    kept = settling.PlainJson()
    inputs = {"args": ["a", "b"], "kwargs": {}}
    assert kept.deserialize(kept.serialize(inputs)) == inputs
    assert kept.serialize({"rows": 3}) == '{"rows": 3}'
    again = kept.deserialize(kept.serialize(OSError("gone")))
    assert isinstance(again, RuntimeError)
    assert "gone" in str(again)
