"""The same days, wherever they are worked out, come to the same bits."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from state.services.settlement_work import settle_day
from tests.databases import fresh_installation
from tests.served import ROOT
from tests.settled_market import DAYS, store_small_market, task_of


@pytest.fixture(scope="module")
def days(tmp_path_factory) -> tuple[Path, list[str]]:
    """A file of the tasks of three days, twice each, and what each day comes to in this process."""
    with fresh_installation(tmp_path_factory.mktemp("days")) as home:
        store_small_market()
        tasks = [task_of(home, day) for day in DAYS]
        digests = [settle_day(task).result_digest for task in tasks]
        for path in (home / "settlement" / "results").rglob("*.parquet"):
            path.unlink()
    file = home / "tasks.json"
    file.write_text(json.dumps([asdict(task) for task in [*tasks, *tasks]], default=str))
    return file, [*digests, *digests]


def settled(file: Path, kind: str, *more: str, threads: str | None = None) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if threads:
        environment["POLARS_MAX_THREADS"] = threads
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/settle_somewhere.py"), kind, str(file), *more],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_one_thread_as_many(days) -> None:
    file, digests = days
    assert settled(file, "in-process", threads="1") == digests


@pytest.mark.parametrize("kind", ["pool", "dask"])
def test_a_pool_or_dask_even_when_one_of_its_processes_dies(days, kind) -> None:
    file, digests = days
    assert settled(file, kind, "kill") == digests
