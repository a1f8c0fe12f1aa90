"""Asking the public service for what is due, as the worker's clock has it."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Final

import structlog

from kinnect_app.ingest.feeding import run_feed
from kinnect_app.ingest.official import OfficialService
from kinnect_app.neighbours import feed_settings
from state.domain.actor import THE_CLOCK
from state.domain.feed_circuit import Circuit, CircuitState, after_failure, after_success
from state.domain.feed_faults import FeedFault
from state.domain.feed_limits import feed_limits
from state.services.feed_runs import feed_to_run

_AT_ONCE: Final = 20
_OF_THE_SERVICE: Final = frozenset(
    {FeedFault.UNREACHABLE, FeedFault.TOO_SLOW, FeedFault.UNAVAILABLE, FeedFault.NOT_PUBLIC}
)
"""Faults that any other feed would meet too."""

_log = structlog.get_logger(__name__)


class FeedClerk:
    """One thread beside the worker's clock: a service that hangs holds nothing else up.

    Where the service itself is down all feeds rest, and one of them tries it now and then.
    """

    def __init__(self) -> None:
        """Have nothing to do yet."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="feeds")
        self._round: Future[int] | None = None
        self._service: OfficialService | None = None
        self._circuit = Circuit()

    def go(self, now: datetime) -> None:
        """Begin a round, unless one is still going on or there is no service to ask."""
        if not feed_settings().feed_url:
            return
        if self._round is not None:
            if not self._round.done():
                return
            if fault := self._round.exception():
                _log.error("feed round failed", exc_info=fault)
        self._round = self._thread.submit(self.ask, now)

    def ask(self, now: datetime) -> int:
        """Run what is due, one after the other; gives how many runs were good."""
        good = 0
        for _ in range(_AT_ONCE):
            if self._circuit.state(now) is CircuitState.OPEN:
                break
            run = feed_to_run(actor=THE_CLOCK, now=now)
            if run is None:
                break
            fault = run_feed(self._asked(now), run, actor=THE_CLOCK, clock=_now)
            good += fault is None
            if fault in _OF_THE_SERVICE:
                self._circuit = after_failure(self._circuit, _now())
                break
            self._circuit = after_success()
        return good

    def _asked(self, now: datetime) -> OfficialService:
        if self._service is None:
            chosen = feed_settings()
            limits = feed_limits(now.date())
            self._service = OfficialService(chosen.feed_url, limits, public_only=chosen.public_only)
        return self._service


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # the edge: here the clock is read
