"""The doors of the app as it is served: its events, and the record that they could change."""

import sqlite3
import time
from pathlib import Path

from reflex_base.registry import RegistrationContext

import kinnect_app.kinnect_app as assembled
from state.ui.access import OpenTo, opened_to

STATE = "reflex___state____state"


def handlers() -> dict[str, OpenTo | None]:
    """Every event that this app registers, those of the framework too, and to whom it is open."""
    assert assembled.app is not None
    return {
        name: opened_to(registered.handler.fn)
        for name, registered in RegistrationContext.get().event_handlers.items()
    }


def name_of(ending: str) -> str:
    found = [name for name in handlers() if name.endswith(ending)]
    assert len(found) == 1, found
    return found[0]


def await_the_worker(data: Path) -> None:
    """The demo market leaves a few runs to do, and the worker begins with them."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with sqlite3.connect(f"file:{data / 'kinnect.db'}?mode=ro", uri=True) as connection:
            states = {row[0] for row in connection.execute("SELECT state FROM settlement_run")}
        if "computed" in states and not states & {"requested", "computing"}:
            return
        time.sleep(0.2)
    raise AssertionError(states)


def everything(data: Path) -> dict[str, list[tuple]]:
    with sqlite3.connect(f"file:{data / 'kinnect.db'}?mode=ro", uri=True) as connection:
        tables = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        ignored = {"user_session", "audit_entry", "alembic_version"}
        told_of = {"notice", "outbox_mail"}  # of the tests' own sign-ins, from another browser
        found = {
            table: sorted(
                map(
                    repr,
                    connection.execute(
                        f"SELECT * FROM {table}"
                        + (" WHERE key <> 'signin.new_device'" if table in told_of else "")
                    ),
                )
            )
            for table in tables
            if table not in ignored
        }
        found["audit"] = [
            row
            for row in connection.execute("SELECT event, subject FROM audit_entry")
            if not row[0].startswith("session.")
        ]
        return found


def contact_of(data: Path, company: str, column: str = "public_id") -> str:
    with sqlite3.connect(f"file:{data / 'kinnect.db'}?mode=ro", uri=True) as connection:
        row = connection.execute(
            f"SELECT c.{column} FROM contact c JOIN organisation o ON o.id = c.organisation_id "
            "WHERE o.legal_name = ?",
            (company,),
        ).fetchone()
    return str(row[0])


def organisation_of(data: Path, company: str) -> str:
    with sqlite3.connect(f"file:{data / 'kinnect.db'}?mode=ro", uri=True) as connection:
        wanted = "SELECT public_id FROM organisation WHERE legal_name = ?"
        return str(connection.execute(wanted, (company,)).fetchone()[0])
