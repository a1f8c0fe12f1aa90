import json
from io import BytesIO
from pathlib import Path

import httpx
import polars as pl
import pytest

from kinnect_app.ingest.system_prices import SYSTEM_PRICES
from state.domain.permissions import Capacity
from state.domain.query import Question
from state.services import query as service
from state.services.query import NoSandboxError, TooManyQueriesError
from state.services.saved_queries import save_query
from tests.api import asking, whole_api
from tests.market import NOW, tiny_market
from tests.unit.state.services.feeds import price_row, take_in_rows

ADDRESS = "/insights/query"
PRICES = (
    "SELECT start_at, system_buy_price_gbp_per_mwh, settlement_date, price_derivation_code = 'P' "
    "AS short FROM system_prices ORDER BY start_at"
)


@pytest.fixture
async def client(database: Path):
    taken = [price_row(period=1), price_row(period=2, systemBuyPrice=-5.5)]
    take_in_rows(SYSTEM_PRICES, database / "in", taken)
    async with asking(whole_api()) as asked:
        yield asked


async def got(client: httpx.AsyncClient, sql: str = PRICES, **more: str) -> httpx.Response:
    return await client.get(ADDRESS, params={"sql": sql, **more})


async def test_json_is_columns_with_their_types_and_units(client: httpx.AsyncClient) -> None:
    answer = await got(client)
    told = answer.json()
    assert answer.status_code == 200
    assert told["columns"] == [
        {"name": "start_at", "type": "moment", "unit": None},
        {"name": "system_buy_price_gbp_per_mwh", "type": "number", "unit": "GBP/MWh"},
        {"name": "settlement_date", "type": "date", "unit": None},
        {"name": "short", "type": "flag", "unit": None},
    ]
    assert told["data"] == {
        "start_at": [1785538800000, 1785540600000],
        "system_buy_price_gbp_per_mwh": [160.0, -5.5],
        "settlement_date": ["2026-08-01", "2026-08-01"],
        "short": [True, True],
    }
    assert (told["rows"], told["truncated"]) == (2, None)


async def test_each_format_holds_the_same_rows(client: httpx.AsyncClient) -> None:
    csv = await got(client, format="csv")
    parquet = await got(client, format="parquet")
    arrow = await got(client, format="arrow")
    rows = pl.read_parquet(BytesIO(parquet.content))
    assert rows.equals(pl.read_ipc_stream(BytesIO(arrow.content)))
    assert csv.text.splitlines()[1] == "2026-07-31T23:00:00Z,160.0,2026-08-01,true"
    assert rows.height == 2
    for answer, name in ((csv, "csv"), (parquet, "parquet"), (arrow, "arrow")):
        assert f"kinnect-query.{name}" in answer.headers["content-disposition"]


async def test_a_chart_is_lines_over_time(client: httpx.AsyncClient) -> None:
    told = (await got(client, format="chart")).json()
    assert told["time"] == [1785538800000, 1785540600000]
    assert told["lines"] == [{"id": "system_buy_price_gbp_per_mwh", "unit": "GBP/MWh"}]
    assert told["columns"] == {"system_buy_price_gbp_per_mwh": [160.0, -5.5]}
    assert told["minutes"] == 30
    assert (await got(client, "SELECT 1", format="chart")).json()["time"] == []


async def test_a_body_is_asked_the_same(client: httpx.AsyncClient) -> None:
    body = {"sql": PRICES, "as_of": "2026-08-01T00:00:00Z"}
    answer = await client.post(ADDRESS, json=body)
    assert answer.json()["rows"] == 0
    assert (await client.post(ADDRESS, json={"sql": PRICES})).json()["rows"] == 2


async def test_what_is_no_number_is_no_data(client: httpx.AsyncClient) -> None:
    told = json.loads((await got(client, "SELECT 'nan'::DOUBLE AS a, 'inf'::DOUBLE AS b")).content)
    assert told["data"] == {"a": [None], "b": [None]}


async def test_the_same_is_not_sent_twice(client: httpx.AsyncClient, database: Path) -> None:
    tag = (await got(client)).headers["etag"]
    again = await client.get(ADDRESS, params={"sql": PRICES}, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    take_in_rows(SYSTEM_PRICES, database / "in", [price_row(period=3)])
    assert (await got(client)).headers["etag"] != tag
    assert "etag" not in (await got(client, "SELECT now()")).headers


async def test_more_rows_than_allowed_warn(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("state.domain.query_limits.query_rows_most", lambda _on: 1)
    answer = await got(client)
    assert answer.headers["x-kinnect-warning"].startswith("These are the first 1 rows.")
    assert answer.json()["truncated"].startswith("These are the first 1 rows.")


@pytest.mark.parametrize(
    ("given", "parameter", "words"),
    [
        ({}, "sql", "Write a query"),
        ({"sql": "DROP TABLE a"}, "sql", "begins with SELECT"),
        ({"sql": "SELECT * FROM nothing"}, "sql", "no public table nothing"),
        ({"sql": "SELECT 1", "format": "xml"}, "format", "Give one of json"),
        ({"sql": "SELECT 1", "as_of": "then"}, "as_of", "neither a date"),
        ({"sql": "SELECT 1", "limit": "3"}, "limit", "no such parameter"),
    ],
)
async def test_a_fault_is_a_problem_that_names_it(
    given: dict[str, str], parameter: str, words: str, client: httpx.AsyncClient
) -> None:
    for answer in (
        await client.get(ADDRESS, params=given),
        await client.post(ADDRESS, json=given),
    ):
        assert answer.status_code == 400
        assert answer.headers["content-type"] == "application/problem+json"
        (fault,) = answer.json()["errors"]
        assert fault["parameter"] == parameter
        assert words in fault["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"sql": 1}', b'{"sql": "a", "sql": "b"}'])
async def test_a_body_that_is_no_object_of_texts_is_a_problem(
    body: bytes, client: httpx.AsyncClient
) -> None:
    answer = await client.post(ADDRESS, content=body)
    assert answer.status_code == 400
    assert "pointer" in answer.json()["errors"][0]


async def test_a_body_beyond_reason_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.post(ADDRESS, json={"sql": "x" * 200_000})).status_code == 413


async def test_too_many_or_no_sandbox_are_told_of(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = {
        429: TooManyQueriesError(of_one=True),
        503: TooManyQueriesError(of_one=False),
    }
    for status, fault in (*faults.items(), (503, NoSandboxError())):

        def fail(fault: Exception = fault, **_: object) -> None:
            raise fault

        monkeypatch.setattr(service, "answer_query", fail)
        answer = await got(client)
        assert (answer.status_code, answer.json()["detail"]) == (status, str(fault))
        assert ("retry-after" in answer.headers) == isinstance(fault, TooManyQueriesError)


async def test_a_saved_query_has_an_address_of_its_own(client: httpx.AsyncClient) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.VIEWER)
    kept = save_query(actor=ann, name="Prices", question=Question(PRICES), now=NOW)
    answer = await client.get(f"{ADDRESS}/saved/{kept.public_id}", params={"format": "json"})
    assert answer.json()["rows"] == 2
    assert (await client.get(f"{ADDRESS}/saved/none")).status_code == 404
