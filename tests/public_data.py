"""A store that holds a little of every public dataset, for tests of what is published."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from state.domain.actor import CONSOLE_OPERATOR
from state.domain.datasets import Column, Dataset, datasets
from state.persistence.models.publishing import PublishingSettingRow
from state.persistence.transaction import transaction
from state.services.ingest import store_rows
from tests.databases import fresh_installation, installation
from tests.market import TinyMarket, tiny_market

DAY = date(2026, 11, 10)
START = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
PERIOD = 19
PUBLISHED = START + timedelta(minutes=45)
NOW = datetime(2026, 11, 20, tzinfo=UTC)
UNIT = "T_TEST-1"
SHORT_UNIT = "TEST-1"

_TEXTS = {
    "bm_unit": UNIT,
    "national_grid_bm_unit": SHORT_UNIT,
    "fuel_code": "WIND",
    "fuel_type": "WIND",
    "boundary": "N",
    "side": "buy",
    "action_id": "1",
    "message_id": "TEST-MESSAGE",
    "outage_profile": (
        '[{"startTime":"2026-11-10T09:00:00Z","endTime":"2026-11-10T10:00:00Z","capacity":12.5}]'
    ),
}
_NUMBERS = {
    "settlement_period": PERIOD,
    "pair_number": 1,
    "year": 2026,
    "week": 46,
    "calendar_week_number": 46,
    "forecast_year": 2026,
    "forecast_week": 46,
    "message_number": 77,
    "revision_number": 1,
    "accepted_bid_volume_mwh": -2,
    "transmission_loss_multiplier_per_unit": 1,
    "loss_of_load_probability": 0.5,
}


@contextmanager
def everything(folder: Path) -> Iterator[Path]:
    """An installation on SQLite that holds a row of everything, all of it in the folder."""
    shutil.copytree(_everything(), folder, dirs_exist_ok=True)
    with installation(folder) as here:
        yield here


@cache
def _everything() -> Path:
    """Made once a session: a hundred datasets take some seconds."""
    folder = Path(tempfile.mkdtemp(prefix="kinnect-public-"))
    with fresh_installation(folder):
        store_a_row_of_everything()
    return folder


def store_a_row_of_everything(*named: str) -> None:
    """One row of each public dataset that has an official code, and what they refer to.

    With names, of those alone.
    """
    for definition in datasets().values():
        is_wanted = definition.name in named if named else definition.classification == "public"
        if is_wanted and (definition.code or definition.name == "acceptance_points" or named):
            store_rows(
                actor=CONSOLE_OPERATOR,
                name=definition.name,
                rows=_rows(definition),
                source="test",
                now=NOW,
            )


def close_by_hand(*names: str) -> None:
    """Closed datasets, as two people leave them."""
    with transaction() as session:
        for name in names:
            session.add(
                PublishingSettingRow(
                    dataset=name,
                    since=NOW.date(),
                    is_published=False,
                    reason="It names a person",
                    change_public_id="test",
                    created_at=NOW,
                    updated_at=NOW,
                )
            )


def lag_by_hand(*names: str, minutes: int = 60) -> None:
    """Datasets that are shown some time after they were published, as two people set them."""
    with transaction() as session:
        for name in names:
            session.add(
                PublishingSettingRow(
                    dataset=name,
                    since=NOW.date(),
                    is_published=True,
                    lag_minutes=minutes,
                    change_public_id="test",
                    created_at=NOW,
                    updated_at=NOW,
                )
            )


def _rows(definition: Dataset) -> pl.DataFrame:
    values = {column.name: _value(column) for column in definition.columns}
    if definition.name == "generation_by_fuel":
        starts = [START + timedelta(minutes=5 * step) for step in range(6)]
        fuels = [{"fuel_code": code} for code in ("WIND", "INTFR")]
        rows = [values | {"start_at": start} | fuel for start in starts for fuel in fuels]
    elif definition.name == "acceptance_points":
        rows = [values | {"point_order": n, "at": START + timedelta(minutes=n)} for n in (1, 2)]
    elif definition.name in {"action_stack", "acceptance_volumes", "acceptance_cashflows"}:
        sides = {"action_stack": [{"side": "sell", "action_id": "2", "volume_mwh": -3.0}]}
        rows = [values, *(values | other for other in sides.get(definition.name, []))]
    else:
        rows = [values]
    return pl.DataFrame(rows, schema=definition.polars_schema)


def _value(column: Column) -> object:
    if column.name == "published_at":
        return PUBLISHED
    if column.type == "moment":
        late = column.name.startswith(("to", "end", "event_end", "half_hour_end"))
        return START + timedelta(minutes=30) if late else START
    if column.type == "date":
        return DAY
    if column.type == "text":
        return _TEXTS.get(column.name, "X1")
    if column.type == "flag":
        return True
    least, most = column.minimum, column.maximum
    number = _NUMBERS.get(column.name, 5 if most is None else min(5, most))
    number = number if least is None else max(number, least)
    return float(number) if column.type == "number" else int(number)


def small_market_with_prices(request: pytest.FixtureRequest) -> TinyMarket:
    """The tiny market, and a day's prices; on whichever databases a test asks for."""
    wanted = "either_database" if "either_database" in request.fixturenames else "database"
    request.getfixturevalue(wanted)
    store_a_row_of_everything("system_prices", "action_stack", "generation_by_fuel")
    return tiny_market()
