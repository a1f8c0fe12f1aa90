"""How fast we ask: requests are spread evenly, however many threads ask."""

import threading
import time
from collections.abc import Callable


class Pace:
    """At most so many requests a minute, one after the other."""

    def __init__(
        self,
        a_minute: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Let the first one through at once."""
        self._apart = 60 / a_minute
        self._clock, self._pause = clock, pause
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self) -> None:
        """Wait until it is this request's turn."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self._next = turn + self._apart
        if turn > now:
            self._pause(turn - now)
