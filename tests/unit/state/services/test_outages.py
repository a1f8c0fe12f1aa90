from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl

from state.domain.actor import ANYONE, CONSOLE_OPERATOR
from state.services.ingest import store_rows
from state.services.outages import outages_of

START = datetime(2026, 11, 10, tzinfo=UTC)


def message(name: str, revision: int, **more: object) -> dict[str, object]:
    row: dict[str, object] = {
        "message_number": revision,
        "message_id": name,
        "revision_number": revision,
        "published_at": START + timedelta(hours=revision),
        "fuel_type": "Nuclear",
        "asset_id": "T_TEST-1",
        "event_status": "Active",
        "event_start_at": START,
        "event_end_at": START + timedelta(days=revision),
        "unavailable_capacity_mw": 100.0,
        "outage_profile": "[]",
    }
    return row | more


def test_the_latest_revision_of_what_touches_the_days(database: Path) -> None:
    rows = [
        message("A", 1, message_number=1),
        message("A", 2, message_number=2),
        message("B", 1, message_number=3, fuel_type="Fossil Gas"),
        message("C", 1, message_number=4, event_status="Dismissed"),
        message("D", 1, message_number=5, event_start_at=START + timedelta(days=30)),
    ]
    rows[-1]["event_end_at"] = START + timedelta(days=31)
    store_rows(
        actor=CONSOLE_OPERATOR,
        name="outage_messages",
        rows=pl.DataFrame(rows),
        source="test",
        now=START,
    )
    found = outages_of(actor=ANYONE, since=date(2026, 11, 10), until=date(2026, 11, 20))
    assert [(one["mrid"], one["revisionNumber"]) for one in found.rows] == [("A", 2), ("B", 1)]
    assert found.fuels == ("Fossil Gas", "Nuclear")
    gas = outages_of(
        actor=ANYONE, since=date(2026, 11, 10), until=date(2026, 11, 20), fuel="Fossil Gas"
    )
    assert [one["mrid"] for one in gas.rows] == ["B"]
    later = outages_of(actor=ANYONE, since=date(2026, 11, 12), until=date(2026, 11, 20))
    assert [one["mrid"] for one in later.rows] == ["A"]
