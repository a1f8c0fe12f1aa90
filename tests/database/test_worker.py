"""Workers that are killed, frozen and doubled: every run ends once, and the same."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path

from settlement_engine.runs import RunType
from state.domain.actor import CONSOLE_OPERATOR, THE_CLOCK
from state.domain.settlement_runs import RunState
from state.services.audit import audit_trail, verify_audit_trail
from state.services.settlement_runs import run_detail, runs
from tests.served import ROOT
from tests.settled_market import DAYS, outcome_of, store_small_market

SEED = 20261122
PATIENCE_SECONDS = 40


class Worker:
    """`kinnect worker` in a process of its own."""

    def __init__(self, home, name="one", **settings) -> None:
        self.log = home / f"worker-{name}.log"
        with self.log.open("a") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kinnect_app", "worker"],
                cwd=ROOT,
                env={**os.environ, "KINNECT_WORKER_ID": name, **settings},
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def worker(home, name="one", **settings):
    made = Worker(home, name, **settings)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.process.kill()
            made.process.wait()


def everything():
    return runs(actor=THE_CLOCK, since=DAYS[0], until=DAYS[-1])


def settle_down(*logs) -> None:
    """Wait until every run of the timetable has ended."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = everything()
        if len(found) == 2 * len(DAYS) and all(run.computed_at for run in found):
            return
        time.sleep(0.1)
    said = "\n".join(log.read_text() for log in logs)
    raise AssertionError(f"{[(run.public_id, run.state) for run in everything()]}\n{said}")


def await_state(state: RunState, logs=()) -> str:
    """The public id of a run that is in the state now."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        for run in everything():
            if run.state is state:
                return run.public_id
        time.sleep(0.005)
    raise AssertionError([log.read_text() for log in logs])


def assert_each_ended_once_and_the_same(home) -> None:
    expected = {day: outcome_of(home, day).result_digest for day in DAYS}
    found = everything()
    assert {run.result_digest for run in found} == set(expected.values())
    assert all(run.result_digest == expected[run.settlement_date] for run in found)
    assert {run.state for run in found} == {RunState.COMPUTED}
    assert Counter(run.run_type for run in found) == {RunType.II: 3, RunType.SF: 3}
    trail = audit_trail(actor=CONSOLE_OPERATOR, search="settlement.run.computed")
    assert Counter(entry.subject for entry in trail.entries) == dict.fromkeys(
        (f"run:{run.public_id}" for run in found), 1
    )
    for run in found:
        detail = run_detail(actor=THE_CLOCK, public_id=run.public_id)
        assert len({each.quantity for each in detail.frames}) == len(detail.frames) > 40
    assert verify_audit_trail(actor=CONSOLE_OPERATOR).broken_at is None


def test_killed_at_any_moment_every_run_ends_once(postgresql) -> None:
    home = postgresql
    store_small_market()
    chance = random.Random(SEED)  # noqa: S311  # a test that can be repeated
    moments = [round(chance.uniform(0.0, 1.2), 2) for _ in range(3)]
    for moment in moments:
        with worker(home) as one:
            await_state(RunState.COMPUTING, [one.log])
            time.sleep(moment)
            one.kill()
        if all(run.computed_at for run in everything()):
            break
    with worker(home) as one:
        settle_down(one.log)
        one.signal(signal.SIGTERM)
        began = time.monotonic()
        assert one.process.wait(12) == 0
        assert time.monotonic() - began < 10
    assert_each_ended_once_and_the_same(home)


def test_two_workers_one_of_them_frozen_until_the_other_has_done_its_run(database) -> None:
    home = database
    store_small_market()
    limit = {"KINNECT_RUN_STALLED_AFTER_SECONDS": "2"}
    with worker(home, "frozen", **limit) as frozen:
        run = await_state(RunState.COMPUTING, [frozen.log])
        frozen.signal(signal.SIGSTOP)
        assert run_detail(actor=THE_CLOCK, public_id=run).run.state is RunState.COMPUTING
        with worker(home, "other", **limit) as other:
            settle_down(frozen.log, other.log)
            assert run_detail(actor=THE_CLOCK, public_id=run).attempt >= 2
            frozen.signal(signal.SIGCONT)
            time.sleep(1.5)  # it goes on where it was, and finds that it was overtaken
            other.signal(signal.SIGTERM)
            frozen.signal(signal.SIGTERM)
            assert [one.process.wait(12) for one in (frozen, other)] == [0, 0]
    assert_each_ended_once_and_the_same(home)
    assert "run overtaken" in frozen.log.read_text() or "recorded" not in frozen.log.read_text()


def test_a_database_that_restarts_in_the_middle(postgresql, postgresql_cluster) -> None:
    store_small_market()
    with worker(postgresql, KINNECT_RUN_STALLED_AFTER_SECONDS="3") as one:
        await_state(RunState.COMPUTING, [one.log])
        postgresql_cluster.restart()
        settle_down(one.log)
        assert one.process.poll() is None
    assert_each_ended_once_and_the_same(postgresql)


def test_a_worker_listens_to_nobody_and_says_nothing_of_its_library(database) -> None:
    store_small_market()
    with worker(database) as one:
        settle_down(one.log)
        inodes = _listening_sockets(one.process.pid)
        said = one.log.read_text()
    assert inodes == set()
    assert "dbos" not in said.lower()
    assert "worker ready" in said


def _listening_sockets(pid: int) -> set[str]:
    """Sockets of the process that wait for somebody to connect."""
    own = set()
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            own.add(str(handle.readlink()))
    listening = set()
    for table in ("tcp", "tcp6"):
        rows = Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
        listening |= {f"socket:[{row.split()[9]}]" for row in rows if row.split()[3] == "0A"}
    return own & listening
