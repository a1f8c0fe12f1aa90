"""`kinnect ingest feed` as the shell sees it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from kinnect_app.commands import ingest_feed
from kinnect_app.commands.ingest import ingest
from kinnect_app.ingest.official import OfficialService
from kinnect_app.neighbours import feed_settings
from state.domain.feed_limits import feed_limits
from tests.replay_service import BAD_ROW, ReplayService, made_generation

FIRST = datetime(2026, 10, 24, tzinfo=UTC)
MADE = made_generation(FIRST, FIRST + timedelta(hours=30))


@pytest.fixture(autouse=True)
def fresh_settings():
    feed_settings.cache_clear()
    yield
    feed_settings.cache_clear()


@pytest.fixture
def upstream(database, monkeypatch) -> ReplayService:
    service = ReplayService({"FUELINST": [*MADE, BAD_ROW]})
    limits = replace(feed_limits(date(2026, 11, 1)), requests_a_minute=1_000_000, tries_most=1)
    asking = OfficialService(
        "http://official.test", limits, public_only=False, transport=service, pause=lambda _: None
    )
    monkeypatch.setattr(ingest_feed, "_service", lambda: asking)
    return service


def run(*arguments: str) -> Result:
    return CliRunner().invoke(ingest, ["feed", *arguments])


def test_it_says_what_came_and_what_was_refused(upstream) -> None:
    told = run("fuelinst", "--from", "2026-10-24", "--to", "2026-10-25")
    assert told.exit_code == 0, told.output
    assert "FUELINST: steps asked for: 2; done before: 0." in told.stdout
    assert f"stored   {len(MADE):>10,}" in told.stdout
    assert f"refused  {1:>10,}" in told.stdout
    again = run("FUELINST", "--from", "2026-10-24", "--to", "2026-10-25", "--json")
    facts = json.loads(again.stdout)
    assert (facts["steps"], facts["steps_held"], facts["rows_read"]) == (0, 2, 0)


def test_a_fault_is_told_by_name_with_what_to_do_and_that_it_goes_on(upstream) -> None:
    upstream.faults = ["", "404"]
    told = run("FUELINST", "--from", "2026-10-24", "--to", "2026-10-25")
    assert told.exit_code == 3
    assert "steps asked for: 1;" in told.stdout
    assert "The service has nothing at this address. It answered 404." in told.stderr
    assert "Check the path in the definition" in told.stderr
    assert "Run the same command again" in told.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("EBOCF", "--from", "2026-10-24", "--to", "2026-10-25"), 1, "EBOCF is not asked for"),
        (("FUELINST", "--from", "2026-10-24", "--to", "2026-10-23"), 2, "--to is before --from"),
        (("FUELINST", "--from", "2100-01-01", "--to", "2100-01-02"), 2, "in the future"),
        (("FUELINST", "--from", "yesterday", "--to", "2100-01-02"), 2, "Invalid value"),
    ],
)
def test_what_cannot_be_asked_is_said(upstream, arguments, code, words) -> None:
    told = run(*arguments)
    assert (told.exit_code, words in told.stderr) == (code, True)
    assert upstream.asked == []


@pytest.mark.parametrize(
    ("url", "words"),
    [("", "KINNECT_FEED_URL is not set"), ("ftp://x", "must be the https address")],
)
def test_without_a_fit_address_nobody_is_asked(database, monkeypatch, url, words) -> None:
    monkeypatch.setenv("KINNECT_FEED_URL", url)
    told = run("FUELINST", "--from", "2026-10-24", "--to", "2026-10-25")
    assert (told.exit_code, words in told.stderr) == (3, True)
