"""Server-sent events: one event whenever a dataset grows, replayed from where a client left off.

One poller a process asks the catalogue for news while anybody listens, and rests when nobody does.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict
from typing import Final

import structlog

from state.domain.actor import ANYONE
from state.services.datasets import DatasetChange, changes_after, latest_ingest

POLL_SECONDS: Final = 1.0
HEARTBEAT_SECONDS: Final = 15.0
MOST_LISTENERS: Final = 500
MOST_OF_ONE_CLIENT: Final = 20
_QUEUE: Final = 1000
_REPLAY: Final = 1000

_log = structlog.get_logger(__name__)

Listener = asyncio.Queue[DatasetChange | None]


class TooManyListenersError(Exception):
    """This process has as many listeners as it can serve."""


class ChangeFeed:
    """News of the catalogue for every listener of this process."""

    def __init__(self, poll_seconds: float = POLL_SECONDS) -> None:
        """Nobody listens yet, so nothing is asked."""
        self._poll_seconds = poll_seconds
        self._listeners: dict[Listener, str] = {}
        self._poller: asyncio.Task[None] | None = None
        self._seen = 0
        self._lock = asyncio.Lock()

    @property
    def polling(self) -> bool:
        """Whether the catalogue is being asked for news."""
        return self._poller is not None and not self._poller.done()

    async def join(self, client: str = "") -> Listener:
        """Listen from now on: whatever is added later than this is heard.

        Raises:
            TooManyListenersError: There is no room for another, or none for another of this client.
        """
        async with self._lock:
            theirs = sum(of == client for of in self._listeners.values())
            if len(self._listeners) >= MOST_LISTENERS or (client and theirs >= MOST_OF_ONE_CLIENT):
                raise TooManyListenersError
            if not self.polling:
                self._seen = await asyncio.to_thread(latest_ingest, actor=ANYONE)
                self._poller = asyncio.create_task(self._poll())
            listener: Listener = asyncio.Queue(maxsize=_QUEUE)
            self._listeners[listener] = client
            return listener

    async def leave(self, listener: Listener) -> None:
        """Stop listening; the last to leave puts the poller to rest."""
        self._listeners.pop(listener, None)
        if not self._listeners and self._poller is not None:
            poller, self._poller = self._poller, None
            poller.cancel()
            with suppress(asyncio.CancelledError):
                await poller

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(self._poll_seconds)
            try:
                news = await asyncio.to_thread(changes_after, actor=ANYONE, ingest=self._seen)
            except Exception:  # noqa: BLE001  # the database may be back at the next poll
                _log.exception("events.poll.failed")
                continue
            for change in news:
                self._seen = change.ingest
                for listener in tuple(self._listeners):
                    self._tell(listener, change)

    def _tell(self, listener: Listener, change: DatasetChange) -> None:
        """A listener that is too slow is let go; it comes back and is told what it missed."""
        if listener.qsize() < _QUEUE - 1:
            listener.put_nowait(change)
        elif listener in self._listeners:
            self._listeners.pop(listener, None)
            listener.put_nowait(None)


FEED: Final = ChangeFeed()


async def event_stream(
    listener: Listener,
    *,
    after: int | None,
    datasets: frozenset[str],
    feed: ChangeFeed = FEED,
    heartbeat_seconds: float = HEARTBEAT_SECONDS,
) -> AsyncIterator[str]:
    """Events after the one given (or from now on), of the datasets given (or all)."""
    try:
        sent = after
        if sent is None:
            sent = await asyncio.to_thread(latest_ingest, actor=ANYONE)
        yield f"retry: 3000\nid: {sent}\nevent: ready\ndata: {{}}\n\n"
        async for change in _changes(listener, sent, heartbeat_seconds):
            if change is None:
                yield ": still here\n\n"
            elif not datasets or change.dataset in datasets:
                yield _event(change)
    finally:
        await feed.leave(listener)


async def _changes(
    listener: Listener, sent: int, heartbeat_seconds: float
) -> AsyncIterator[DatasetChange | None]:
    """What was missed, then what is news; None where there has been none for a while."""
    missed = await _missed(sent)
    while missed:
        for change in missed:
            sent = change.ingest
            yield change
        missed = await _missed(sent) if len(missed) == _REPLAY else ()
    while True:
        try:
            news = await asyncio.wait_for(listener.get(), heartbeat_seconds)
        except TimeoutError:
            yield None
            continue
        if news is None:
            return
        if news.ingest > sent:
            sent = news.ingest
            yield news


async def _missed(sent: int) -> tuple[DatasetChange, ...]:
    return await asyncio.to_thread(changes_after, actor=ANYONE, ingest=sent, at_most=_REPLAY)


def _event(change: DatasetChange) -> str:
    data = json.dumps(asdict(change), default=str)
    return f"id: {change.ingest}\nevent: dataset\ndata: {data}\n\n"
