"""A copy of the whole database in one file, made while it is in use."""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy.engine import Engine


class UncopyableDatabaseError(Exception):
    """The database's own tools are missing or refused; says which and why."""


def save_copy(engine: Engine, to: Path) -> None:
    """Write one consistent picture of the database to a file."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            raw.execute("PRAGMA query_only=OFF")  # type: ignore[union-attr]  # a reader may have left it on
            raw.execute("VACUUM INTO ?", (str(to),))  # type: ignore[union-attr]
        return
    _postgresql(engine, "pg_dump", "--format=custom", "--no-owner", f"--file={to}")


def load_copy(engine: Engine, copy: Path) -> None:
    """Fill an empty database from a copy."""
    if engine.dialect.name == "sqlite":
        engine.dispose()
        target = Path(str(engine.url.database))
        for leftover in (target, *(Path(f"{target}{end}") for end in ("-wal", "-shm"))):
            leftover.unlink(missing_ok=True)
        shutil.copyfile(copy, target)
        return
    _postgresql(engine, "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", copy)


def _postgresql(engine: Engine, tool: str, *arguments: str | Path) -> None:
    found = shutil.which(tool)
    if found is None:
        raise UncopyableDatabaseError(
            f"{tool} is not on this machine: apt install postgresql-client."
        )
    url = engine.url
    place = {
        "PGHOST": url.host or str(url.query.get("host", "")),
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": str(url.password or ""),
        "PGDATABASE": url.database or "",
    }
    database = [f"--dbname={url.database}"]
    done = subprocess.run(  # noqa: S603  # the tool was found on PATH, the arguments are ours
        [found, *database, *map(str, arguments)],
        env={**os.environ, **{name: value for name, value in place.items() if value}},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise UncopyableDatabaseError(f"{tool}: {done.stderr.strip()[-500:]}")
