"""The clerk that asks the public service for what is due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kinnect_app.ingest.official import OfficialService
from kinnect_app.jobs.feeds import FeedClerk
from kinnect_app.neighbours import FeedSettings, feed_settings
from state.domain.actor import THE_CLOCK
from state.domain.feed_faults import FeedFault
from state.domain.feed_limits import feed_limits
from state.domain.feed_questions import feeds
from state.persistence.feeds import feed_rows
from state.persistence.models.feed import FeedRow
from state.persistence.transaction import reading
from state.services.feed_runs import feed_failed, feed_ran, feed_to_run
from tests.replay_service import ReplayService, made_generation

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def address(monkeypatch) -> Iterator[None]:
    monkeypatch.setenv("KINNECT_FEED_URL", "http://official.test")
    feed_settings.cache_clear()
    yield
    feed_settings.cache_clear()


def rows() -> dict[str, FeedRow]:
    with reading() as session:
        return feed_rows(session)


def clerk_of(service: ReplayService, monkeypatch, now: datetime = NOW) -> FeedClerk:
    clerk = FeedClerk()
    limits = replace(feed_limits(now.date()), requests_a_minute=1_000_000, tries_most=1)
    clerk._service = OfficialService(
        "http://official.test", limits, public_only=False, transport=service, pause=lambda _: None
    )
    monkeypatch.setattr("kinnect_app.jobs.feeds._now", lambda: now)
    return clerk


def test_without_an_address_nobody_is_asked(database) -> None:
    clerk = FeedClerk()
    clerk.go(NOW)
    assert (clerk._round, rows()) == (None, {})


def test_it_asks_for_what_is_due_and_each_feed_once(database, address, monkeypatch) -> None:
    service = ReplayService({"FUELINST": made_generation(NOW - timedelta(hours=1), NOW)})
    clerk = clerk_of(service, monkeypatch)
    while clerk.ask(NOW):
        pass
    held = rows()
    assert held.keys() == feeds().keys()
    assert {row.fault for row in held.values()} == {""}
    every = {code: (row.next_run_at - NOW) / timedelta(minutes=1) for code, row in held.items()}
    assert every == {code: feeds()[code].feed.every_minutes for code in feeds()}
    assert clerk.ask(NOW) == 0


def test_where_the_service_is_down_all_feeds_rest_and_then_one_of_them_tries_it(
    database, address, monkeypatch
) -> None:
    service = ReplayService(is_down=lambda _: True)
    clerk = clerk_of(service, monkeypatch)
    for _ in range(10):
        assert clerk.ask(NOW) == 0
    assert len(service.asked) == 3
    later = NOW + timedelta(minutes=6)
    monkeypatch.setattr("kinnect_app.jobs.feeds._now", lambda: later)
    for _ in range(5):
        clerk.ask(later)
    assert len(service.asked) == 4
    service.is_down = lambda _: False
    last = later + timedelta(hours=1)
    monkeypatch.setattr("kinnect_app.jobs.feeds._now", lambda: last)
    while clerk.ask(last):
        pass
    assert {row.fault for row in rows().values()} == {""}


def test_one_dataset_that_fails_rests_alone(database, address, monkeypatch) -> None:
    fuelinst = {"FUELINST": feeds()["FUELINST"]}
    monkeypatch.setattr("state.services.feed_runs.feeds", lambda: fuelinst)
    for number in range(3):
        run = feed_to_run(actor=THE_CLOCK, now=NOW + timedelta(hours=number))
        assert run is not None
        feed_failed(
            actor=THE_CLOCK,
            code="FUELINST",
            fault=FeedFault.OTHER_SHAPE,
            detail="no startTime",
            now=NOW + timedelta(hours=number),
        )
    row = rows()["FUELINST"]
    rested = NOW + timedelta(hours=2, minutes=5)
    assert (row.failures, row.fault, row.open_until) == (3, "other_shape", rested)
    assert feed_to_run(actor=THE_CLOCK, now=rested - timedelta(seconds=1)) is None
    assert feed_to_run(actor=THE_CLOCK, now=rested) is not None
    feed_ran(actor=THE_CLOCK, code="FUELINST", now=rested)
    assert (rows()["FUELINST"].failures, rows()["FUELINST"].open_until) == (0, None)


def test_a_feed_goes_to_one_worker_and_to_the_next_where_that_one_died(either_database) -> None:
    taken = [feed_to_run(actor=THE_CLOCK, now=NOW) for _ in feeds()]
    assert sorted(run.code for run in taken if run) == sorted(feeds())
    assert feed_to_run(actor=THE_CLOCK, now=NOW) is None
    assert feed_to_run(actor=THE_CLOCK, now=NOW + timedelta(minutes=16)) is not None


@pytest.mark.parametrize(
    ("url", "env", "fit"),
    [
        ("", "production", True),
        ("https://data.elexon.co.uk/bmrs/api/v1", "production", True),
        ("http://data.elexon.co.uk/bmrs/api/v1", "production", False),
        ("http://127.0.0.1:9000", "development", True),
        ("https://ann:secret@data.elexon.co.uk", "development", False),
        ("ftp://data.elexon.co.uk", "development", False),
        ("https://data.elexon.co.uk/?key=1", "development", False),
    ],
)
def test_the_address_is_https_and_holds_no_secret(url, env, fit, monkeypatch) -> None:
    monkeypatch.setenv("KINNECT_FEED_URL", url)
    monkeypatch.setenv("KINNECT_ENV", env)
    if fit:
        assert FeedSettings().public_only is (env == "production")
        return
    with pytest.raises(ValueError, match="must be the https address"):
        FeedSettings()
