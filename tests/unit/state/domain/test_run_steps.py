import pytest

from state.domain.run_steps import run_steps
from state.domain.settlement_runs import RunState


def places(state: RunState, *, was_published: bool = False) -> list[tuple[str, str]]:
    return [(step.name, step.place) for step in run_steps(state, was_published=was_published)]


def test_a_run_under_way_has_done_some_and_has_some_to_come() -> None:
    assert places(RunState.COMPUTING) == [
        ("Asked for", "done"),
        ("Computing", "here"),
        ("Computed", "ahead"),
        ("Published", "ahead"),
    ]
    assert places(RunState.PUBLISHED)[-1] == ("Published", "here")


@pytest.mark.parametrize(("state", "name"), [(RunState.HELD, "Held"), (RunState.FAILED, "Failed")])
def test_a_run_that_stopped_has_nothing_to_come(state: RunState, name: str) -> None:
    assert places(state) == [("Asked for", "done"), ("Computing", "done"), (name, "stopped")]
    assert run_steps(state, was_published=False)[-1].words == "stopped here"


def test_a_superseded_run_says_whether_it_was_ever_published() -> None:
    assert ("Published", "done") in places(RunState.SUPERSEDED, was_published=True)
    assert "Published" not in dict(places(RunState.SUPERSEDED))
    assert places(RunState.SUPERSEDED)[-1] == ("Superseded", "here")
    assert {state for state in RunState if run_steps(state, was_published=True)} == set(RunState)
