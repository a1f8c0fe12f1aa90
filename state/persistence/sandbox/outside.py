"""A query in a process of its own: started, fed, listened to, and killed when its time is up."""

import contextlib
import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from io import FileIO
from pathlib import Path
from typing import Final

import state

_ROOT: Final = Path(state.__file__).parents[1]
_BEGIN: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from state.persistence.sandbox.inside import main; main()"
)
_ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}
_WORDS_MOST: Final = 1_000_000
_CHUNK: Final = 1 << 20
_MEGABYTE: Final = 1024**2
_UNLOCKED: Final = "KINNECT_QUERY_SANDBOX"


@dataclass(frozen=True, slots=True)
class Job:
    """All that the process is given: its text, the tables it may name, the files behind them.

    `views` make the tables; `files` are relative to `folder`, and no other can be read. The
    answer's size is that of its values; packed for the way it is never larger.
    """

    sql: str
    tables: tuple[str, ...]
    views: tuple[str, ...]
    files: tuple[str, ...]
    folder: str
    seconds: int
    memory_megabytes: int
    rows: int
    answer_megabytes: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went: kind `answer` with rows as Parquet, or why there are none.

    Kinds: answer, refused, wrong, beyond, memory, time, size, broken, unlocked.
    """

    kind: str
    detail: str = ""
    columns: tuple[str, ...] = ()
    parquet: bytes = b""
    seconds: float = 0


def run(job: Job) -> Outcome:
    """Run the query and give its rows; whatever it does, the process is gone afterwards."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as given:
        given.write(json.dumps({**asdict(job), "locked": not _left_unlocked()}).encode())
        given.seek(0)
        words_in, words_out = os.pipe()
        with os.fdopen(words_in, "rb", buffering=0) as words:
            process = _started(given.fileno(), words_out)
            try:
                heard = _listened(process, words, began + job.seconds, job.answer_megabytes)
            finally:
                _ended(process)
    found = _outcome(*heard)
    return Outcome(found.kind, found.detail, found.columns, found.parquet, time.monotonic() - began)


def _left_unlocked() -> bool:
    """Whether a developer, on a machine that cannot lock, trusts the engine alone."""
    held = os.environ
    return held.get("KINNECT_ENV") == "development" and held.get(_UNLOCKED) == "engine"


def _started(given: int, words_out: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603  # our own interpreter and code
            [sys.executable, "-I", "-c", _BEGIN, str(_ROOT), str(words_out)],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(words_out,),
            env=_ENVIRONMENT,
            start_new_session=True,
        )
    finally:
        os.close(words_out)


def _listened(
    process: subprocess.Popen[bytes],
    words: FileIO,
    until: float,
    most_megabytes: int,
) -> tuple[str, bytes, bytes]:
    """What came by when: whether time or size ran out, the rows, the words."""
    heard: dict[str, bytearray] = {"rows": bytearray(), "words": bytearray()}
    most = {"rows": most_megabytes * _MEGABYTE, "words": _WORDS_MOST}
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ, "rows")  # type: ignore[arg-type]  # a pipe
        waiting.register(words, selectors.EVENT_READ, "words")
        while waiting.get_map():
            left = until - time.monotonic()
            if left <= 0:
                return "time", b"", b""
            for key, _ in waiting.select(left):
                chunk = os.read(key.fd, _CHUNK)
                if not chunk:
                    waiting.unregister(key.fileobj)
                heard[key.data] += chunk
                if len(heard[key.data]) > most[key.data]:
                    return "size", b"", b""
    return "", bytes(heard["rows"]), bytes(heard["words"])


def _ended(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    if process.stdout is not None:
        process.stdout.close()
    process.wait()


def _outcome(stopped: str, rows: bytes, words: bytes) -> Outcome:
    """What the process said is read as what a stranger says."""
    if stopped:
        return Outcome(stopped)
    try:
        told = json.loads(words)
    except ValueError:
        return Outcome("broken", "The process ended without a word.")
    if not isinstance(told, Mapping):
        return Outcome("broken")
    kind = str(told.get("kind"))
    if kind == "answer" and isinstance(told.get("columns"), list):
        return Outcome(kind, columns=tuple(map(str, told["columns"])), parquet=rows)
    known = {"refused", "wrong", "beyond", "memory", "size", "unlocked"}
    return Outcome(kind if kind in known else "broken", str(told.get("detail", ""))[:1000])
