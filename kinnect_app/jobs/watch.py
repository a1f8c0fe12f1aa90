"""Watches the worker that `kinnect serve` starts: brings it back when it dies, ends it at the end.

A small process of its own, so that the worker never shares one with the event loop. It knows that
the server is gone when the pipe that the server holds the other end of is closed.
"""

import os
import select
import signal
import subprocess
import sys
import time
from typing import Final

_BEGIN_AFTER_SECONDS: Final = 2.0
_LOOK_EVERY_SECONDS: Final = 0.2
_FIRST_PAUSE_SECONDS: Final = 1.0
_LONGEST_PAUSE_SECONDS: Final = 30.0
_STEADY_AFTER_SECONDS: Final = 60.0
_ENDS_WITHIN_SECONDS: Final = 10.0
_BEHIND_THE_PAGES: Final = 5


class _Watch:
    """Whether to go on: until a signal, or until the server has closed its end of the pipe."""

    def __init__(self, pipe: int) -> None:
        """Hear signals from now on."""
        self.pipe = pipe
        self.told = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def pause(self, seconds: float) -> bool:
        """Wait; true where the watch goes on."""
        until = time.monotonic() + seconds
        while not self.told and (left := until - time.monotonic()) > 0:
            closed, _, _ = select.select([self.pipe], [], [], min(left, _LOOK_EVERY_SECONDS))
            self.told = self.told or bool(closed)
        return not self.told

    def _stop(self, _number: int, _frame: object) -> None:
        self.told = True


def main() -> None:
    """Keep one worker running; pauses grow while it does not stay up."""
    watch = _Watch(int(sys.argv[1]))
    os.nice(_BEHIND_THE_PAGES)
    pause = _FIRST_PAUSE_SECONDS
    going = watch.pause(_BEGIN_AFTER_SECONDS)
    while going:
        began = time.monotonic()
        worker = _started(watch.pipe)
        try:
            while worker.poll() is None and watch.pause(_LOOK_EVERY_SECONDS):
                pass
        finally:
            _end(worker)
        if time.monotonic() - began > _STEADY_AFTER_SECONDS:
            pause = _FIRST_PAUSE_SECONDS
        going = watch.pause(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)


def _started(pipe: int) -> subprocess.Popen[bytes]:
    """A worker in a session of its own: Ctrl-C reaches it through us alone.

    It has the pipe too, so that it ends even where we are killed.
    """
    return subprocess.Popen(  # noqa: S603  # our own program and a number
        [sys.executable, "-m", "kinnect_app", "worker", "--until-closed", str(pipe)],
        pass_fds=(pipe,),
        start_new_session=True,
        stdin=subprocess.DEVNULL,
    )


def _end(worker: subprocess.Popen[bytes]) -> None:
    if worker.poll() is None:
        worker.terminate()
        try:
            worker.wait(_ENDS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


if __name__ == "__main__":
    main()
