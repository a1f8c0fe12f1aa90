"""The trail as a file over HTTP: by the rights of the session behind the cookie."""

import csv
from collections.abc import AsyncIterator
from io import BytesIO, StringIO

import httpx
import polars as pl
import pytest

from kinnect_app.api.audit import router
from kinnect_app.settings import settings
from state.domain.actor import ANYONE
from state.domain.permissions import Capacity
from state.persistence.audit_trail import record
from state.persistence.transaction import transaction
from state.services.sessions import (
    DEVELOPMENT,
    DEVELOPMENT_ISSUER,
    WAYS_IN,
    Identity,
    begin_session,
)
from state.ui.session import clock
from tests.api import app_of
from tests.market import NOW, tiny_market


@pytest.fixture
def market(database, monkeypatch):
    monkeypatch.setattr(WAYS_IN, "development", True)
    made = tiny_market()
    with transaction() as session:
        record(
            session,
            actor=made.acting("ben", "BETA", Capacity.CATEGORY_A, "A"),
            event="access.confirmed",
            subject="=HYPERLINK(1)",
            organisation_id=made.organisations["BETA"],
            now=NOW,
        )
    return made


@pytest.fixture
async def client(market) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app_of(router))
    async with httpx.AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        yield client


def cookie(subject: str) -> dict[str, str]:
    identity = Identity(DEVELOPMENT_ISSUER, subject, DEVELOPMENT)
    begun = begin_session(actor=ANYONE, identity=identity, now=clock())
    return {"Cookie": f"{settings().cookie}={begun.secret}"}


async def test_an_auditor_takes_the_trail_along_and_no_cell_is_a_formula(client) -> None:
    answer = await client.get("/audit/entries?event=access&company=beta", headers=cookie("otto"))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert [(row["name"], row["subject"]) for row in rows] == [("Ben", "'=HYPERLINK(1)")]
    as_table = await client.get("/audit/entries?format=parquet", headers=cookie("otto"))
    table = pl.read_parquet(BytesIO(as_table.content))
    assert table["subject"][0] == "=HYPERLINK(1)"
    assert "session.began" in table["event"].to_list()
    none = await client.get("/audit/entries?format=parquet&event=zzz", headers=cookie("otto"))
    assert pl.read_parquet(BytesIO(none.content)).is_empty()


async def test_a_company_takes_its_own_along(client) -> None:
    answer = await client.get("/account/audit", headers=cookie("ben"))
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert {row["who"] for row in rows} == {"Ben"}
    assert "Access: confirmed" in {row["what"] for row in rows}


@pytest.mark.parametrize(
    ("path", "subject", "status"),
    [
        ("/audit/entries", "", 401),
        ("/audit/entries", "ben", 403),
        ("/audit/entries", "stella", 403),
        ("/audit/entries?from=yesterday", "otto", 400),
        ("/audit/entries?organisation_id=1", "otto", 400),
        ("/account/audit", "", 401),
        ("/account/audit", "otto", 403),
        ("/account/audit", "ann", 403),
        ("/account/audit?company=ALPHA", "ben", 400),
    ],
)
async def test_everybody_else_is_refused(client, path, subject, status) -> None:
    answer = await client.get(path, headers=cookie(subject) if subject else {})
    assert answer.status_code == status
    assert "HYPERLINK" not in answer.text
