"""How Alembic runs here: on the engine it is handed, one migration a transaction, safe on SQLite.

SQLite rebuilds a table to change it, so foreign keys are off while it does and checked when it has.
On PostgreSQL an advisory lock lets one process migrate at a time.
"""

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.engine import Engine

from state.persistence.models.tables import METADATA

_POSTGRESQL_LOCK = 7331002


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _on_sqlite(connection: Connection) -> None:
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]  # inside a transaction it is a silent no-op
    try:
        _migrate(connection)
        if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError("The migration left rows that refer to nothing.")
        connection.rollback()
    finally:
        raw.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


def _on_postgresql(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_lock({_POSTGRESQL_LOCK})")
    connection.commit()
    try:
        _migrate(connection)
    finally:
        connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_POSTGRESQL_LOCK})")
        connection.commit()


_engine: Engine = context.config.attributes["engine"]
with _engine.connect() as _connection:
    if _connection.dialect.name == "sqlite":
        _on_sqlite(_connection)
    else:
        _on_postgresql(_connection)
