"""The worker that the server starts: brought back when it dies, and gone when the server is."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.served import ROOT

PATIENCE_SECONDS = 20


@pytest.fixture
def watched(database):
    """The watch, our end of its pipe, and the log."""
    theirs, ours = os.pipe()
    log = database / "watch.log"
    with log.open("w") as out:
        watch = subprocess.Popen(
            [sys.executable, "-m", "kinnect_app.jobs.watch", str(theirs)],
            cwd=ROOT,
            env={**os.environ, "KINNECT_WORKER_ID": "embedded"},
            pass_fds=(theirs,),
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    os.close(theirs)
    yield watch, ours, log
    with suppress(ProcessLookupError):
        os.killpg(watch.pid, signal.SIGKILL)
    watch.wait()
    with suppress(OSError):
        os.close(ours)


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def worker_of(watch, log, beside: int = 0) -> int:
    """The worker that is ready, and is not the one named."""
    ready = log.read_text().count("worker ready")
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = [pid for pid in children(watch.pid) if pid != beside]
        if found and log.read_text().count("worker ready") > (ready if beside else 0):
            return found[0]
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def gone(pid: int) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.1)
    return False


def test_a_worker_that_dies_is_brought_back_and_ends_with_the_server(watched) -> None:
    watch, ours, log = watched
    first = worker_of(watch, log)
    os.kill(first, signal.SIGKILL)
    second = worker_of(watch, log, beside=first)
    os.close(ours)  # the server is gone
    assert watch.wait(PATIENCE_SECONDS) == 0
    assert gone(second)
    assert "worker stopped" in log.read_text()


def test_a_worker_ends_even_when_who_watches_it_is_killed(watched) -> None:
    watch, ours, log = watched
    worker = worker_of(watch, log)
    watch.kill()
    watch.wait()
    os.close(ours)
    assert gone(worker)
