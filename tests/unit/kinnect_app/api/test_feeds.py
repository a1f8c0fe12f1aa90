"""Refused rows as a file over HTTP: for who looks after feeds, and no cell is a formula."""

import csv
from datetime import UTC, datetime
from io import StringIO

import httpx
import polars as pl
import pytest

from kinnect_app.api.feeds import router
from kinnect_app.ingest.fuelinst import FUELINST
from kinnect_app.settings import settings
from state.domain.actor import ANYONE, CONSOLE_OPERATOR
from state.domain.feeds import GivenFile
from state.services.ingest import ingest_files
from state.services.sessions import (
    DEVELOPMENT,
    DEVELOPMENT_ISSUER,
    WAYS_IN,
    Identity,
    begin_session,
)
from state.ui.session import clock
from tests.api import app_of
from tests.market import tiny_market
from tests.replay_service import BAD_ROW

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
async def client(database, monkeypatch):
    monkeypatch.setattr(WAYS_IN, "development", True)
    tiny_market()
    bad = GivenFile("=evil.json", pl.DataFrame([BAD_ROW | {"fuelType": "=HYPERLINK(1)"}] * 60))
    ingest_files(actor=CONSOLE_OPERATOR, feed=FUELINST, given=[bad], now=NOW)
    transport = httpx.ASGITransport(app_of(router))
    async with httpx.AsyncClient(transport=transport, base_url="http://test/api/v1") as asking:
        yield asking


def cookie(subject: str) -> dict[str, str]:
    if not subject:
        return {}
    identity = Identity(DEVELOPMENT_ISSUER, subject, DEVELOPMENT)
    begun = begin_session(actor=ANYONE, identity=identity, now=clock())
    return {"Cookie": f"{settings().cookie}={begun.secret}"}


async def test_every_refused_row_is_in_the_file_and_no_cell_is_a_formula(client) -> None:
    answer = await client.get("/feeds/reports/1", headers=cookie("otto"))
    assert answer.status_code == 200
    assert "refused-rows-1.csv" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert [row["row"] for row in rows] == [str(number) for number in range(1, 61)]
    assert {(row["file"], row["value"]) for row in rows} == {("'=evil.json", "'=HYPERLINK(1)")}
    assert all("no fuel code" in row["reason"] for row in rows)


@pytest.mark.parametrize(
    ("path", "subject", "status"),
    [
        ("/feeds/reports/1", "", 401),
        ("/feeds/reports/1", "ben", 403),
        ("/feeds/reports/1", "stella", 403),
        ("/feeds/reports/2", "otto", 404),
        ("/feeds/reports/99999999999999999999", "otto", 404),
        ("/feeds/reports/..%2F1", "otto", 404),
        ("/feeds/reports/x", "otto", 404),
    ],
)
async def test_everybody_else_is_refused(client, path, subject, status) -> None:
    answer = await client.get(path, headers=cookie(subject))
    assert answer.status_code == status
    assert "HYPERLINK" not in answer.text
