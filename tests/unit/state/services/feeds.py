"""Files of feeds for tests: made here row by row, or real where they are at hand."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kinnect_app.ingest.files import files_under, read_file
from state.domain.actor import CONSOLE_OPERATOR
from state.domain.feeds import Feed
from state.services.ingest import IngestReceipt, ingest_files

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
REAL = Path(__file__).parents[5] / "shared" / "data" / "insights"
needs_real_data = pytest.mark.skipif(not REAL.is_dir(), reason=f"real data are not at {REAL}")


def fuel_row(start: str = "2025-10-01T00:00:00Z", **changes: Any) -> dict[str, Any]:
    """A row of FUELINST as the official service gives it."""
    row = {
        "dataset": "FUELINST",
        "publishTime": start.replace(":00Z", ":30Z"),
        "startTime": start,
        "fuelType": "WIND",
        "generation": 5000,
    }
    return {name: value for name, value in (row | changes).items() if value is not ...}


def price_row(
    settlement_date: str = "2026-08-01", period: int = 5, **changes: Any
) -> dict[str, Any]:
    """A row of DISEBSP as the official service gives it."""
    row = {
        "settlementDate": settlement_date,
        "settlementPeriod": period,
        "createdDateTime": "2026-09-01T00:00:00Z",
        "systemSellPrice": 160.0,
        "systemBuyPrice": 160.0,
        "netImbalanceVolume": 344.25,
        "priceDerivationCode": "P",
    }
    return {name: value for name, value in (row | changes).items() if value is not ...}


def action_row(
    settlement_date: str = "2024-10-26", period: int = 5, **changes: Any
) -> dict[str, Any]:
    """A row of DISBSAD as the official service gives it."""
    row = {
        "dataset": "DISBSAD",
        "settlementDate": settlement_date,
        "settlementPeriod": period,
        "id": 1,
        "cost": 792.0,
        "volume": -8.8,
        "soFlag": False,
        "storFlag": False,
        "partyId": None,
        "assetId": None,
        "isTendered": None,
        "service": "Energy",
    }
    return {name: value for name, value in (row | changes).items() if value is not ...}


def take_in(feed: Feed, path: Path, now: datetime = NOW) -> IngestReceipt:
    """Read a file or folder and ingest it."""
    given = [read_file(file) for file in files_under(path)]
    return ingest_files(actor=CONSOLE_OPERATOR, feed=feed, given=given, now=now)


def take_in_rows(
    feed: Feed, folder: Path, rows: list[dict[str, Any]], now: datetime = NOW
) -> IngestReceipt:
    """Write rows to a file as the official service would, and ingest it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "given.json"
    path.write_text(json.dumps({"data": rows}))
    return take_in(feed, path, now)
