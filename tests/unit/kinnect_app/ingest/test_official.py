"""The client of the official service: every fault has a name, and most pass by themselves."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from kinnect_app.ingest.official import FeedFaultError, OfficialService
from kinnect_app.ingest.pace import Pace
from state.domain.feed_faults import FAULTS as WORDS
from state.domain.feed_faults import FeedFault
from state.domain.feed_limits import feed_limits
from state.domain.feed_questions import Question
from tests.replay_service import FAULTS, HARMLESS, ReplayService, Told, made_generation

DAY = datetime(2026, 10, 24, tzinfo=UTC)
LIMITS = replace(feed_limits(DAY.date()), requests_a_minute=1_000_000)
QUESTION = Question(
    "FUELINST",
    "/datasets/FUELINST/stream",
    (("publishDateTimeFrom", f"{DAY:%FT%TZ}"), ("publishDateTimeTo", "2026-10-24T06:00:00Z")),
)
NAMES = {
    "garbage": FeedFault.UNREADABLE,
    "truncated": FeedFault.UNREADABLE,
    "cut off": FeedFault.UNREADABLE,
    "nan": FeedFault.UNREADABLE,
    "html": FeedFault.OTHER_KIND,
    "nothing": FeedFault.NO_ROWS,
    "oversized": FeedFault.TOO_LARGE,
    "slow": FeedFault.TOO_SLOW,
    "no connection": FeedFault.UNREACHABLE,
    "429": FeedFault.TOO_MANY,
    "429 for long": FeedFault.TOO_MANY,
    "503": FeedFault.UNAVAILABLE,
    "500": FeedFault.UNAVAILABLE,
    "404": FeedFault.NOT_THERE,
    "400": FeedFault.REFUSED,
    "302": FeedFault.MOVED,
}


def replay(*faults: str) -> ReplayService:
    rows = {"FUELINST": made_generation(DAY, DAY + timedelta(hours=6))}
    return ReplayService(rows, list(faults))


def client(service: httpx.BaseTransport, pauses: list[float] | None = None) -> OfficialService:
    kept = [] if pauses is None else pauses
    return OfficialService(
        "http://official.test", LIMITS, public_only=False, transport=service, pause=kept.append
    )


def test_every_fault_that_can_be_replayed_is_named_here() -> None:
    of_rows = {"other shape", "bad rows"}
    assert set(FAULTS) == NAMES.keys() | set(HARMLESS) | of_rows
    assert set(FeedFault) == WORDS.keys()


def test_rows_come_as_they_are_published() -> None:
    service = replay()
    rows = client(service).rows(QUESTION)
    assert rows.height > 100
    assert {"startTime", "publishTime", "fuelType", "generation"} <= set(rows.columns)
    assert service.asked == [
        f"{QUESTION.path}?{'&'.join(f'{name}={value}' for name, value in QUESTION.values)}"
    ]


def test_an_answer_without_rows_is_no_fault() -> None:
    assert client(ReplayService()).rows(QUESTION).is_empty()


@pytest.mark.parametrize("fault", NAMES)
def test_a_fault_that_lasts_has_a_name_and_a_remedy(fault: str) -> None:
    service = replay(*[fault] * 20)
    with pytest.raises(FeedFaultError) as raised:
        client(service).rows(QUESTION)
    assert raised.value.fault is NAMES[fault]
    assert WORDS[raised.value.fault].remedy
    once = not WORDS[NAMES[fault]].again or fault == "429 for long"
    assert len(service.asked) == (1 if once else LIMITS.tries_most)


@pytest.mark.parametrize("fault", [one for one in NAMES if WORDS[NAMES[one]].again])
def test_a_fault_that_passes_costs_a_wait_and_no_row(fault: str) -> None:
    if fault == "429 for long":
        return
    pauses: list[float] = []
    rows = client(replay(fault, fault), pauses).rows(QUESTION)
    assert rows.equals(client(replay()).rows(QUESTION))
    assert len(pauses) == 2


def test_waits_grow_by_half_a_chance_and_honour_what_the_service_asks() -> None:
    pauses: list[float] = []
    client(replay("503", "503", "503"), pauses).rows(QUESTION)
    assert [0.5 <= pauses[0] <= 1, 1 <= pauses[1] <= 2, 2 <= pauses[2] <= 4] == [True] * 3
    pauses.clear()
    client(replay("429"), pauses).rows(QUESTION)
    assert pauses == [7]


def test_a_long_wait_is_left_to_the_timetable() -> None:
    with pytest.raises(FeedFaultError) as raised:
        client(replay("429 for long")).rows(QUESTION)
    assert raised.value.again_after_seconds == 7200


def test_retry_after_may_be_a_date_and_nonsense_is_passed_over() -> None:
    for said, least, most in (
        (format_datetime(datetime.now(UTC) + timedelta(hours=1)), 3500, 3600),  # noqa: TID251
        ("soon", 0, 0),
        ("-4", 0, 0),
    ):
        answer = Told(429, {"retry-after": said}, [b""])
        service = replay()
        service.answer = lambda *_, answer=answer: answer  # type: ignore[method-assign]
        with pytest.raises(FeedFaultError) as raised:
            client(service).rows(QUESTION)
        assert least <= raised.value.again_after_seconds <= most


def test_a_packed_answer_counts_by_what_it_unpacks_to() -> None:
    packed = gzip.compress(b"[" + b" " * (LIMITS.answer_most_bytes + 1) + b"]")
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    service = replay()
    service.answer = lambda *_: Told(200, headers, [packed])  # type: ignore[method-assign]
    with pytest.raises(FeedFaultError) as raised:
        client(service).rows(QUESTION)
    assert raised.value.fault is FeedFault.TOO_LARGE


def test_a_drip_that_never_ends_is_cut_off(monkeypatch) -> None:
    """Each part comes soon enough, and there are always more."""
    ticks = iter(range(0, 10_000, 9))
    monkeypatch.setattr("kinnect_app.ingest.official.time.monotonic", lambda: next(ticks))
    service = replay()
    service.answer = lambda *_: Told(parts=[b"["] * 500)  # type: ignore[method-assign]
    with pytest.raises(FeedFaultError) as raised:
        client(service).rows(QUESTION)
    assert raised.value.fault is FeedFault.TOO_SLOW


def test_in_production_only_the_public_net_is_believed() -> None:
    class Peer:
        def __init__(self, address: str) -> None:
            self.address = address

        def get_extra_info(self, _: str) -> tuple[str, int]:
            return (self.address, 443)

    def asked(address: str) -> OfficialService:
        def handle(request: httpx.Request) -> httpx.Response:
            return httpx.Response(200, json=[], extensions={"network_stream": Peer(address)})

        return OfficialService(
            "https://official.test", LIMITS, transport=httpx.MockTransport(handle)
        )

    assert asked("93.184.216.34").rows(QUESTION).is_empty()
    for address in ("127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "::ffff:10.0.0.1"):
        with pytest.raises(FeedFaultError) as raised:
            asked(address).rows(QUESTION)
        assert raised.value.fault is FeedFault.NOT_PUBLIC


def test_requests_keep_their_pace() -> None:
    pauses: list[float] = []
    now = [100.0]
    pace = Pace(120, clock=lambda: now[0], pause=pauses.append)
    for _ in range(3):
        pace.wait()
    now[0] = 200.0
    pace.wait()
    assert pauses == [0.5, 1.0]
