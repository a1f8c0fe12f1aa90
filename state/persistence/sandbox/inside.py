"""The process in which one query runs: it is shut in before it reads a word of the query.

Started by `outside.py` with nothing in its environment. The job comes on its standard input, the
rows leave as Parquet on its standard output, and what there is to say leaves on a pipe of its own.
"""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any, Final

import duckdb

from state.persistence.sandbox.lockdown import NotLockedError, begin_alone, limit_resources, lock
from state.persistence.sandbox.statement import StatementRefusedError, check

_ROWS_OUT: Final = "/dev/stdout"
_ANSWER: Final = "temp._answer"
_MOST_COLUMNS: Final = 1_000
_WIDEST_VALUE: Final = 8
_MEGABYTE: Final = 1024**2
_KEPT_TYPES: Final = re.compile(
    r"BOOLEAN|U?TINYINT|U?SMALLINT|U?INTEGER|BIGINT|FLOAT|DOUBLE|DATE|VARCHAR"
    r"|TIMESTAMP WITH TIME ZONE"
)
_CAST_TYPES: Final = (
    (re.compile(r"U?HUGEINT|UBIGINT"), "BIGINT"),
    (re.compile(r"DECIMAL.*"), "DOUBLE"),
    (re.compile(r"TIMESTAMP.*"), "TIMESTAMP WITH TIME ZONE"),
    (re.compile(r".*"), "VARCHAR"),
)
_FILE: Final = re.compile(r"[\w./\\-]*\.parquet")
_LONGEST_WORDS: Final = 600
_NUMBERS_OF_THE_MACHINE: Final = (Path("/proc/self/cgroup"), Path("/sys/fs/cgroup"))
"""How much processor and memory there is: the engine reads it as it starts, or breaks."""

_WRONG: Final = (
    duckdb.ProgrammingError,
    duckdb.DataError,
    duckdb.NotSupportedError,
    duckdb.IntegrityError,
    duckdb.InvalidInputException,
)
_BEYOND: Final = (duckdb.PermissionException, duckdb.IOException, duckdb.InternalException)


class _Refused(Exception):  # noqa: N818  # it says what to tell, not what broke
    """The query is not answered: the kind of reason, and words where they help."""


def main() -> None:
    """Read the job, be shut in, run it, tell how it went; then end at once."""
    out = int(sys.argv[2])
    begin_alone()
    job = json.load(sys.stdin.buffer)
    try:
        os.chdir(job["folder"] if job["files"] else "/")  # before any data there is no folder
        _shut_in(job)
        told = {"kind": "answer", "columns": _answered(_engine(job), job)}
    except NotLockedError as lacking:
        told = {"kind": "unlocked", "detail": str(lacking)}
    except _Refused as refused:
        told = dict(zip(("kind", "detail"), refused.args, strict=False))
    except StatementRefusedError as refused:
        told = {"kind": "refused", "detail": str(refused)}
    except MemoryError:
        told = {"kind": "memory"}
    os.write(out, json.dumps(told).encode())
    os._exit(0)  # nothing is tidied up: the kernel does


def _shut_in(job: dict[str, Any]) -> None:
    files = [Path(file) for file in job["files"]]
    limit_resources(memory_megabytes=job["memory_megabytes"], seconds=job["seconds"])
    if job["locked"]:
        lock([*files, *filter(Path.exists, _NUMBERS_OF_THE_MACHINE)])


def _engine(job: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """The engine with its tables, open to nothing else; what is set is set for good."""
    engine = duckdb.connect(
        ":memory:",
        config={
            "threads": 1,
            "memory_limit": f"{job['memory_megabytes']}MB",
            "temp_directory": "",
            "extension_directory": "/nowhere",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "python_enable_replacements": False,
        },
    )
    allowed = ", ".join(_quoted(file) for file in (*job["files"], _ROWS_OUT))
    engine.execute("SET enable_progress_bar = false")  # it would be drawn among the rows
    engine.execute("SET TimeZone = 'UTC'")
    engine.execute(f"SET allowed_paths = [{allowed}]")
    engine.execute("SET enable_external_access = false")
    for view in job["views"]:
        engine.execute(view)
    engine.execute("SET lock_configuration = true")
    return engine


def _answered(engine: duckdb.DuckDBPyConnection, job: dict[str, Any]) -> list[str]:
    """Write the rows out; gives the names of their columns."""
    try:
        return _run(engine, job)
    except duckdb.OutOfMemoryException:
        raise _Refused("memory") from None
    except _BEYOND:
        raise _Refused("beyond") from None
    except _WRONG as fault:
        raise _Refused("wrong", _plain(str(fault))) from None
    except duckdb.Error as fault:
        raise _Refused("broken", type(fault).__name__) from None


def _run(engine: duckdb.DuckDBPyConnection, job: dict[str, Any]) -> list[str]:
    sql: str = job["sql"]
    check(_parsed(engine, sql), frozenset(job["tables"]))
    asked = engine.sql(sql)
    names, kinds = _unlike(asked.columns), [str(kind) for kind in asked.types]
    if len(names) > _MOST_COLUMNS:
        raise StatementRefusedError(f"An answer has at most {_MOST_COLUMNS:,} columns.")
    values = ", ".join(_cast(place, kind) for place, kind in enumerate(kinds))
    _made(
        engine,
        f"SELECT {values} FROM (\n{sql.rstrip().rstrip(';')}\n) "  # noqa: S608  # one SELECT, parsed
        f"AS _asked({_places(names)}) LIMIT {job['rows'] + 1}",
    )
    if _bytes_held(engine) > job["answer_megabytes"] * _MEGABYTE:
        raise _Refused("size")
    titles = ", ".join(f"c{place} AS {_named(name)}" for place, name in enumerate(names))
    engine.execute(
        f"COPY (SELECT {titles} FROM {_ANSWER}) TO '{_ROWS_OUT}' "  # noqa: S608
        "(FORMAT parquet, COMPRESSION zstd)"
    )
    return names


def _made(engine: duckdb.DuckDBPyConnection, rows: str) -> None:
    """Work the answer out; in memory, where its size can be looked at before it is packed."""
    try:
        engine.execute(f"CREATE TEMP TABLE {_ANSWER} AS {rows}")
    except duckdb.OutOfMemoryException:
        raise
    except _WRONG as fault:  # the lines that it quotes are ours, not those of who asked
        raise _Refused("wrong", _plain(str(fault).split("\n\nLINE ")[0])) from None


def _bytes_held(engine: duckdb.DuckDBPyConnection) -> int:
    """How large the values are, unpacked: a long text said a thousand times packs to nothing."""
    columns = engine.execute(f"DESCRIBE {_ANSWER}").fetchall()
    sizes = ", ".join(
        f"sum(strlen({name}))" if kind == "VARCHAR" else f"{_WIDEST_VALUE} * count(*)"
        for name, kind, *_ in columns
    )
    found = engine.execute(f"SELECT {sizes} FROM {_ANSWER}").fetchall()[0]  # noqa: S608
    return sum(int(size or 0) for size in found)


def _places(names: list[str]) -> str:
    return ", ".join(f"c{place}" for place in range(len(names)))


def _parsed(engine: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    statements = engine.extract_statements(sql)
    if len(statements) != 1:
        raise StatementRefusedError("One query at a time: leave out what follows the semicolon.")
    if statements[0].type is not duckdb.StatementType.SELECT:
        raise StatementRefusedError(
            "Only a SELECT is answered here: nothing is changed, opened, loaded or set."
        )
    tree = engine.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()[0][0]
    try:
        parsed: dict[str, Any] = json.loads(tree)
    except RecursionError:
        raise StatementRefusedError("The query is nested too deeply: make it flatter.") from None
    if parsed.get("error"):
        raise _Refused("wrong", _plain(str(parsed.get("error_message", ""))))
    return parsed


def _unlike(names: list[str]) -> list[str]:
    """Names of columns, each once: a second `x` is `x_2`."""
    found: dict[str, str] = {}
    for name in names:
        unlike, count = name, 1
        while unlike.lower() in found:
            count += 1
            unlike = f"{name}_{count}"
        found[unlike.lower()] = unlike
    return list(found.values())


def _cast(place: int, kind: str) -> str:
    if _KEPT_TYPES.fullmatch(kind):
        return f"c{place}"
    to = next(to for given, to in _CAST_TYPES if given.fullmatch(kind))
    return f"CAST(c{place} AS {to}) AS c{place}"


def _plain(words: str) -> str:
    """What the engine says of the query, without names of files or more than is of use."""
    return _FILE.sub("a data file", words[: 2 * _LONGEST_WORDS])[:_LONGEST_WORDS]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _named(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
