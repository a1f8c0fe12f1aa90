"""The public data service: one question, the rows of its answer, or a fault with a name.

It is asked at the one address that the operator set, with limits on time and size, at an even pace.
Redirects are not followed, and in production the other end must be an address of the public net.
"""

import json
import random
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

import httpx
import polars as pl

from kinnect_app.checks.public_address import is_public
from kinnect_app.ingest.files import UnreadableFileError, rows_of
from kinnect_app.ingest.pace import Pace
from state.domain.feed_faults import FAULTS, FeedFault
from state.domain.feed_limits import FeedLimits, wait_seconds
from state.domain.feed_questions import Question

_JSON: Final = "application/json"
_STATUSES: Final[dict[int, FeedFault]] = {
    HTTPStatus.TOO_MANY_REQUESTS: FeedFault.TOO_MANY,
    HTTPStatus.REQUEST_TIMEOUT: FeedFault.TOO_SLOW,
    HTTPStatus.UNAUTHORIZED: FeedFault.NOT_ALLOWED,
    HTTPStatus.FORBIDDEN: FeedFault.NOT_ALLOWED,
    HTTPStatus.NOT_FOUND: FeedFault.NOT_THERE,
    HTTPStatus.GONE: FeedFault.NOT_THERE,
}


class FeedFaultError(Exception):
    """The question has no answer that could be used; says which fault, and when to ask again."""

    def __init__(self, fault: FeedFault, detail: str, again_after_seconds: float = 0) -> None:
        """Keep the name of the fault; the detail is for the log and for staff."""
        super().__init__(f"{FAULTS[fault].words} {detail}".strip())
        self.fault = fault
        self.detail = detail
        self.again_after_seconds = again_after_seconds


class OfficialService:
    """A client of the service; it keeps nothing but its connections and its pace."""

    def __init__(
        self,
        url: str,
        limits: FeedLimits,
        *,
        public_only: bool = True,
        transport: httpx.BaseTransport | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Ask at the address; `public_only` refuses any but addresses of the public net."""
        self._limits = limits
        self._public_only = public_only
        self._pause = pause
        self._pace = Pace(limits.requests_a_minute, pause=pause)
        self._chance = random.Random()  # noqa: S311  # it only spreads tries over time
        self._client = httpx.Client(
            base_url=url.rstrip("/"),
            timeout=httpx.Timeout(limits.silent_within_seconds),
            headers={"Accept": _JSON, "User-Agent": "Kinnect-Feeds/1"},
            transport=transport,
            trust_env=False,
            follow_redirects=False,
        )

    def rows(self, question: Question) -> pl.DataFrame:
        """The rows of the answer, under their official names; none where nothing was published.

        Raises:
            FeedFaultError: It could not be had, however often it was tried.
        """
        tries = 1
        while True:
            try:
                return self._asked(question)
            except FeedFaultError as fault:
                waits = max(
                    fault.again_after_seconds,
                    wait_seconds(tries, self._limits, self._chance.random()),
                )
                lasts = waits > self._limits.longest_wait_seconds
                if lasts or not FAULTS[fault.fault].again or tries >= self._limits.tries_most:
                    raise
                self._pause(waits)
                tries += 1

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _asked(self, question: Question) -> pl.DataFrame:
        self._pace.wait()
        try:
            content = self._content(question)
        except httpx.TimeoutException as fault:
            raise FeedFaultError(FeedFault.TOO_SLOW, type(fault).__name__) from fault
        except httpx.DecodingError as fault:
            raise FeedFaultError(FeedFault.UNREADABLE, "It cannot be unpacked.") from fault
        except httpx.RemoteProtocolError as fault:
            raise FeedFaultError(FeedFault.UNREADABLE, "The connection ended early.") from fault
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as fault:
            raise FeedFaultError(FeedFault.UNREACHABLE, type(fault).__name__) from fault
        return _rows(content)

    def _content(self, question: Question) -> bytes:
        ends_at = time.monotonic() + self._limits.answer_within_seconds
        with self._client.stream("GET", question.path, params=dict(question.values)) as answer:
            self._check_peer(answer)
            _check_status(answer)
            return self._read(answer, ends_at)

    def _check_peer(self, answer: httpx.Response) -> None:
        """Whom we are in truth connected to: the last word, whatever was looked up."""
        if not self._public_only:
            return
        peer = answer.extensions["network_stream"].get_extra_info("server_addr")
        if not peer or not is_public(str(peer[0])):
            raise FeedFaultError(FeedFault.NOT_PUBLIC, "")

    def _read(self, answer: httpx.Response, ends_at: float) -> bytes:
        """The unpacked body, no further than an answer may be large or take."""
        parts, seen = [], 0
        for part in answer.iter_bytes():
            seen += len(part)
            if seen > self._limits.answer_most_bytes:
                most = self._limits.answer_most_bytes // 1024**2
                raise FeedFaultError(FeedFault.TOO_LARGE, f"We read {most} MB.")
            if time.monotonic() > ends_at:
                raise FeedFaultError(FeedFault.TOO_SLOW, "It did not end in time.")
            parts.append(part)
        return b"".join(parts)


def _check_status(answer: httpx.Response) -> None:
    """An answer of the right kind; anything else by the name of its fault."""
    status = answer.status_code
    if status == HTTPStatus.OK:
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != _JSON:
            named = kind[:60] or "nothing"
            raise FeedFaultError(FeedFault.OTHER_KIND, f"It is said to be {named}.")
        return
    if answer.is_redirect:
        raise FeedFaultError(FeedFault.MOVED, f"It answered {status}.")
    otherwise = FeedFault.UNAVAILABLE if answer.is_server_error else FeedFault.REFUSED
    fault = _STATUSES.get(status, otherwise)
    raise FeedFaultError(fault, f"It answered {status}.", _again_after(answer))


def _again_after(answer: httpx.Response) -> float:
    """The seconds that `Retry-After` asks us to wait, in seconds or as a date; 0 without it."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:7])
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return 0
    zoned = at if at.tzinfo else at.replace(tzinfo=UTC)
    now = datetime.now(UTC)  # noqa: TID251  # the edge: here the clock is read
    return max(0.0, (zoned - now).total_seconds())


def _rows(content: bytes) -> pl.DataFrame:
    try:
        document = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise FeedFaultError(FeedFault.UNREADABLE, "It is no whole JSON document.") from fault
    try:
        return rows_of(document)
    except UnreadableFileError as fault:
        raise FeedFaultError(FeedFault.NO_ROWS, "") from fault


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number.")
