"""Kinnect, served in a process of its own for tests that come in by the doors."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEMO = ("--seed", "7", "--until", "2026-10-26", "--weeks", "1")
"""One week that holds a day of 50 periods (25 October 2026)."""

_READY_WITHIN_SECONDS = 90


@dataclass(frozen=True)
class Served:
    """Where it is, and where it keeps its data and its log."""

    origin: str
    data: Path
    environment: dict[str, str]
    log: Path
    pid: int

    def kinnect(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command on the same installation, as its operator would."""
        return run_kinnect(self.environment, *arguments)


def run_kinnect(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """`kinnect …` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kinnect_app", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def serving(folder: Path, demo: tuple[str, ...] = DEMO, **settings: str) -> Iterator[Served]:
    """Migrate, seed, build if need be, serve; and stop by Ctrl-C at the end."""
    port = free_port()
    environment = {
        **os.environ,
        "KINNECT_ENV": "development",
        "KINNECT_PORT": str(port),
        "KINNECT_DATA_DIR": str(folder),
        "KINNECT_PUBLIC_FORMS_AN_HOUR": "1000",
        "KINNECT_EVENTS_A_MINUTE": "100000",
        "KINNECT_REQUESTS_A_MINUTE": "100000",
        "PYTHONWARNINGS": "ignore",
        **settings,
    }
    _fill(folder, demo)
    log = folder / "serve.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "kinnect_app", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        origin = f"http://localhost:{port}"
        _await(origin, process, log)
        yield Served(origin, folder, environment, log, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise


def _fill(folder: Path, demo: tuple[str, ...]) -> None:
    """Migrate and seed; in a run of pytest once, and then copied."""
    run = next((of for of in folder.parents if of.parent.name.startswith("pytest-of-")), None)
    if run is None:
        _prepare(folder, demo)
        return
    kept = run / "prepared" / ("".join(demo) or "empty")
    kept.parent.mkdir(exist_ok=True)
    with (kept.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            making = kept.with_name("making")
            _prepare(making, demo)
            making.rename(kept)
    shutil.copytree(kept, folder, dirs_exist_ok=True)


def _prepare(folder: Path, demo: tuple[str, ...]) -> None:
    environment = {
        **os.environ,
        "KINNECT_ENV": "development",
        "KINNECT_DATA_DIR": str(folder),
        "PYTHONWARNINGS": "ignore",
    }
    for command in (["migrate"], *([["demo", *demo]] if demo else [])):
        run = run_kinnect(environment, *command)
        assert run.returncode == 0, run.stdout + run.stderr


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _await(origin: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"kinnect serve ended: {log.read_text()}")
        try:
            with urllib.request.urlopen(f"{origin}/ping", timeout=2):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
    raise AssertionError(f"kinnect serve did not answer: {log.read_text()}")
