"""Settle days with an executor, in a process of its own: `settle_somewhere.py KIND TASKS [kill]`.

Prints the result digest of each task. With `kill`, one process of the executor is killed at work.
"""

import json
import os
import signal
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from pydantic import TypeAdapter

from kinnect_app.jobs.executors import executor
from kinnect_app.settings import WorkerSettings
from state.services.settlement_work import SettlementTask, settle_day


def main() -> None:
    kind, tasks_file, *kill = sys.argv[1:]
    tasks = TypeAdapter(list[SettlementTask]).validate_json(Path(tasks_file).read_text())
    with executor(WorkerSettings(executor=kind, executor_workers=2)) as place:
        futures = [place.submit(settle_day, task) for task in tasks]
        if kill:
            _kill_one(place)
        digests = [
            _digest(place, task, future) for task, future in zip(tasks, futures, strict=True)
        ]
    sys.stdout.write(json.dumps(digests))


def _kill_one(place) -> None:
    """One of the two that work, while it does."""
    if hasattr(place, "_pool"):
        time.sleep(1.5)
        victim = next(iter(place._pool._processes))
    else:
        victim = next(iter(place._client.run(os.getpid).values()))
    os.kill(victim, signal.SIGKILL)


def _digest(place, task, future) -> str:
    """What the worker's step does when a pool breaks: ask again."""
    try:
        return future.result(60).result_digest
    except BrokenProcessPool:
        return place.submit(settle_day, task).result(60).result_digest


if __name__ == "__main__":
    main()
