"""One Settlement Day worked out, as a function of files: it may run here or on another machine.

A task carries paths and hashes, never rows, and its results are named by their content. So doing it
twice, in two places or half of it again gives the same files.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

import polars as pl

from settlement_engine.faults import Fault, GivenFramesError
from settlement_engine.rulebook import Settled
from settlement_engine.settling import RulebookError
from settlement_engine.trading_charges import TRADING_CHARGES
from state.persistence.run_files import FrameFile, frame_of, frames_digest, put_frame

EVENTS: Final = "data_quality_events"
"""The quantity that says what stood in for something that was not given."""

_T = TypeVar("_T")
_P = ParamSpec("_P")


@dataclass(frozen=True, slots=True)
class SettlementTask:
    """A day to settle: the frames it starts from, where they stand, and by which rules."""

    home: str
    settlement_date: date
    fingerprint: str
    inputs: tuple[FrameFile, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """How long one stage took, and how many rows it gave."""

    name: str
    seconds: float
    rows: int


@dataclass(frozen=True, slots=True)
class QualityEvent:
    """What stood in for something that was not given: how often, and how much it came to."""

    code: str
    what: str
    count: int
    amount: float | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class SettlementOutcome:
    """The frames that were worked out; or every fault that holds the run."""

    frames: tuple[FrameFile, ...] = ()
    result_digest: str = ""
    events: tuple[QualityEvent, ...] = ()
    stages: tuple[Stage, ...] = ()
    faults: tuple[Fault, ...] = ()


class OtherRulesError(Exception):
    """Whoever works the day out has other rules than whoever asked for it."""


@dataclass
class Watch:
    """Keeps the time of each stage."""

    stages: list[Stage] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[list[int]]:
        """Time what happens inside; put the count of rows into the list."""
        rows: list[int] = []
        began = time.perf_counter()
        try:
            yield rows
        finally:
            self.stages.append(Stage(name, round(time.perf_counter() - began, 3), sum(rows)))

    def count(self, rows: Mapping[str, int]) -> None:
        """Say how many rows each stage that is named after a quantity gave."""
        self.stages = [
            replace(stage, rows=rows.get(stage.name, stage.rows)) for stage in self.stages
        ]


def settle_day(task: SettlementTask) -> SettlementOutcome:
    """Work out every quantity of the day and put each on the disk.

    Raises:
        OtherRulesError: The rules here are not those of the task.
        DamagedFileError: An input is not as it was written.
    """
    if TRADING_CHARGES.fingerprint() != task.fingerprint:
        raise OtherRulesError("The rules here are not those of whoever asked: use one release.")
    home, watch = Path(task.home), Watch()
    with watch.stage("read inputs") as rows:
        given = {file.name: frame_of(home, file) for file in task.inputs}
        rows.extend(frame.height for frame in given.values())
    try:
        settled = settled_day(given, task.settlement_date, watch)
        watch.count({name: settled.frames[name].height for name in settled.worked_out})
    except GivenFramesError as contradiction:
        return SettlementOutcome(stages=tuple(watch.stages), faults=contradiction.faults)
    except RulebookError as refusal:
        fault = Fault(TRADING_CHARGES.name, None, None, str(refusal), "Store what is missing.")
        return SettlementOutcome(stages=tuple(watch.stages), faults=(fault,))
    if settled.lacking:
        return SettlementOutcome(stages=tuple(watch.stages), faults=_lacking(settled))
    with watch.stage("write results") as rows:
        frames = tuple(
            put_frame(home, "results", name, settled.frames[name]) for name in settled.worked_out
        )
        rows.extend(file.rows for file in frames)
    return SettlementOutcome(frames, frames_digest(frames), _events(settled), tuple(watch.stages))


def settled_day(
    given: Mapping[str, pl.DataFrame], settlement_date: date, watch: Watch | None = None
) -> Settled:
    """Every quantity of the day, by the rules of Trading Charges; all periods of it or none.

    Raises:
        GivenFramesError: The frames contradict each other or themselves; says every reason.
        RulebookError: The day has no rules, or too little is given.
    """
    return TRADING_CHARGES.settle(
        given,
        since=settlement_date,
        until=settlement_date,
        whole_days=True,
        around=watch.stage if watch else nullcontext,
    )


def _lacking(settled: Settled) -> tuple[Fault, ...]:
    """Each frame that was not given and that a run cannot do without, and what wants it."""
    absent = sorted(frozenset().union(*settled.lacking.values()))
    return tuple(
        Fault(
            name,
            None,
            None,
            f"Nothing was given for the day; {len(_wanting(settled, name))} quantities need it.",
            "Take it in, then ask for the run again.",
        )
        for name in absent
    )


def _wanting(settled: Settled, name: str) -> list[str]:
    return [quantity for quantity, frames in settled.lacking.items() if name in frames]


def _events(settled: Settled) -> tuple[QualityEvent, ...]:
    if EVENTS not in settled.worked_out:
        return ()
    rows = settled.decimals(EVENTS).sort("code").iter_rows(named=True)
    return tuple(
        QualityEvent(row["code"], row["what"], row["event_count"], row["amount_mwh"], "MWh")
        for row in rows
    )


class InProcess(Executor):
    """Does what is asked at once, in this process: the default."""

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> "Future[_T]":
        """Do it now; the future is done."""
        future: Future[_T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as fault:  # noqa: BLE001  # whoever asks for the result gets it
            future.set_exception(fault)
        return future
