"""A stand-in for the official service: real or made rows, and every manner of going wrong.

It holds rows of a few datasets and answers as the official addresses do: by range, both ends
included, in the envelope of the address, and only what was published by its own clock. Told faults
are used up, one a request.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import httpx

from settlement_engine.periods import settlement_period_of
from state.domain.bmrs.catalogue import endpoint_at

FAULTS = (
    "garbage", "truncated", "html", "nothing", "nan", "other shape", "bad rows", "duplicated",
    "reordered", "oversized", "slow", "cut off", "429", "429 for long", "503", "500", "404", "400",
    "302", "no connection",
)  # fmt: skip
HARMLESS = ("duplicated", "reordered")
"""What is no fault to whoever keeps rows by their key."""

BAD_ROW = {
    "dataset": "FUELINST",
    "publishTime": "2026-10-24T10:05:00Z",
    "startTime": "2026-10-24T10:00:00Z",
    "settlementDate": "2026-10-24",
    "settlementPeriod": 23,
    "fuelType": "MOONBEAMS",
    "generation": 5,
}
"""A row of a fuel that nobody knows."""


@dataclass
class Told:
    """An answer: a status, headers, and the parts of the body as they come."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "application/json"})
    parts: list[bytes] = field(default_factory=list)
    breaks: type[Exception] | None = None


@dataclass
class ReplayService(httpx.BaseTransport):
    """The service itself: a transport for a client in this process."""

    rows: dict[str, list[dict]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    clock: Callable[[], datetime] = lambda: datetime(2100, 1, 1, tzinfo=UTC)
    is_down: Callable[[datetime], bool] = lambda _: False
    asked: list[str] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request of a client here."""
        told = self.answer(request.url.path, dict(request.url.params))
        if told.breaks and not told.parts:
            raise told.breaks("as told", request=request)
        stream = _Stream(told, request)
        return httpx.Response(told.status, headers=told.headers, stream=stream, request=request)

    def answer(self, path: str, values: dict[str, str]) -> Told:
        """What is answered, faults and all."""
        self.asked.append(f"{path}?{'&'.join(f'{k}={v}' for k, v in values.items())}")
        if self.is_down(self.clock()):
            return Told(503, {"content-type": "text/plain"}, [b"down"])
        fault = self.faults.pop(0) if self.faults else ""
        found = endpoint_at(path)
        if found is None:
            return _problem(404)
        endpoint, in_path = found
        rows = self._rows((*endpoint.codes, "")[0], values | in_path)
        told = _FAULTS[fault](self, rows) if fault in _FAULTS else None
        if told is not None:
            return told
        if fault == "reordered":
            self.chance.shuffle(rows)
        if fault == "duplicated":
            rows = rows + rows[: len(rows) // 2 + 1]
        if fault == "bad rows":
            rows = [*rows, BAD_ROW]
        body = _enveloped(rows, endpoint.envelope)
        if fault in {"truncated", "cut off"}:
            half = [body[: max(len(body) // 2, 1)]]
            return Told(
                parts=half, breaks=httpx.RemoteProtocolError if fault == "cut off" else None
            )
        return Told(parts=[body[at : at + 4096] for at in range(0, len(body), 4096)])

    def _rows(self, code: str, values: dict[str, str]) -> list[dict]:
        """Rows of the range, both ends included, of those that are published by now."""
        held = [row for row in self.rows.get(code, []) if _known(row) <= self.clock()]
        for first, last, column in (
            ("publishDateTimeFrom", "publishDateTimeTo", "publishTime"),
            ("from", "to", "startTime"),
        ):
            if first in values:
                name = column if column in (held or [{}])[0] else "timeFrom"
                since, until = _at(values[first]), _at(values[last])
                held = [row for row in held if since <= _at(row[name]) <= until]
        if "settlementDate" in values:
            held = [row for row in held if row["settlementDate"] == values["settlementDate"]]
        return [dict(row) for row in held]


class _Stream(httpx.SyncByteStream):
    def __init__(self, told: Told, request: httpx.Request) -> None:
        self.told, self.request = told, request

    def __iter__(self) -> Iterator[bytes]:
        yield from self.told.parts
        if self.told.breaks:
            raise self.told.breaks("as told", request=self.request)


def _known(row: dict) -> datetime:
    return _at(row.get("publishTime") or row.get("createdDateTime") or row["acceptanceTime"])


def _at(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _enveloped(rows: list[dict], envelope: str) -> bytes:
    if envelope == "array":
        return json.dumps(rows).encode()
    metadata = {"metadata": {"datasets": ["X"]}} if envelope == "metadata" else {}
    return json.dumps({**metadata, "data": rows}).encode()


def _problem(status: int, **headers: str) -> Told:
    kind = {"content-type": "application/json"}
    return Told(status, kind | headers, [json.dumps({"statusCode": status}).encode()])


def _renamed(rows: list[dict]) -> Told:
    return Told(
        parts=[json.dumps([{"what": row.get("fuelType")} for row in rows or [{}]]).encode()]
    )


_FAULTS: dict[str, Callable[[ReplayService, list[dict]], Told]] = {
    "garbage": lambda *_: Told(parts=[b"\x00\xff{]]"]),
    "html": lambda *_: Told(200, {"content-type": "text/html"}, [b"<h1>Welcome</h1>"]),
    "nothing": lambda *_: Told(parts=[b'{"message": "hello"}']),
    "nan": lambda *_: Told(parts=[b'[{"generation": NaN}]']),
    "other shape": lambda _, rows: _renamed(rows),
    "oversized": lambda *_: Told(parts=[b"[" + b" " * 1_000_000] * 60),
    "slow": lambda *_: Told(breaks=httpx.ReadTimeout),
    "no connection": lambda *_: Told(breaks=httpx.ConnectError),
    "429": lambda *_: _problem(429, **{"retry-after": "7"}),
    "429 for long": lambda *_: _problem(429, **{"retry-after": "7200"}),
    "503": lambda *_: _problem(503),
    "500": lambda *_: _problem(500),
    "404": lambda *_: _problem(404),
    "400": lambda *_: _problem(400),
    "302": lambda *_: Told(302, {"location": "http://169.254.169.254/"}, []),
}


def serve_over_http(service: ReplayService) -> tuple[ThreadingHTTPServer, str]:
    """The same service at a port of this machine, for a program in another process."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's own name
            parts = urlsplit(self.path)
            told = service.answer(parts.path, dict(parse_qsl(parts.query)))
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("connection", "close")
            self.end_headers()
            for part in told.parts:
                self.wfile.write(part)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


def made_generation(
    first: datetime, last: datetime, *, fuels: tuple[str, ...] = ("WIND", "CCGT")
) -> list[dict]:
    """FUELINST of a made market: some rows late, some published again with another value."""
    rows = []
    for number in range(int((last - first) / timedelta(minutes=5))):
        start = first + timedelta(minutes=5 * number)
        for which, fuel in enumerate(fuels):
            late = timedelta(hours=3) if number % 17 == 3 else timedelta(0)
            rows.append(_generated(start, fuel, 1000 * which + number, late))
            if number % 23 == 5:
                rows.append(_generated(start, fuel, 1000 * which + number + 1, timedelta(hours=6)))
    return rows


def _generated(start: datetime, fuel: str, megawatts: int, late: timedelta) -> dict:
    day, period = settlement_period_of(start)
    return {
        "dataset": "FUELINST",
        "publishTime": f"{start + timedelta(minutes=5) + late:%Y-%m-%dT%H:%M:%SZ}",
        "startTime": f"{start:%Y-%m-%dT%H:%M:%SZ}",
        "settlementDate": day.isoformat(),
        "settlementPeriod": period,
        "fuelType": fuel,
        "generation": megawatts,
    }
