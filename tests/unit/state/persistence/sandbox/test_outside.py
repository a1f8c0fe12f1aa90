"""Hostile queries against the real process: each ends with clear words, and nothing of it stays."""

import os
import time
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from state.persistence.sandbox.outside import Job, Outcome, run

WORD_OF_THE_SERVER = "not-for-queries"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KINNECT_SESSION_SECRET", WORD_OF_THE_SERVER)
    pl.DataFrame({"day": ["mon", "tue"], "mw": [1.5, 2.5]}).write_parquet(
        tmp_path / "given.parquet"
    )
    pl.DataFrame({"mw": [9.0]}).write_parquet(tmp_path / "confidential.parquet")
    return tmp_path


def asked(
    sql: str, folder: Path, *, seconds: int = 5, memory: int = 200, rows: int = 100
) -> Outcome:
    job = Job(
        sql=sql,
        tables=("power",),
        views=("CREATE VIEW power AS SELECT * FROM read_parquet(['given.parquet'])",),
        files=("given.parquet",),
        folder=str(folder),
        seconds=seconds,
        memory_megabytes=memory,
        rows=rows,
        answer_megabytes=1,
    )
    return run(job)


def rows_of(outcome: Outcome) -> list[dict]:
    assert outcome.kind == "answer", outcome
    return pl.read_parquet(BytesIO(outcome.parquet)).to_dicts()


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT sum(mw) AS mw FROM power", [{"mw": 4.0}]),
        ("from power where day = 'mon' -- why;", [{"day": "mon", "mw": 1.5}]),
        ("WITH p AS (FROM power) SELECT count(*) AS n FROM p;", [{"n": 2}]),
        ("SELECT 1 AS a, 2 AS a, 3 AS A", [{"a": 1, "a_2": 2, "A_3": 3}]),
        ("SELECT sum(n) AS n FROM range(4) AS r(n)", [{"n": 6}]),
        ("SELECT 1.5 AS d, [1] AS l, INTERVAL 1 DAY AS i", [{"d": 1.5, "l": "[1]", "i": "1 day"}]),
        ("SELECT 'a.parquet; b' AS text", [{"text": "a.parquet; b"}]),
        (
            "SELECT column_name FROM (DESCRIBE power)",
            [{"column_name": "day"}, {"column_name": "mw"}],
        ),
    ],
)
def test_a_select_is_answered(sql: str, rows: list[dict], folder: Path) -> None:
    assert rows_of(asked(sql, folder)) == rows


def test_what_takes_its_time_is_answered_whole(folder: Path) -> None:
    """After two seconds DuckDB draws how far it is, where the rows leave."""
    sql = "SELECT sum(sqrt(i * 1.0)) AS roots FROM range({}) AS t(i)"
    answers = (asked(sql.format(200_000_000 * 3**n), folder, seconds=60) for n in range(4))
    slow = next(answer for answer in answers if answer.seconds > 2.2)
    assert [list(row) for row in rows_of(slow)] == [["roots"]]


def test_one_row_more_than_allowed_says_that_there_are_more(folder: Path) -> None:
    assert len(rows_of(asked("FROM range(1000)", folder, rows=10))) == 11


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("FROM read_csv('/etc/passwd')", "read_csv"),
        ("FROM read_text('/etc/passwd')", "read_text"),
        ("FROM read_blob('confidential.parquet')", "read_blob"),
        ("FROM read_parquet('confidential.parquet')", "read_parquet"),
        ("FROM parquet_metadata('given.parquet')", "parquet_metadata"),
        ("FROM 'confidential.parquet'", "confidential.parquet"),
        ("FROM '/etc/passwd'", "/etc/passwd"),
        ("FROM 'https://example.com/a.csv'", "example.com"),
        ("FROM glob('*')", "glob"),
        ("FROM sniff_csv('/etc/passwd')", "sniff_csv"),
        ("FROM duckdb_settings()", "duckdb_settings"),
        ("FROM duckdb_views", "duckdb_views"),
        ("FROM information_schema.tables", "tables"),
        ("FROM sqlite_master", "sqlite_master"),
        ("FROM pg_catalog.pg_class", "pg_class"),
        ("FROM query('FROM duckdb_settings()')", "query"),
        ("FROM json_execute_serialized_sql('{}')", "json_execute_serialized_sql"),
        ("SELECT current_setting('allowed_paths')", "current_setting"),
        ("SELECT getenv('KINNECT_SESSION_SECRET')", "getenv"),
        ("SELECT (SELECT max(content) FROM read_text('/etc/passwd'))", "read_text"),
        ("WITH duckdb_views AS (SELECT 1) FROM duckdb_views", "duckdb_views"),
        ("SELECT 1 WHERE 1 IN (SELECT 1 FROM nowhere)", "nowhere"),
        ("FROM powr", "Did you mean power?"),
        ("FROM memory.main.power", "memory"),
        ("SHOW DATABASES", "DESCRIBE one"),
        ("SHOW TABLES", "DESCRIBE one"),
        ("FROM temp._answer", "temp._answer"),
        ("COPY power TO 'out.csv'", "Only a SELECT"),
        ("COPY power FROM '/etc/passwd'", "Only a SELECT"),
        ("ATTACH 'other.db'", "Only a SELECT"),
        ("INSTALL httpfs", "Only a SELECT"),
        ("LOAD httpfs", "Only a SELECT"),
        ("PRAGMA database_list", "Only a SELECT"),
        ("SET threads = 64", "Only a SELECT"),
        ("CALL pragma_version()", "Only a SELECT"),
        ("CREATE TABLE a AS SELECT 1", "Only a SELECT"),
        ("DROP VIEW power", "Only a SELECT"),
        ("EXPORT DATABASE 'out'", "Only a SELECT"),
        ("EXPLAIN ANALYZE SELECT 1", "Only a SELECT"),
        ("SELECT 1; SELECT 2", "One query at a time"),
        ("SELECT 1; DROP VIEW power", "One query at a time"),
        ("SELECT 1) TO 'out.csv'; --", ""),
        ("SELECT 1) UNION (SELECT 2", ""),
    ],
)
def test_what_reaches_further_is_refused_in_words(sql: str, word: str, folder: Path) -> None:
    outcome = asked(sql, folder)
    assert outcome.kind in {"refused", "wrong"}, outcome
    assert word in outcome.detail
    assert not outcome.parquet
    assert sorted(path.name for path in folder.iterdir()) == [
        "confidential.parquet",
        "given.parquet",
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "selec 1",
        "SELECT nothing FROM power",
        "SELECT CAST('abc' AS INTEGER)",
        "SELECT CAST(day AS INTEGER) FROM power",
        "SELECT mw FROM power GROUP BY day",
        "SELECT * FROM power WHERE",
        "SELECT sum(9223372036854775807) FROM range(3)",
        "",
    ],
)
def test_a_fault_in_the_text_is_told_without_names_of_ours(sql: str, folder: Path) -> None:
    outcome = asked(sql, folder)
    assert outcome.kind in {"wrong", "refused"}, outcome
    assert outcome.detail
    assert len(outcome.detail) <= 600
    assert str(folder) not in outcome.detail
    assert ".parquet" not in outcome.detail
    assert "_asked" not in outcome.detail


def test_a_cross_join_that_fills_the_memory_is_stopped(folder: Path) -> None:
    assert asked("SELECT list(range) FROM range(1000000000)", folder).kind == "memory"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT max(hash(a.range, b.range)) FROM range(100000000) a, range(1000000) b",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
    ],
)
def test_what_never_ends_is_killed_in_time(sql: str, folder: Path) -> None:
    began = time.monotonic()
    assert asked(sql, folder, seconds=1).kind == "time"
    assert time.monotonic() - began < 2
    assert children() == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT uuid() AS a, uuid() AS b FROM range(100000)",
        "SELECT repeat('x', 100000) AS a FROM range(20)",
        "SELECT a FROM (SELECT repeat('x', 100000) AS a), range(100000)",
        f"SELECT {', '.join('1' * 500)} FROM range(1000)",
    ],
)
def test_an_answer_that_is_too_large_is_stopped_however_small_it_packs(
    sql: str, folder: Path
) -> None:
    assert asked(sql, folder, rows=100_000).kind in {"size", "memory"}


def test_an_answer_has_so_many_columns_at_most(folder: Path) -> None:
    outcome = asked(f"SELECT {', '.join('1' * 1001)}", folder)
    assert (outcome.kind, outcome.detail) == ("refused", "An answer has at most 1,000 columns.")


def test_a_process_that_talks_without_end_is_not_listened_to(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = "import os, sys\nwhile True: os.write(int(sys.argv[2]), b'x' * 9999)"
    monkeypatch.setattr("state.persistence.sandbox.outside._BEGIN", begin)
    assert asked("SELECT 1", folder).kind == "size"


def test_text_nested_beyond_reason_ends_the_query_and_not_the_server(folder: Path) -> None:
    for sql in ("SELECT " + "(" * 5000 + "1" + ")" * 5000, "SELECT 1" + " + 1" * 20_000):
        assert asked(sql, folder).kind in {"wrong", "refused", "broken", "memory"}
    assert rows_of(asked("SELECT 1 AS still", folder)) == [{"still": 1}]


def test_a_file_that_is_gone_says_nothing_of_where_it_was(folder: Path) -> None:
    (folder / "given.parquet").unlink()
    outcome = asked("FROM power", folder)
    assert outcome.kind != "answer"
    assert "given" not in outcome.detail


def test_a_process_that_dies_is_told_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("state.persistence.sandbox.outside._BEGIN", "import os; os.abort()")
    assert asked("SELECT 1", folder).kind == "broken"
    monkeypatch.setattr("state.persistence.sandbox.outside._BEGIN", "import os; os.write(1, b'x')")
    assert asked("SELECT 1", folder).kind == "broken"
    assert children() == []


@pytest.mark.parametrize("words", [b"[]", b'{"kind": "root"}', b'{"kind": "answer"}', b"{"])
def test_what_the_process_says_is_not_believed(
    words: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = f"import os, sys; os.write(int(sys.argv[2]), {words!r})"
    monkeypatch.setattr("state.persistence.sandbox.outside._BEGIN", begin)
    assert asked("SELECT 1", folder).kind == "broken"


def test_the_process_has_nothing_of_the_servers_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = (
        "import json, os, sys; os.write(int(sys.argv[2]), json.dumps("
        "{'kind': 'refused', 'detail': ' '.join([*os.environ, *os.environ.values()])}).encode())"
    )
    monkeypatch.setattr("state.persistence.sandbox.outside._BEGIN", begin)
    told = asked("SELECT 1", folder).detail
    assert "LC_ALL" in told
    assert WORD_OF_THE_SERVER not in told
    assert "KINNECT" not in told


def test_a_machine_that_cannot_lock_answers_nothing_unless_its_developer_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = (
        "import platform, sys; platform.machine = lambda: 'riscv64'; "
        "sys.path.insert(0, sys.argv[1]); from state.persistence.sandbox.inside import main; main()"
    )
    monkeypatch.setattr("state.persistence.sandbox.outside._BEGIN", begin)
    assert asked("SELECT 1", folder).kind == "unlocked"
    monkeypatch.setenv("KINNECT_QUERY_SANDBOX", "engine")
    assert rows_of(asked("SELECT 1 AS n", folder)) == [{"n": 1}]
    for sql in ("FROM read_csv('/etc/passwd')", "COPY power TO 'out.csv'"):
        assert asked(sql, folder).kind == "refused"
    monkeypatch.setenv("KINNECT_ENV", "production")
    assert asked("SELECT 1", folder).kind == "unlocked"


def children() -> list[str]:
    """Processes that we have started and that are still there."""
    own = f"/proc/{os.getpid()}/task/{os.getpid()}/children"
    return Path(own).read_text().split()
