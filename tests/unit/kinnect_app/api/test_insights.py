import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import polars as pl
import pytest
from fastapi import FastAPI

from kinnect_app.api.insights import PREFIX, router
from kinnect_app.ingest.fuelinst import FUELINST
from kinnect_app.ingest.system_prices import SYSTEM_PRICES
from state.domain.actor import ANYONE, CONSOLE_OPERATOR
from state.domain.datasets import datasets
from state.services.ingest import store_rows
from state.services.price_stack import PeriodOfDay, latest_stack
from tests.public_data import store_a_row_of_everything
from tests.settled_market import published, store_small_market
from tests.unit.state.services.feeds import (
    NOW,
    REAL,
    fuel_row,
    needs_real_data,
    price_row,
    take_in,
    take_in_rows,
)
from tests.unit.state.services.stacks import stack_rows

DAY = {"from": "2025-10-26", "to": "2025-10-26"}


@pytest.fixture
async def client(database: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(router)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://test{PREFIX}") as client:
        yield client


def starts(count: int) -> list[str]:
    return [f"2025-10-26T{n // 12:02}:{n % 12 * 5:02}:00Z" for n in range(count)]


async def test_generation_is_columnar_and_gaps_stay_gaps(
    client: httpx.AsyncClient, database: Path
) -> None:
    rows = [fuel_row(start) for n, start in enumerate(starts(8)) if n != 3]
    rows.append(fuel_row("2025-10-26T00:00:00Z", fuelType="INTFR", generation=-900))
    take_in_rows(FUELINST, database / "in", rows)
    told = (await client.get("/generation-by-fuel", params=DAY)).json()
    assert told["unit"] == "MW"
    assert [fuel["code"] for fuel in told["fuels"]] == ["WIND", "INTFR"]
    assert told["fuels"][1] == {
        "code": "INTFR",
        "name": "IFA",
        "family": "interconnector",
        "order": 110,
        "interconnector": True,
        "country": "France",
    }
    assert told["time"][0] == int(datetime(2025, 10, 26, tzinfo=UTC).timestamp() * 1000)
    assert told["series"]["WIND"] == [5000, 5000, 5000, None, 5000, 5000, 5000, 5000]
    assert told["series"]["INTFR"] == [-900] + [None] * 7


async def test_a_half_hour_needs_all_six_values(client: httpx.AsyncClient, database: Path) -> None:
    rows = [fuel_row(start, generation=5000 + n) for n, start in enumerate(starts(11))]
    take_in_rows(FUELINST, database / "in", rows)
    told = (await client.get("/generation-by-fuel", params=DAY | {"resolution": "30m"})).json()
    assert told["series"]["WIND"] == [5002.5, None]


async def test_now_tells_import_from_export(client: httpx.AsyncClient, database: Path) -> None:
    start = "2025-10-26T00:00:00Z"
    rows = [
        fuel_row(start),
        fuel_row(start, fuelType="INTFR", generation=-900),
        fuel_row(start, fuelType="INTNSL", generation=1400),
        fuel_row(start, fuelType="PS", generation=-1000),
    ]
    take_in_rows(FUELINST, database / "in", rows)
    told = (await client.get("/generation-by-fuel/now")).json()
    assert (told["generation"], told["import"], told["export"]) == (4000, 1400, -900)


async def test_before_any_data_answers_are_empty_and_no_error(client: httpx.AsyncClient) -> None:
    assert (await client.get("/generation-by-fuel")).json()["time"] == []
    assert (await client.get("/generation-by-fuel/now")).json()["fuels"] == []
    assert (await client.get("/system-prices")).json()["system_price"] == []
    assert (await client.get("/generation-by-fuel", params={"format": "csv"})).status_code == 200


async def test_csv_names_columns_with_their_units(
    client: httpx.AsyncClient, database: Path
) -> None:
    take_in_rows(FUELINST, database / "in", [fuel_row("2025-10-26T00:00:00Z")])
    answer = await client.get("/generation-by-fuel", params=DAY | {"format": "csv"})
    assert answer.text.splitlines() == [
        "start_at,settlement_date,settlement_period,wind_mw",
        "2025-10-26T00:00:00Z,2025-10-26,3,5000",
    ]
    assert "attachment" in answer.headers["content-disposition"]


async def test_an_answer_is_tagged_and_not_sent_twice(
    client: httpx.AsyncClient, database: Path
) -> None:
    take_in_rows(SYSTEM_PRICES, database / "in", [price_row()])
    first = await client.get("/system-prices")
    headers = {"If-None-Match": first.headers["etag"]}
    again = await client.get("/system-prices", headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = await client.get("/system-prices", headers=headers, params={"points": "100"})
    assert other.status_code == 200
    later = price_row(createdDateTime="2026-09-02T00:00:00Z", systemBuyPrice=170.0)
    take_in_rows(SYSTEM_PRICES, database / "in", [later])
    changed = await client.get("/system-prices", headers=headers)
    assert changed.status_code == 200
    assert changed.json()["system_price"] == [170.0]
    before = await client.get("/system-prices", params={"as_of": "2026-09-01T12:00:00Z"})
    assert before.json()["system_price"] == [160.0]


async def test_a_price_names_its_run_by_code_and_the_answer_says_what_the_code_means(
    client: httpx.AsyncClient, database: Path
) -> None:
    store_small_market()
    published()
    asked = {"from": "2026-10-25", "to": "2026-10-25"}
    told = (await client.get("/system-prices", params=asked)).json()
    assert set(told["run"]) - {None} == {"II"}
    assert told["runs"] == {"II": "Interim Information (II)"}


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/system-prices?form=json", ["form"]),
        ("/system-prices?points=9&from=soon&to=2025-10-26T00:00:00", ["from", "to", "points"]),
        ("/system-prices?points=1&points=2", ["points"]),
        ("/system-prices?points=%D9%A3%D9%A3", ["points"]),
        ("/system-prices?from=0001-01-01&to=9999-12-31", ["from", "to"]),
        ("/system-prices?from=2025-10-27&to=2025-10-25", ["to"]),
        ("/generation-by-fuel?resolution=1m&format=xml", ["resolution", "format"]),
        ("/generation-by-fuel?from=2020-01-01&to=2025-01-01", ["to"]),
        ("/price-stack/2025-13-01/x?x=1", ["x", "settlement_date", "settlement_period"]),
        ("/price-stack/2025-10-26/51", ["settlement_period"]),
        ("/datasets?x=1", ["x"]),
        ("/events?dataset=contract_volumes", ["dataset"]),
        ("/events?dataset=nothing&since=-1", ["dataset", "since"]),
    ],
)
async def test_every_fault_of_a_request_is_told(
    client: httpx.AsyncClient, path: str, parameters: list[str]
) -> None:
    answer = await client.get(path)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert [fault["parameter"] for fault in answer.json()["errors"]] == parameters


async def test_an_unknown_path_and_an_unheld_period_are_problems(client: httpx.AsyncClient) -> None:
    for path in ("/nothing", "/price-stack/2025-10-26/50"):
        answer = await client.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


async def test_a_stack_comes_with_its_price_and_its_neighbours(
    client: httpx.AsyncClient, database: Path
) -> None:
    take_in_rows(SYSTEM_PRICES, database / "in", [price_row("2026-08-02", 3)])
    for day, period in ((1, 48), (2, 3), (2, 9)):
        rows = stack_rows(date(2026, 8, day), period)
        store_rows(actor=CONSOLE_OPERATOR, name="action_stack", rows=rows, source="t", now=NOW)
    told = (await client.get("/price-stack/2026-08-02/3")).json()
    assert told["price"]["system_buy_price_gbp_per_mwh"] == 160.0
    assert told["previous"] == {"settlement_date": "2026-08-01", "settlement_period": 48}
    assert told["next"] == {"settlement_date": "2026-08-02", "settlement_period": 9}
    assert [action["action_id"] for action in told["actions"]] == ["a", "b"]
    assert told["actions"][0]["volume_after_price_average_mwh"] == 1.0
    assert latest_stack(actor=ANYONE) == PeriodOfDay(date(2026, 8, 2), 9)
    csv = await client.get("/price-stack/2026-08-02/3", params={"format": "csv"})
    assert len(csv.text.splitlines()) == 3


async def test_confidential_datasets_are_nowhere(client: httpx.AsyncClient, database: Path) -> None:
    rows = pl.DataFrame(
        {
            "settlement_date": [date(2026, 8, 1)],
            "settlement_period": [1],
            "party_id": ["P"],
            "energy_account": ["P-C"],
            "contract_volume_mwh": [1.0],
        }
    )
    store_rows(actor=CONSOLE_OPERATOR, name="contract_volumes", rows=rows, source="t", now=NOW)
    told = await client.get("/datasets")
    assert told.status_code == 200
    names = {dataset["name"] for dataset in told.json()["datasets"]}
    assert names == {name for name, one in datasets().items() if one.classification == "public"}
    assert {"generation_by_fuel", "bm_unit_registrations", "demand_control"} <= names
    for hidden in datasets().keys() - names:
        refused = await client.get("/events", params={"dataset": hidden})
        assert refused.status_code == 400, hidden


@needs_real_data
async def test_the_greatest_price_of_nine_years_is_seen_at_every_zoom(
    client: httpx.AsyncClient, database: Path
) -> None:
    take_in(SYSTEM_PRICES, REAL / "prices" / "system_prices_2016_2024.parquet")
    for from_on, to in (
        ("2016-01-01", "2024-12-31"),
        ("2021-06-01", "2021-09-30"),
        ("2021-09-09", "2021-09-09"),
    ):
        asked = {"from": from_on, "to": to, "points": "500"}
        told = json.loads((await client.get("/system-prices", params=asked)).content)
        assert len(told["time"]) <= 500
        assert told["time"] == sorted(told["time"])
        assert told["thinned"] == (from_on != to)
        assert max(price for price in told["system_price"] if price is not None) == 4037.8


async def test_series_stand_on_one_clock_and_say_what_they_are(client: httpx.AsyncClient) -> None:
    store_a_row_of_everything("generation_by_fuel", "national_demand")
    names = "generation_by_fuel.generation_mw@WIND,national_demand.demand_mw"
    asked = {"series": names, "from": "2026-11-10", "to": "2026-11-10"}
    told = (await client.get("/series", params=asked)).json()
    assert [(one["name"], one["unit"]) for one in told["series"]] == [
        ("Wind generation", "MW"),
        ("National demand", "MW"),
    ]
    assert len(told["time"]) == 6
    assert [len(values) for values in told["values"].values()] == [6, 6]
    assert told["values"]["national_demand.demand_mw"] == [5.0] * 6
    csv = await client.get("/series", params={**asked, "format": "csv"})
    assert csv.text.splitlines()[0] == f"time,{names}"
    newest = (await client.get("/series", params={"series": "national_demand.demand_mw"})).json()
    assert newest["values"] == {"national_demand.demand_mw": [5.0]}


async def test_series_that_cannot_be_drawn_are_told_of(client: httpx.AsyncClient) -> None:
    assert (await client.get("/series")).status_code == 400
    for name in ("", "x", "contract_volumes.contract_volume_mwh", ",".join(["a.b"] * 9)):
        answer = await client.get("/series", params={"series": name})
        assert answer.status_code == 400, name
        assert answer.json()["errors"][0]["parameter"] == "series"


async def test_the_market_now_is_told_once_and_again_when_it_changes(
    client: httpx.AsyncClient, database: Path
) -> None:
    empty = await client.get("/market-now")
    assert empty.json()["time"] is None
    take_in_rows(FUELINST, database / "in", [fuel_row("2025-10-26T00:00:00Z", generation=500)])
    told = await client.get("/market-now")
    assert told.headers["etag"] != empty.headers["etag"]
    assert told.json()["generation"]["fuels"][0]["value"] == 500
    assert "generation_by_fuel" in told.json()["datasets"]
    again = await client.get("/market-now", headers={"If-None-Match": told.headers["etag"]})
    assert again.status_code == 304
    then = await client.get("/market-now", params={"at": "2025-10-26T00:04:00Z"})
    assert then.json()["datasets"] == []
    lines = (await client.get("/market-now", params={"format": "csv"})).text.splitlines()
    assert lines[0] == "figure,value,unit,at,dataset"
    assert lines[1].startswith("Wind,500.0,MW,2025-10-26T00:00:00Z")
    wrong = await client.get("/market-now", params={"at": "yesterday"})
    assert wrong.status_code == 400
