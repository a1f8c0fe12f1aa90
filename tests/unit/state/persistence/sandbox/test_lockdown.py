"""What the kernel takes from a locked process, whatever runs in it: no engine is in between."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[5]
REFUSED = "PermissionError"

_LOCKED = """
import os, signal, socket, sys, threading
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from state.persistence.sandbox.lockdown import begin_alone, limit_resources, lock
begin_alone()
limit_resources(memory_megabytes=200, seconds=5)
lock([Path(sys.argv[2])])
try:
    {attempt}
    told = "done"
except BaseException as fault:
    told = type(fault).__name__
os.write(1, told.encode())
os._exit(0)
"""


def tried(attempt: str, folder: Path) -> str:
    """What came of an attempt in a locked process: done, the fault, or how it ended."""
    allowed = folder / "allowed.txt"
    allowed.write_text("yes")
    (folder / "other.txt").write_text("no")
    program = _LOCKED.format(attempt=textwrap.indent(attempt, "    ").strip())
    ended = subprocess.run(
        [sys.executable, "-I", "-c", program, str(ROOT), str(allowed)],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        timeout=20,
    )
    return ended.stdout or f"ended {ended.returncode}"


@pytest.mark.parametrize(
    "attempt",
    [
        "open('other.txt').read()",
        "open('/etc/passwd').read()",
        "open('/proc/self/environ').read()",
        "os.listdir('/')",
        "open('new.txt', 'w')",
        "open('allowed.txt', 'a')",
        "os.unlink('allowed.txt')",
        "os.chmod('allowed.txt', 0o777)",
        "os.symlink('/etc', 'link')",
        "os.mkdir('folder')",
        "socket.socket()",
        "socket.socketpair()",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.kill(os.getppid(), 0)",
        "os.setuid(0)",
        "os.nice(-5)",
        "os.pipe()",
    ],
)
def test_a_locked_process_is_refused(attempt: str, tmp_path: Path) -> None:
    assert tried(attempt, tmp_path) == REFUSED


def test_a_locked_process_reads_what_it_was_given_and_may_have_threads(tmp_path: Path) -> None:
    attempt = """
assert open('allowed.txt').read() == 'yes'
made = threading.Thread(target=lambda: None); made.start(); made.join()
"""
    assert tried(attempt, tmp_path) == "done"


def test_memory_and_processor_time_end(tmp_path: Path) -> None:
    assert tried("bytearray(3 * 1024**3)", tmp_path) == "MemoryError"
    assert tried("import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))", tmp_path) in {
        "ValueError",
        REFUSED,
        "ImportError",
        "ModuleNotFoundError",
    }


def test_nothing_of_the_parents_environment_is_needed() -> None:
    assert "PATH" in os.environ  # else the tests of `outside` would prove nothing
