"""Every address of the public data service: names, types, envelopes, formats and faults."""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

import httpx
import polars as pl
import pytest
import sqlalchemy as sa

from kinnect_app.api import bmrs
from kinnect_app.api.bmrs import PREFIX, WARNING, router
from state.domain.actor import ANYONE, CONSOLE_OPERATOR
from state.domain.bmrs.arguments import read_arguments
from state.domain.bmrs.catalogue import Endpoint, endpoint_at, endpoints, moved
from state.domain.bmrs.views import is_plain
from state.domain.datasets import datasets
from state.persistence.models.dataset import DatasetPartRow
from state.persistence.models.publishing import PublishingSettingRow
from state.persistence.transaction import transaction
from state.services.bmrs import public_parts, public_rows
from state.services.ingest import store_rows
from tests.api import app_of
from tests.bmrs_addresses import address, faults, rows_of
from tests.public_data import (
    DAY,
    NOW,
    PERIOD,
    START,
    close_by_hand,
    everything,
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with everything(tmp_path_factory.mktemp("bmrs")) as folder:
        yield folder


@pytest.fixture
async def client(filled: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app_of(router))
    async with httpx.AsyncClient(transport=transport, base_url=f"http://test{PREFIX}") as client:
        yield client


ONLY_CONFIGURATION = ("/reference/fueltypes", "/reference/interconnectors")
"""Lists that are no rows of a dataset."""

IN_USE = [one for one in endpoints().values() if one.envelope != "status"]


@pytest.mark.parametrize("endpoint", IN_USE, ids=lambda one: one.path)
async def test_every_address_gives_rows_of_its_names_and_types(
    endpoint: Endpoint, client: httpx.AsyncClient
) -> None:
    answer = await client.get(address(endpoint))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    rows = rows_of(endpoint, answer.json())
    assert rows, f"{endpoint.path} gives nothing of a store that holds something of everything"
    if endpoint.fields:
        assert faults(rows[0], endpoint.fields) == []
    else:
        assert all(isinstance(row, str) for row in rows)


@pytest.mark.parametrize("endpoint", IN_USE, ids=lambda one: one.path)
async def test_every_address_is_empty_in_its_envelope_where_nothing_is_held(
    endpoint: Endpoint, client: httpx.AsyncClient
) -> None:
    answer = await client.get(address(endpoint, asOf="1999-01-01"))
    assert answer.status_code == 200, answer.text
    rows = rows_of(endpoint, answer.json())
    if not endpoint.path.startswith(("/reference/", "/datasets/metadata")):
        assert rows == []


@pytest.fixture(params=["closed", "held back"])
def nothing_shown(request: pytest.FixtureRequest, filled: Path) -> Iterator[None]:
    if request.param == "closed":
        close_by_hand(*datasets())
    else:
        hold_back_by_hand(NOW)
    yield
    hold_back_by_hand(None)
    with transaction() as session:
        session.execute(sa.delete(PublishingSettingRow))


def hold_back_by_hand(since: datetime | None) -> None:
    with transaction() as session:
        session.execute(sa.update(DatasetPartRow).values(held_since=since))


def test_no_address_reads_a_row_of_what_is_closed_or_held_back(nothing_shown: None) -> None:
    """Rows of one dataset come the same way at every address, so one of those stands for all."""
    plain = next(one for one in IN_USE if is_plain(one))
    for endpoint in [plain, *(one for one in IN_USE if not is_plain(one))]:
        path, _, query = address(endpoint).partition("?")
        at = endpoint_at(path)
        assert at is not None
        asked = read_arguments(endpoint, at[1], parse_qsl(query))
        rows = public_rows(actor=ANYONE, endpoint=endpoint, asked=asked)
        if not endpoint.path.startswith(ONLY_CONFIGURATION):
            assert rows.is_empty(), endpoint.path


async def test_every_required_value_is_asked_for_at_once(client: httpx.AsyncClient) -> None:
    answer = await client.get("/datasets/ABUC")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"] == {
        "publishDateTimeFrom": ["The publishDateTimeFrom field is required."],
        "publishDateTimeTo": ["The publishDateTimeTo field is required."],
    }


@pytest.mark.parametrize(("old", "new"), sorted(moved().items()))
async def test_old_addresses_lead_to_the_new(old: str, new: str, client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{old}?from=2026-11-10")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"{PREFIX}{new}?from=2026-11-10"


async def test_formats(client: httpx.AsyncClient) -> None:
    path = "/datasets/FUELINST?settlementDateFrom=2026-11-10&settlementDateTo=2026-11-10"
    rows = (await client.get(path)).json()["data"]
    assert len(rows) == 12
    csv = await client.get(f"{path}&format=csv")
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert csv.text.splitlines()[0] == ",".join(rows[0])
    xml = await client.get(f"{path}&format=xml")
    items = ET.fromstring(xml.text).findall("data/item")  # noqa: S314  # our own answer
    assert [item.findtext("generation") for item in items] == [
        str(row["generation"]) for row in rows
    ]
    parquet = pl.read_parquet(BytesIO((await client.get(f"{path}&format=parquet")).content))
    arrow = pl.read_ipc_stream(BytesIO((await client.get(f"{path}&format=arrow")).content))
    assert parquet.equals(arrow)
    assert parquet["generation"].to_list() == [row["generation"] for row in rows]
    accepted = await client.get(path, headers={"Accept": "application/xml"})
    assert accepted.content == xml.content
    refused = await client.get(f"{path}&format=pdf")
    assert refused.json()["errors"] == {"format": ["Give one of json, xml, csv, parquet, arrow."]}


async def test_nested_values_in_csv_and_xml(client: httpx.AsyncClient) -> None:
    path = f"/balancing/settlement/acceptance/volumes/all/offer/{DAY}"
    told = (await client.get(path)).json()["data"][0]["pairVolumes"]
    assert told["positive1"] == 5
    assert told["negative1"] is None
    csv = pl.read_csv((await client.get("/forecast/availability/summary/14D?format=csv")).content)
    assert json.loads(csv["data"][0]) == [{"fuelType": "WIND", "outputUsable": 5}]
    xml = ET.fromstring((await client.get(f"{path}?format=xml")).text)  # noqa: S314  # our own
    assert xml.findtext("data/item/pairVolumes/positive1") == "5.0"


async def test_unknown_names_are_told_of_and_refused_when_strict(
    client: httpx.AsyncClient,
) -> None:
    path = "/datasets/FREQ?publishDateTimeFrom=2026-11-10&APIKey=1234"
    passed = await client.get(path)
    assert passed.status_code == 200
    assert passed.headers[WARNING].endswith("publishDateTimeFrom")
    refused = await client.get(f"{path}&strict=true")
    assert refused.status_code == 400
    assert list(refused.json()["errors"]) == ["publishDateTimeFrom"]


async def test_a_period_that_its_day_does_not_have_is_not_there(client: httpx.AsyncClient) -> None:
    answer = await client.get("/balancing/settlement/stack/all/bid/2026-11-10/49")
    assert answer.status_code == 404
    assert answer.json() == {
        "statusCode": 404,
        "message": "2026-11-10 has 48 Settlement Periods; there is no period 49.",
    }
    long_day = await client.get("/balancing/settlement/stack/all/bid/2026-10-25/50")
    assert long_day.json()["data"] == []


async def test_hostile_values_are_faults_of_their_parameter(client: httpx.AsyncClient) -> None:
    for value in ("2026-13-01", "0001-01-01", "9999-12-31", "x" * 5000, "1e9", "\u202e", "'; --"):
        answer = await client.get("/datasets/FUELINST", params={"settlementDateFrom": value})
        assert answer.status_code == 400, value
        assert list(answer.json()["errors"]) == ["settlementDateFrom"]
    for value in ("0", "51", "-1", "1.5", "٣", "99999999999999999999"):
        answer = await client.get("/datasets/FUELINST", params={"settlementPeriod": value})
        assert answer.status_code == 400, value
    backwards = {"settlementDateFrom": "2026-11-11", "settlementDateTo": "2026-11-10"}
    answer = await client.get("/datasets/FUELINST", params=backwards)
    assert answer.json()["errors"] == {
        "settlementDateTo": ["It must not be before settlementDateFrom."]
    }


async def test_a_century_may_be_asked_for(client: httpx.AsyncClient) -> None:
    path = "/datasets/FUELINST/stream?settlementDateFrom=1990-01-01&settlementDateTo=2090-01-01"
    assert len((await client.get(path)).json()) == 12


async def test_an_answer_that_the_program_has_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get("/datasets/INDO")
    again = await client.get("/datasets/INDO", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


async def test_a_unit_may_be_given_by_any_of_its_names(client: httpx.AsyncClient) -> None:
    path = f"/datasets/PN?settlementDate={DAY}&settlementPeriod={PERIOD}&bmUnit="
    for name in ("T_TEST-1", "TEST-1", "t_test-1", "X1"):  # X1 is its EIC in the register
        rows = (await client.get(path + name)).json()["data"]
        assert [(row["bmUnit"], row["nationalGridBmUnit"]) for row in rows] == [
            ("T_TEST-1", "TEST-1")
        ]
    assert (await client.get(path + "T_OTHER-1")).json()["data"] == []


async def test_the_description_names_every_address(client: httpx.AsyncClient) -> None:
    told = (await client.get("/openapi.json")).json()
    assert told["openapi"] == "3.1.0"
    assert set(told["paths"]) == set(endpoints())
    assert (await client.get("/health")).json() == "Healthy"
    nowhere = await client.get("/datasets/NOPE")
    assert nowhere.status_code == 404
    assert nowhere.json()["statusCode"] == 404


@pytest.mark.parametrize(
    ("stream", "format_name"), [("", "json"), ("", "csv"), ("", "xml"), ("/stream", "json")]
)
async def test_a_long_answer_leaves_in_parts_and_is_the_same(
    stream: str,
    format_name: str,
    client: httpx.AsyncClient,
    filled: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later = START + timedelta(days=3)
    rows = pl.DataFrame([_fuel_row(later, "WIND"), _fuel_row(later, "NUCLEAR")])
    store_rows(actor=CONSOLE_OPERATOR, name="generation_by_fuel", rows=rows, source="t", now=NOW)
    path = f"/datasets/FUELINST{stream}?settlementDateFrom=2000-01-01&settlementDateTo=2090-01-01"
    whole = await client.get(f"{path}&format={format_name}")
    monkeypatch.setattr(bmrs, "public_parts", partial(public_parts, most_rows=4))
    in_parts = await client.get(f"{path}&format={format_name}")
    assert in_parts.content == whole.content
    assert in_parts.headers["etag"] == whole.headers["etag"]
    assert "content-length" in whole.headers
    assert "content-length" not in in_parts.headers
    has = {"If-None-Match": whole.headers["etag"]}
    assert (await client.get(f"{path}&format={format_name}", headers=has)).status_code == 304


def _fuel_row(start: datetime, fuel: str) -> dict[str, Any]:
    return {"start_at": start, "published_at": start, "fuel_code": fuel, "generation_mw": 7}


async def test_text_is_packed_for_those_who_can_unpack_it(client: httpx.AsyncClient) -> None:
    assert "content-encoding" not in (await client.get("/datasets/INDO")).headers  # too short
    path = "/datasets/FUELINST?settlementDateFrom=2026-11-10&settlementDateTo=2026-11-10"
    packed = await client.get(path)
    plain = await client.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
