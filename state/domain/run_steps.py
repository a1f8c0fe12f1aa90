"""The way of a Settlement Run: what is behind it, where it is, what is to come."""

from dataclasses import dataclass
from typing import Final, Literal

from state.domain.settlement_runs import RunState

Place = Literal["done", "here", "ahead", "stopped"]

_WORDS: Final[dict[Place, str]] = {
    "done": "done",
    "here": "now",
    "ahead": "to come",
    "stopped": "stopped here",
}
_ENDS: Final = {RunState.HELD: "Held", RunState.FAILED: "Failed"}
_WAY: Final = ("Asked for", "Computing", "Computed", "Published")
_REACHED: Final = {
    RunState.REQUESTED: 0,
    RunState.COMPUTING: 1,
    RunState.COMPUTED: 2,
    RunState.PUBLISHED: 3,
}


@dataclass(frozen=True, slots=True)
class RunStep:
    """One step: its name, where the run stands towards it, and that in a word."""

    name: str
    place: Place

    @property
    def words(self) -> str:
        """What a screen reader adds to the name."""
        return _WORDS[self.place]


def run_steps(state: RunState, *, was_published: bool) -> tuple[RunStep, ...]:
    """The steps of a run. One that was held or failed goes no further."""
    if state in _ENDS:
        return (*_done(2), RunStep(_ENDS[state], "stopped"))
    if state is RunState.SUPERSEDED:
        return (*_done(4 if was_published else 3), RunStep("Superseded", "here"))
    at = _REACHED[state]
    return (
        *_done(at),
        RunStep(_WAY[at], "here"),
        *(RunStep(name, "ahead") for name in _WAY[at + 1 :]),
    )


def _done(count: int) -> tuple[RunStep, ...]:
    return tuple(RunStep(name, "done") for name in _WAY[:count])
