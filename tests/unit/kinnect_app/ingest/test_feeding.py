"""Runs of feeds against a service that goes wrong: in the end the store is as if it never had."""

import asyncio
import tempfile
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kinnect_app.api.bmrs import PREFIX, router
from kinnect_app.ingest.feeding import answered, backfill
from kinnect_app.ingest.official import FeedFaultError
from state.domain.actor import ANYONE, THE_CLOCK
from state.domain.bmrs.arguments import read_arguments
from state.domain.bmrs.catalogue import endpoints
from state.domain.feed_faults import FeedFault
from state.domain.feed_questions import Span, feeds
from state.persistence.feeds import feed_rows
from state.persistence.transaction import reading
from state.services.bmrs import public_rows
from state.services.completeness import days_of
from state.services.datasets import dataset_rows
from tests.api import app_of
from tests.databases import fresh_installation
from tests.public_data import DAY as PUBLIC_DAY
from tests.public_data import NOW as PUBLIC_NOW
from tests.public_data import everything
from tests.replay_service import FAULTS, ReplayService
from tests.replayed_feed import (
    FIRST,
    LAST,
    MADE,
    Moving,
    client,
    latest,
    publications,
    published,
    run_all,
)

LONDON = "Europe/London"
STEP = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def fuelinst_alone(monkeypatch) -> None:
    """One feed is enough to see what becomes of it."""
    alone = {"FUELINST": feeds()["FUELINST"]}
    monkeypatch.setattr("state.services.feed_runs.feeds", lambda: alone)


def test_the_timetable_brings_all_that_is_published_late_revised_or_in_the_hour_that_comes_twice(
    either_database,
) -> None:
    clock = Moving(FIRST)
    service = ReplayService({"FUELINST": MADE}, clock=clock)
    ends = run_all(service, clock, LAST + timedelta(hours=7), timedelta(minutes=30))
    assert set(ends) == {None}
    assert publications() == published()
    newest = {(row[0], row[2]): row[3] for row in published()}
    assert latest() == newest
    day = dataset_rows(actor=ANYONE, name="generation_by_fuel", since=LAST.date()).rows
    hours = day.filter(pl.col("fuel_code") == "WIND")["start_at"].dt.convert_time_zone(LONDON)
    assert hours.dt.hour().value_counts().filter(pl.col("start_at") == 1)["count"].to_list() == [24]


@settings(max_examples=10, deadline=None, derandomize=True, phases=[Phase.generate])
@given(
    faults=st.lists(st.sampled_from([*FAULTS, ""]), max_size=25),
    minutes=st.integers(60, 400),
    down_at=st.integers(0, 20),
)
def test_whatever_goes_wrong_the_store_ends_as_if_nothing_had(
    faults: list[str], minutes: int, down_at: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, fresh_installation(Path(folder)):
        clock = Moving(FIRST)
        down = FIRST + timedelta(hours=down_at)
        service = ReplayService(
            {"FUELINST": MADE},
            list(faults),
            clock,
            is_down=lambda at: down <= at < down + timedelta(days=1),
        )
        every = timedelta(minutes=minutes)
        over = LAST + timedelta(days=2) + every * (2 * len(faults))  # each fault costs an asking
        run_all(service, clock, over, every)
        assert publications() == published()


def test_a_bad_row_is_refused_with_its_reason_and_the_others_are_stored(database) -> None:
    service = ReplayService({"FUELINST": MADE}, ["bad rows"])
    counts = answered(
        client(service), "FUELINST", Span(FIRST, LAST), actor=THE_CLOCK, clock=Moving(PUBLIC_NOW)
    )
    assert (counts.rows_refused, counts.rows_stored) == (1, counts.rows_read - 1)
    report = next((database / "reports").iterdir()).read_text()
    assert "MOONBEAMS is no fuel code" in report


def test_an_answer_of_other_columns_is_a_fault_that_is_told(database) -> None:
    service = ReplayService({"FUELINST": MADE}, ["other shape"])
    with pytest.raises(FeedFaultError) as raised:
        answered(
            client(service),
            "FUELINST",
            Span(FIRST, LAST),
            actor=THE_CLOCK,
            clock=Moving(PUBLIC_NOW),
        )
    assert raised.value.fault is FeedFault.OTHER_SHAPE
    assert "There is no column generation" in raised.value.detail
    assert publications() == []


def test_a_fault_of_ours_ends_the_run_and_is_told(database, monkeypatch) -> None:
    monkeypatch.setattr("kinnect_app.ingest.feeding.take_answer_in", None)
    clock = Moving(FIRST + timedelta(hours=1))
    ends = run_all(ReplayService({"FUELINST": MADE}), clock, clock.at + timedelta(minutes=5), STEP)
    assert ends == [FeedFault.OURS]
    with reading() as session:
        row = feed_rows(session)["FUELINST"]
    assert (row.fault, row.fault_detail, row.failures) == ("ours", "TypeError", 1)


def test_three_real_days_come_in_whole_through_every_fault(database, shared_data) -> None:
    """FUELINST over the long day of October 2025, late publications too."""
    first, last = datetime(2025, 10, 25, tzinfo=UTC), datetime(2025, 10, 28, tzinfo=UTC)
    path = shared_data / "insights/fuel/fuelinst_year_2025_month_10.parquet"
    real = pl.read_parquet(path).filter(
        pl.col("source").str.starts_with("Elexon"),
        pl.col("publishTimeUTC").is_between(first, last, closed="left"),
    )
    moments = {"startTime": "periodStartUTC", "publishTime": "publishTimeUTC"}
    told = real.select(
        *(pl.col(given).dt.strftime("%FT%TZ").alias(name) for name, given in moments.items()),
        fuelType="fuelType",
        generation="generationMW",
    )
    lasting = [one for one in FAULTS if one not in {"other shape", "bad rows"}]
    service = ReplayService({"FUELINST": told.to_dicts()}, list(lasting))
    steps: list[Any] = []
    while len(steps) < 3 or service.faults:
        with suppress(FeedFaultError):
            steps = list(
                backfill(
                    client(service),
                    "FUELINST",
                    Span(first, last),
                    again=bool(service.faults),
                    actor=THE_CLOCK,
                    clock=Moving(PUBLIC_NOW),
                )
            )
    rows = dataset_rows(actor=ANYONE, name="generation_by_fuel").rows
    newest = real.sort("publishTimeUTC").unique(["periodStartUTC", "fuelType"], keep="last")
    assert sorted(rows.select("start_at", "fuel_code", "generation_mw").rows()) == sorted(
        newest.select("periodStartUTC", "fuelType", "generationMW").rows()
    )
    held = days_of(actor=ANYONE, name="generation_by_fuel", today=date(2025, 10, 28))
    long_day = next(one for one in held if one.settlement_date == date(2025, 10, 26))
    assert (long_day.held, long_day.expected) == (50 * 6 * 20, 50 * 6 * 20)


def test_the_past_is_asked_for_once_and_goes_on_where_it_ended(database) -> None:
    """A kill after the rows are stored and before the mark is set costs one question."""
    service = ReplayService({"FUELINST": MADE})
    span = Span(FIRST.replace(hour=0), LAST + timedelta(days=1))

    def ask(*, again: bool = False) -> list[Any]:
        told = backfill(
            client(service),
            "FUELINST",
            span,
            again=again,
            actor=THE_CLOCK,
            clock=Moving(PUBLIC_NOW),
        )
        return [step.counts for step in told]

    service.faults = ["", "503", "503"]
    with pytest.raises(FeedFaultError):
        ask()
    assert [counts is None for counts in ask()] == [True, False, False]
    assert publications() == published()
    asked = len(service.asked)
    assert ask() == [None, None, None]
    assert len(service.asked) == asked
    again = ask(again=True)
    assert [counts.rows_stored for counts in again] == [0, 0, 0]
    assert len(service.asked) == asked + 3


def test_a_day_that_is_not_over_is_asked_for_again(database) -> None:
    service = ReplayService({"FUELINST": MADE})
    now = Moving(FIRST + timedelta(hours=3))
    span = Span(LAST.replace(hour=0), LAST.replace(hour=0) + timedelta(days=1))
    for _ in range(2):
        steps = list(
            backfill(client(service), "FUELINST", span, again=False, actor=THE_CLOCK, clock=now)
        )
        assert steps[0].counts is not None


def our_own_service(answers: dict[str, bytes]) -> httpx.BaseTransport:
    """What an installation of ours answers under the official addresses, kept for another."""

    async def told(address: str) -> httpx.Response:
        transport = httpx.ASGITransport(app_of(router))
        async with httpx.AsyncClient(transport=transport, base_url="http://us.test") as ours:
            return await ours.get(address)

    def handle(request: httpx.Request) -> httpx.Response:
        answer = asyncio.run(told(f"{PREFIX}{request.url.raw_path.decode()}"))
        answers[str(request.url)] = answer.content
        return httpx.Response(answer.status_code, headers=JSON, content=answer.content)

    return httpx.MockTransport(handle)


def test_every_feed_brings_what_another_of_us_publishes(tmp_path_factory, monkeypatch) -> None:
    """One row of each dataset, out by its official address and in by its feed: the same row."""
    span = Span(
        datetime.combine(PUBLIC_DAY, datetime.min.time(), UTC),
        datetime.combine(PUBLIC_DAY, datetime.min.time(), UTC) + timedelta(days=1),
    )
    answers: dict[str, bytes] = {}
    held: dict[str, pl.DataFrame] = {}
    clock = Moving(PUBLIC_NOW)
    with everything(tmp_path_factory.mktemp("there")):
        asking = client(our_own_service(answers))
        for code in feeds():
            again = answered(asking, code, span, actor=THE_CLOCK, clock=clock)
            assert (again.rows_read > 0, again.rows_refused) == (True, 0), code
            held[code] = official(code, span)
    there = httpx.MockTransport(
        lambda request: httpx.Response(200, headers=JSON, content=answers[str(request.url)])
    )
    with fresh_installation(tmp_path_factory.mktemp("here")):
        for code in held:
            counts = answered(client(there), code, span, actor=THE_CLOCK, clock=clock)
            assert counts.rows_refused == 0, code
        for code, rows in held.items():
            assert official(code, span).equals(rows), code


JSON = {"content-type": "application/json"}


def official(code: str, span: Span) -> pl.DataFrame:
    """The rows of a feed's own question as we publish them."""
    from state.domain.feed_questions import endpoint_of, questions  # noqa: PLC0415

    definition = feeds()[code]
    question = questions(definition, span)[0]
    endpoint = endpoint_of(definition)
    day = {"settlementDate": PUBLIC_DAY.isoformat()} if "{" in endpoint.path else {}
    asked = read_arguments(endpoints()[endpoint.path], day, list(question.values))
    own = set(definition.official_names.values())  # an address may add what other feeds bring
    rows = public_rows(actor=ANYONE, endpoint=endpoint, asked=asked)
    rows = rows.select([name for name in rows.columns if name in own])
    return rows.sort([name for name, kind in rows.schema.items() if not kind.is_nested()])
