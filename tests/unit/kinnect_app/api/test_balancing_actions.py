from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from kinnect_app.api.balancing_actions import router
from kinnect_app.api.insights import PREFIX
from tests.api import app_of
from tests.unit.state.services.test_balancing_actions import DAY, action, store


@pytest.fixture
async def client(database: Path) -> AsyncIterator[httpx.AsyncClient]:
    where = f"http://test{PREFIX}/balancing-actions"
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app_of(router)), base_url=where
    ) as client:
        yield client


async def test_a_day_by_unit_and_by_period(client: httpx.AsyncClient) -> None:
    store(action(1, "T_A-1", 10.0), action(3, "T_A-1", -5.0))
    told = (await client.get(f"/{DAY}")).json()
    assert told["unit"]["bm_unit"] == ["T_A-1"]
    assert told["unit"]["sold_mwh"] == [-5.0]
    assert told["period"]["settlement_period"] == [1, 3]
    csv = (await client.get(f"/{DAY}", params={"format": "csv"})).text
    assert csv.splitlines()[0].startswith("bm_unit,bought_mwh,sold_mwh")


async def test_a_unit_has_every_period_of_the_day_as_lines(client: httpx.AsyncClient) -> None:
    store(action(3, "T_A-1", -5.0))
    told = (await client.get(f"/{DAY}/T_A-1", params={"from": "x"})).json()
    assert len(told["time"]) == 48
    assert told["values"]["sold_mwh"][:4] == [0.0, 0.0, -5.0, 0.0]
    assert [one["unit"] for one in told["series"]] == ["MWh", "MWh", "GBP"]


async def test_what_is_no_day_is_said(client: httpx.AsyncClient) -> None:
    answer = await client.get("/yesterday")
    assert answer.status_code == 400
