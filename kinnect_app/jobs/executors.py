"""Where Settlement Days are worked out: in the worker itself, in a pool beside it, or on Dask.

The same function runs in each and gives the same bits: tasks carry paths, never rows.
"""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from kinnect_app.settings import WorkerSettings
from state.services.settlement_work import InProcess

_DASK_RETRIES = 3


@contextmanager
def executor(chosen: WorkerSettings) -> Iterator[Executor]:
    """The executor that the settings name; what it started ends with it."""
    if chosen.executor == "in-process":
        yield InProcess()
        return
    os.environ["POLARS_MAX_THREADS"] = str(_threads(chosen.executor_workers))  # of the children
    if chosen.executor == "pool":
        with Respawning(chosen.executor_workers) as pool:
            yield pool
        return
    with _dask(chosen) as client:
        yield client.get_executor(pure=False, retries=_DASK_RETRIES)


def _threads(workers: int) -> int:
    return max(1, (os.cpu_count() or 1) // workers)


class Respawning(Executor):
    """A pool of processes that is started anew when one of them dies."""

    def __init__(self, workers: int) -> None:
        """Start nothing yet: a process is started when there is work for it."""
        self._workers = workers
        self._pool = self._started()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # as it is
        """Hand the work to the pool, or to a new one where the old one is broken."""
        try:
            return self._pool.submit(fn, *args, **kwargs)
        except RuntimeError:  # broken: one of its processes died
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = self._started()
            return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  # as Executor has it
        """End the processes."""
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _started(self) -> ProcessPoolExecutor:
        """Spawned, never forked: a fork would inherit whatever lock a thread of Polars held."""
        return ProcessPoolExecutor(self._workers, mp_context=multiprocessing.get_context("spawn"))


@contextmanager
def _dask(chosen: WorkerSettings) -> Iterator[Any]:
    """A client of the scheduler named, or of one on this machine that ends with us."""
    import distributed  # noqa: PLC0415  # an optional extra

    dask: Any = distributed  # it says few types
    if chosen.dask_scheduler:
        with dask.Client(chosen.dask_scheduler, set_as_default=False) as client:
            yield client
        return
    with (
        dask.LocalCluster(
            n_workers=chosen.executor_workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=40,
        ) as cluster,
        dask.Client(cluster, set_as_default=False) as client,
    ):
        yield client
