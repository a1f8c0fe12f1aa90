"""Rows that a program pushes: checked like any, refused one by one, stored once."""

import json

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, CONSOLE_OPERATOR
from state.persistence.models.dataset import IngestRow
from state.persistence.models.person import PersonRow
from state.persistence.transaction import reading, transaction
from state.services.datasets import dataset_rows
from state.services.publishers import end_publisher
from tests.api import asking, asking_as, whole_api
from tests.market import tiny_market
from tests.programs import made_program, made_publisher, token_of
from tests.unit.kinnect_app.api.conftest import now, told
from tests.unit.state.services.feeds import price_row

PRICES = "/insights/datasets/DISEBSP/rows"
CSV = """\
settlementDate,settlementPeriod,createdDateTime,systemSellPrice,systemBuyPrice,netImbalanceVolume
2026-08-01,5,2026-09-01T00:00:00Z,160.0,160.0,344.25
"""


@pytest.fixture
def one(database):
    return tiny_market()


@pytest.fixture
async def publisher(one):
    async with asking_as(whole_api(), made_publisher(one, now=now()), now=now()) as client:
        yield client


def held() -> int:
    return dataset_rows(actor=ANYONE, name="system_prices").rows.height


def runs() -> list[IngestRow]:
    with reading() as session:
        return list(session.exec(select(IngestRow)))


async def test_good_rows_are_stored_and_each_other_is_told_with_its_reason(market, app) -> None:
    program = made_publisher(market, now=now())
    rows = [price_row(period=5), price_row(period=51), price_row(period=6, systemBuyPrice="cheap")]
    async with asking_as(app, program, now=now()) as client:
        answer = await client.post(PRICES, json={"data": rows})
    assert answer.status_code == 200, answer.text
    report = told(answer)
    counts = {name: report[name] for name in ("rows_read", "rows_stored", "rows_refused")}
    assert counts == {"rows_read": 3, "rows_stored": 1, "rows_refused": 2}
    assert (report["dataset"], report["code"]) == ("system_prices", "DISEBSP")
    assert sorted({(one["row"], one["column"]) for one in report["refused"]}) == [
        (2, "settlement_period"),
        (3, "system_buy_price_gbp_per_mwh"),
    ]
    assert all(one["reason"] and one["remedy"] for one in report["refused"])
    [run] = runs()
    assert (run.id, run.actor) == (report["cursor"], f"program:{program.public_id}")
    assert held() == 1


async def test_where_no_row_is_fit_the_answer_is_a_problem_and_nothing_is_stored(publisher) -> None:
    for rows in ([price_row(period=51), price_row(period=0)], [], [{"some": "thing"}]):
        answer = await publisher.post(PRICES, json=rows)
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        assert told(answer)["errors"]
    faults = told(await publisher.post(PRICES, json=[price_row(period=51)]))["errors"]
    assert faults[0]["pointer"] == "/0/settlement_period"
    assert held() == 0


async def test_csv_is_taken_and_what_is_held_is_held(publisher) -> None:
    kind = {"Content-Type": "text/csv; charset=utf-8"}
    assert told(await publisher.post(PRICES, content=CSV, headers=kind))["rows_stored"] == 1
    again = told(await publisher.post(PRICES, json=[price_row(priceDerivationCode=...)]))
    assert (again["rows_stored"], again["rows_held"]) == (0, 1)


async def test_a_key_does_it_once_and_stands_for_one_request(market, app) -> None:
    key = {"Idempotency-Key": "monday-1"}
    async with asking_as(app, made_publisher(market, now=now()), now=now()) as client:
        first = await client.post(PRICES, json=[price_row()], headers=key)
        second = await client.post(PRICES, json=[price_row()], headers=key)
        other = await client.post(PRICES, json=[price_row(period=6)], headers=key)
    assert first.content == second.content
    assert second.headers["Idempotent-Replayed"] == "true"
    assert other.status_code == 422
    assert "another request" in told(other)["detail"]
    assert len(runs()) == 1


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("application/xml", "<rows/>", 415),
        ("application/json", '[{"a": NaN}]', 400),
        ("application/json", '[{"a": 1, "a": 2}]', 400),
        ("application/json", '"rows"', 422),
        ("text/csv", b"\xff\xfe\x00", 422),
        ("application/json", f'[{{"a": "{"x" * 1_000_001}"}}]', 413),
        ("application/json", json.dumps([{"a": 1}] * 10_001), 413),
    ],
)
async def test_what_is_no_rows_or_too_many_is_refused(publisher, kind, content, status) -> None:
    answer = await publisher.post(PRICES, content=content, headers={"Content-Type": kind})
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    assert held() == 0


async def test_only_public_datasets_of_an_official_code_are_there(publisher) -> None:
    for code in ("NOTHING", "metered_volumes", "system_prices"):
        answer = await publisher.post(f"/insights/datasets/{code}/rows", json=[price_row()])
        assert answer.status_code == 404, code


async def test_who_lacks_the_scope_or_the_role_pushes_nothing(one) -> None:
    app = whole_api()
    async with asking(app) as anyone:
        assert (await anyone.post(PRICES, json=[price_row()])).status_code == 401
    async with asking_as(app, made_program(one, now=now()), now=now()) as company:
        assert (await company.post(PRICES, json=[price_row()])).status_code == 403
    program = made_publisher(one, now=now())
    token = token_of(program, now=now())
    with transaction() as session:
        session.get_one(PersonRow, one.people["sid"]).status = "suspended"
    async with asking(app, token) as client:
        assert (await client.post(PRICES, json=[price_row()])).status_code == 401
    with transaction() as session:
        session.get_one(PersonRow, one.people["sid"]).status = "active"
    end_publisher(actor=CONSOLE_OPERATOR, public_id=program.public_id, now=now())
    async with asking(app, token) as client:
        assert (await client.post(PRICES, json=[price_row()])).status_code == 401
    assert runs() == []


async def test_a_publisher_does_nothing_else(publisher) -> None:
    for address in ("/registry/organisation", "/registry/webhooks", "/registry/notices"):
        assert (await publisher.get(address)).status_code == 403


async def test_it_is_described(publisher) -> None:
    paths = told(await publisher.get("/openapi.json"))["paths"]
    described = paths["/api/v1/insights/datasets/{code}/rows"]["post"]
    assert set(described["requestBody"]["content"]) == {"application/json", "text/csv"}
    assert described["security"] == [{"program": ["data:publish"]}]
    assert {"200", "413", "415", "422", "503"} <= set(described["responses"])
