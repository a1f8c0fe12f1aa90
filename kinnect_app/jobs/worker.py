"""The worker: hands over what services asked for, and does it, until it is told to stop."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import structlog
from dbos import DBOS, DBOSConfig

from kinnect_app.jobs import settling
from kinnect_app.jobs.executors import executor
from kinnect_app.jobs.schedules import SCHEDULES, Schedule
from kinnect_app.settings import WorkerSettings
from state.domain.actor import THE_CLOCK
from state.services.jobs import jobs_store
from state.services.reference import use_reference_data

_QUEUE_POLLED_EVERY_SECONDS: Final = 0.5
_TICK_SECONDS: Final = 0.25
_FINISH_WITHIN_SECONDS: Final = 7

_log = structlog.get_logger(__name__)


def work(chosen: WorkerSettings, pipe: int | None = None) -> None:
    """Work until SIGTERM or SIGINT: then claim no more, finish what can be in seconds, and end.

    Also where the other end of the pipe is closed: whoever started us is gone.

    What is not finished is taken up again by the next worker of this name.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if pipe is not None:
        threading.Thread(target=_await_end, args=(pipe, stop), daemon=True).start()
    use_reference_data(actor=THE_CLOCK)
    with executor(chosen) as place, _jobs(chosen):
        settling.work_in(place)
        _log.info("worker ready", id=chosen.worker_id, executor=chosen.executor)
        _until(stop)
        _log.info("worker stopping", id=chosen.worker_id)
        DBOS.destroy(workflow_completion_timeout_sec=_FINISH_WITHIN_SECONDS)
        place.shutdown(wait=False, cancel_futures=True)
    _log.info("worker stopped", id=chosen.worker_id)
    sys.stdout.flush()
    os._exit(0)  # a step that is still at it is given up: it will be repeated


def _await_end(pipe: int, stop: threading.Event) -> None:
    os.read(pipe, 1)
    stop.set()


@contextmanager
def _jobs(chosen: WorkerSettings) -> Iterator[None]:
    """DBOS on our database: no network of its own, no telemetry, no console."""
    store = jobs_store(actor=THE_CLOCK)
    logging.getLogger("dbos").setLevel(logging.WARNING)
    config = DBOSConfig(
        name="kinnect",
        system_database_url=store.url,
        application_version=store.version,
        executor_id=chosen.worker_id,
        log_level="WARNING",
        enable_otlp=False,
        serializer=settling.PlainJson(),
    )
    if store.engine is not None:
        config["system_database_engine"] = store.engine
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue(
        settling.QUEUE,
        worker_concurrency=1 if chosen.executor == "in-process" else chosen.executor_workers,
        polling_interval_sec=_QUEUE_POLLED_EVERY_SECONDS,
        on_conflict="always_update",
    )
    yield


def _until(stop: threading.Event) -> None:
    """Do what each schedule says when its time has come; a fault in one waits for the next time."""
    due = dict.fromkeys(SCHEDULES, 0.0)
    first = set(SCHEDULES)
    while not stop.is_set():
        for schedule in SCHEDULES:
            if time.monotonic() >= due[schedule]:
                _do(schedule, first=schedule in first)
                first.discard(schedule)
                due[schedule] = time.monotonic() + schedule.every_seconds
        stop.wait(_TICK_SECONDS)


def _do(schedule: Schedule, *, first: bool) -> None:
    try:
        schedule.do(datetime.now(UTC), first)  # noqa: TID251  # the edge
    except Exception:  # noqa: BLE001  # one fault must not stop the worker
        _log.exception("schedule failed", schedule=schedule.name)
