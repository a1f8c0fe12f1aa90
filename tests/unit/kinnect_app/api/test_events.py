import asyncio
import json
from pathlib import Path

import pytest

from kinnect_app.api import events
from kinnect_app.api.events import ChangeFeed, TooManyListenersError, event_stream
from kinnect_app.ingest.fuelinst import FUELINST
from kinnect_app.ingest.system_prices import SYSTEM_PRICES
from tests.unit.state.services.feeds import fuel_row, price_row, take_in_rows


def id_of(event: str) -> int:
    return int(next(line for line in event.splitlines() if line.startswith("id: "))[4:])


def data_of(event: str) -> dict[str, object]:
    lines = event.splitlines()
    return json.loads(next(line for line in lines if line.startswith("data: "))[6:])


async def test_what_is_ingested_is_told_to_those_who_listen(database: Path) -> None:
    feed = ChangeFeed(poll_seconds=0.01)
    stream = event_stream(await feed.join(), after=None, datasets=frozenset(), feed=feed)
    assert "event: ready" in await anext(stream)
    receipt = await asyncio.to_thread(take_in_rows, FUELINST, database / "in", [fuel_row()])
    event = await asyncio.wait_for(anext(stream), 5)
    assert id_of(event) == receipt.ingest
    assert data_of(event)["dataset"] == "generation_by_fuel"
    assert data_of(event)["version"] == receipt.version
    await stream.aclose()


async def test_what_was_missed_is_replayed_and_what_stored_nothing_is_no_news(
    database: Path,
) -> None:
    numbers = [
        take_in_rows(SYSTEM_PRICES, database / "in", [price_row(period=period)]).ingest
        for period in (1, 2, 2, 3)
    ]
    feed = ChangeFeed(poll_seconds=0.01)
    stream = event_stream(await feed.join(), after=numbers[0], datasets=frozenset(), feed=feed)
    await anext(stream)
    assert [id_of(await anext(stream)) for _ in range(2)] == [numbers[1], numbers[3]]
    await stream.aclose()


async def test_only_the_datasets_asked_for_are_told(database: Path) -> None:
    take_in_rows(SYSTEM_PRICES, database / "in", [price_row()])
    wanted = take_in_rows(FUELINST, database / "in", [fuel_row()])
    feed = ChangeFeed(poll_seconds=0.01)
    only = frozenset({"generation_by_fuel"})
    stream = event_stream(await feed.join(), after=0, datasets=only, feed=feed)
    await anext(stream)
    assert id_of(await anext(stream)) == wanted.ingest
    await stream.aclose()


async def test_a_heartbeat_is_sent_while_there_is_no_news(database: Path) -> None:
    feed = ChangeFeed(poll_seconds=10)
    stream = event_stream(
        await feed.join(), after=None, datasets=frozenset(), feed=feed, heartbeat_seconds=0.01
    )
    await anext(stream)
    assert (await anext(stream)).startswith(":")
    await stream.aclose()


async def test_nobody_polls_when_nobody_listens(database: Path) -> None:
    feed = ChangeFeed(poll_seconds=0.01)
    first, second = await feed.join(), await feed.join()
    assert feed.polling
    await feed.leave(first)
    assert feed.polling
    await feed.leave(second)
    assert not feed.polling


async def test_a_failing_poll_is_tried_again(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = ChangeFeed(poll_seconds=0.01)
    stream = event_stream(await feed.join(), after=None, datasets=frozenset(), feed=feed)
    await anext(stream)
    right = events.changes_after
    calls: list[int] = []

    def failing(**asked: object) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise OSError("the database is away")
        return right(**asked)  # type: ignore[arg-type]

    monkeypatch.setattr(events, "changes_after", failing)
    await asyncio.to_thread(take_in_rows, FUELINST, database / "in", [fuel_row()])
    assert "generation_by_fuel" in await asyncio.wait_for(anext(stream), 5)
    await stream.aclose()


async def test_there_is_a_greatest_number_of_listeners(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "MOST_LISTENERS", 1)
    feed = ChangeFeed()
    listener = await feed.join()
    with pytest.raises(TooManyListenersError):
        await feed.join()
    await feed.leave(listener)


async def test_a_listener_that_is_too_slow_is_let_go(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "_QUEUE", 2)
    feed = ChangeFeed(poll_seconds=0.01)
    stream = event_stream(await feed.join(), after=0, datasets=frozenset(), feed=feed)
    await anext(stream)
    for period in (1, 2, 3):
        await asyncio.to_thread(
            take_in_rows, SYSTEM_PRICES, database / "in", [price_row(period=period)]
        )
    await asyncio.sleep(0.1)
    told = [event async for event in stream]
    assert 1 <= len(told) <= 3
