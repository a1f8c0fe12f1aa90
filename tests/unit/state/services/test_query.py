"""Questions in SQL, answered by the real process over a real store."""

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kinnect_app.ingest.system_prices import SYSTEM_PRICES
from state.domain.actor import ANYONE
from state.domain.query import Question
from state.domain.query_examples import EXAMPLES, Example
from state.services import query as service
from state.services.query import (
    NoSandboxError,
    QueryAnswer,
    QueryRefusedError,
    TooManyQueriesError,
    answer_query,
    askable,
    query_tag,
)
from tests.unit.state.services.feeds import price_row, take_in_rows

TODAY = date(2026, 11, 22)
FOREVER = "SELECT max(hash(a.range, b.range)) FROM range(100000000) a, range(1000000) b"
PRICES = "SELECT settlement_period AS period, system_buy_price_gbp_per_mwh FROM system_prices"


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_kept", service._Kept(1_000_000))


@pytest.fixture
def prices(either_database: Path) -> Path:
    take_in_rows(SYSTEM_PRICES, either_database / "in", [price_row(period=n) for n in (1, 2, 3)])
    return either_database


def asked(sql: str, as_of: datetime | None = None, asker: str = "192.0.2.1") -> QueryAnswer:
    return answer_query(actor=ANYONE, question=Question(sql, as_of), asker=asker, on=TODAY)


def test_rows_come_with_units_a_tag_and_the_time_they_took(prices: Path) -> None:
    found = asked(f"{PRICES} ORDER BY 1")
    assert found.rows["period"].to_list() == [1, 2, 3]
    assert [(one.name, one.unit) for one in found.columns] == [
        ("period", None),
        ("system_buy_price_gbp_per_mwh", "GBP/MWh"),
    ]
    assert not found.truncated
    assert found.tag == query_tag(actor=ANYONE, question=Question(f"{PRICES} ORDER BY 1"), on=TODAY)
    assert 0 < found.seconds < 10


def test_new_data_are_seen_and_an_earlier_moment_leaves_them_out(prices: Path) -> None:
    before = asked("SELECT count(*) AS n FROM DISEBSP")
    take_in_rows(SYSTEM_PRICES, prices / "in", [price_row(period=4)])
    after = asked("SELECT count(*) AS n FROM DISEBSP")
    assert (before.rows["n"].item(), after.rows["n"].item()) == (3, 4)
    assert before.tag != after.tag
    early = asked("SELECT count(*) AS n FROM DISEBSP", datetime(2026, 8, 1, tzinfo=UTC))
    assert early.rows["n"].item() == 0


def test_the_same_question_runs_once(prices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = asked(PRICES)
    monkeypatch.setattr(service, "run", lambda *_, **__: pytest.fail("it ran again"))
    assert asked(PRICES).rows.equals(first.rows)


def test_what_depends_on_the_clock_is_never_kept(database: Path) -> None:
    assert asked("SELECT now() AS at").tag == ""
    assert service._kept._bytes == 0


def test_answers_make_room_for_later_ones(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_kept", service._Kept(1_500))
    for number in range(8):
        asked(f"SELECT {number} AS n")
    assert 1 <= len(service._kept._held) < 8
    assert service._kept._bytes <= 1_500


def test_more_rows_than_allowed_are_said_to_be_more(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("state.domain.query_limits.query_rows_most", lambda _on: 10)
    found = asked("FROM range(11)")
    assert (found.rows.height, found.truncated) == (10, True)
    assert not asked("FROM range(10)").truncated


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("DELETE FROM system_prices", "begins with SELECT"),
        ("SELECT * FROM metered_volumes", "no public table metered_volumes"),
        ("SELECT * FROM person", "no public table person"),
        ("SELECT * FROM read_csv('/etc/passwd')", "neither files"),
        ("SELECT nothing FROM system_prices", 'column "nothing" not found'),
    ],
)
def test_what_may_not_be_asked_is_refused_in_words(sql: str, words: str, database: Path) -> None:
    with pytest.raises(QueryRefusedError) as refused:
        asked(sql)
    assert words in refused.value.reasons[0].reason
    assert str(database) not in str(refused.value)


def test_so_many_run_at_once_and_no_more(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("state.domain.query_limits.query_seconds_most", lambda _on: 2)
    ended: list[str] = []

    def ask_for_ever(asker: str) -> None:
        with pytest.raises(QueryRefusedError, match="longer than 2 s"):
            asked(FOREVER, asker=asker)
        ended.append(asker)

    askers = ["192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.3"]
    threads = [threading.Thread(target=ask_for_ever, args=(asker,)) for asker in askers]
    for thread in threads:
        thread.start()
    while service._turns._running.total() < len(askers):
        pass
    with pytest.raises(TooManyQueriesError, match="Your other queries"):
        asked("SELECT 1")
    with pytest.raises(TooManyQueriesError, match="Other people's"):
        asked("SELECT 1", asker="192.0.2.4")
    for thread in threads:
        thread.join()
    assert sorted(ended) == askers
    assert not service._turns._running
    assert asked("SELECT 1 AS again").rows["again"].item() == 1


def test_without_a_sandbox_nothing_runs(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = service.Outcome("unlocked", "darwin on arm64")
    monkeypatch.setattr(service, "run", lambda *_, **__: outcome)
    with pytest.raises(NoSandboxError, match="cannot answer queries"):
        asked("SELECT 1")


def test_a_query_that_breaks_the_engine_is_told_of(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "run", lambda *_, **__: service.Outcome("broken"))
    with pytest.raises(QueryRefusedError, match="put it another way"):
        asked("SELECT 1")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.title)
def test_every_query_to_begin_with_is_answered(example: Example, database: Path) -> None:
    assert asked(example.sql).rows.height == 0


def test_every_public_dataset_can_be_named(database: Path) -> None:
    assert {one.classification for one in askable(actor=ANYONE)} == {"public"}
