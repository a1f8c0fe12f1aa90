"""The one door to the database: a transaction that writes, and a snapshot that reads.

SQLite by default (write-ahead log, every commit on the disk before it is acknowledged), PostgreSQL
when `KINNECT_DATABASE_URL` says so, by the same code.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlmodel import Session

_READ_ONLY = "kinnect_read_only"
_SQLITE_FREE_OF_WAL_RESET_DEFECT = (3, 51, 3)  # sqlite.org: the WAL-reset bug, fixed March 2026

_TOGETHER: ContextVar[Session | None] = ContextVar("together", default=None)


class UnfitDatabaseError(Exception):
    """The database cannot be trusted with the market's records; says why and what to do."""


def data_directory() -> Path:
    """Where everything that Kinnect keeps on disk stands: `KINNECT_DATA_DIR`, or `.data`."""
    return Path(os.environ.get("KINNECT_DATA_DIR", ".data")).absolute()


def database_url() -> str:
    """Where the database is: `KINNECT_DATABASE_URL`, or a SQLite file in the data directory."""
    if url := os.environ.get("KINNECT_DATABASE_URL", ""):
        return url.replace("postgresql://", "postgresql+psycopg://", 1)
    return f"sqlite:///{data_directory() / 'kinnect.db'}"


@contextmanager
def transaction() -> Iterator[Session]:
    """All of it or none of it. On SQLite writers queue at the start, so no two ever collide.

    Inside `together` it is a part of that transaction.
    """
    if (around := _TOGETHER.get()) is not None:
        yield around
        return
    with Session(engine(), expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def together() -> Iterator[Session]:
    """Several services as one transaction: all that they write counts, or none of it."""
    with transaction() as session:
        token = _TOGETHER.set(session)
        try:
            yield session
            session.flush()
        finally:
            _TOGETHER.reset(token)


@contextmanager
def reading() -> Iterator[Session]:
    """One unchanging picture of the database, which cannot be written through.

    Inside `together` it is the picture of that transaction, with what it has written.
    """
    if (around := _TOGETHER.get()) is not None:
        yield around
        return
    with Session(_reading_engine(database_url()), expire_on_commit=False) as session:
        yield session


def engine() -> Engine:
    """The engine of the database that the environment names now."""
    return engine_for(database_url())


@cache
def engine_for(url: str) -> Engine:
    """One engine a database."""
    if url.startswith("sqlite"):
        return _sqlite(url)
    return sa.create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10)


@cache
def _reading_engine(url: str) -> Engine:
    options: dict[str, Any] = {_READ_ONLY: True}
    if not url.startswith("sqlite"):
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return engine_for(url).execution_options(**options)


def jobs_engine() -> Engine | None:
    """The engine of the worker's own file beside a SQLite database; none where it is PostgreSQL.

    The worker's library says itself where a transaction begins, and it keeps locks longer than a
    page may wait: so it has a file of its own, opened by the same sound SQLite.
    """
    if not database_url().startswith("sqlite"):
        return None
    made = _sqlite_engine(f"sqlite:///{data_directory() / 'jobs.sqlite'}")
    event.listen(made, "connect", _prepare_jobs)
    return made


def _sqlite(url: str) -> Engine:
    made = _sqlite_engine(url)
    event.listen(made, "connect", _prepare_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    return made


def _sqlite_engine(url: str) -> Engine:
    import pysqlite3.dbapi2 as sqlite  # noqa: PLC0415  # only where SQLite is used

    if sqlite.sqlite_version_info < _SQLITE_FREE_OF_WAL_RESET_DEFECT:
        raise UnfitDatabaseError(
            f"SQLite {sqlite.sqlite_version} can corrupt its write-ahead log; 3.51.3 or newer is "
            "needed. Install requirements.lock, which brings one."
        )
    path = sa.make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    return sa.create_engine(url, module=sqlite)


def _prepare_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401  # the driver's own
    connection.isolation_level = None  # we say BEGIN ourselves, so that migrations roll back too
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_jobs(connection: Any, _record: Any) -> None:  # noqa: ANN401  # the driver's own
    connection.isolation_level = "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get(_READ_ONLY, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
