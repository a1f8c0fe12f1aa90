"""What is secret or large goes by a door of its own: by the session, and once."""

import io
import zipfile
from collections.abc import AsyncIterator

import httpx
import pytest

from kinnect_app.api.account_data import router
from kinnect_app.settings import settings
from state.domain.actor import ANYONE, THE_CLOCK, Actor
from state.domain.permissions import Capacity, StaffRole
from state.services.choose_company import choose_company
from state.services.data_exports import ask_for_export, make_exports
from state.services.sessions import (
    DEVELOPMENT,
    DEVELOPMENT_ISSUER,
    WAYS_IN,
    Identity,
    begin_session,
    session_id_of,
)
from state.services.verification_phrases import check_phrase
from state.ui.session import clock
from tests.api import app_of
from tests.market import tiny_market


@pytest.fixture
def market(database, monkeypatch):
    monkeypatch.setattr(WAYS_IN, "development", True)
    return tiny_market()


@pytest.fixture
async def client(market) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app_of(router))
    base = "http://test/api/v1/account"
    async with httpx.AsyncClient(transport=transport, base_url=base) as client:
        yield client


def sign_in(client: httpx.AsyncClient, market, subject: str, company: str) -> None:
    identity = Identity(DEVELOPMENT_ISSUER, subject, DEVELOPMENT)
    begun = begin_session(actor=ANYONE, identity=identity, now=clock())
    who = Actor(
        "person",
        subject,
        person_id=market.people[subject],
        session_id=session_id_of(begun.secret),
    )
    choose_company(actor=who, public_id=company, now=clock())
    client.cookies.set(settings().cookie, begun.secret)


def own_page() -> dict[str, str]:
    return {"origin": next(iter(settings().own_origins))}


@pytest.fixture
def copy(market) -> str:
    amy = market.acting("amy", "ALPHA", Capacity.CATEGORY_A)
    public_id = ask_for_export(actor=amy, organisation_id=amy.organisation_id, now=clock())
    make_exports(actor=THE_CLOCK, now=clock())
    return public_id


async def test_who_asked_for_a_copy_downloads_it(client, market, copy) -> None:
    sign_in(client, market, "amy", "alpha")
    answer = await client.get(f"/exports/{copy}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "company.json" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


@pytest.mark.parametrize(
    ("subject", "company", "status"),
    [("", "", 401), ("al", "alpha", 403), ("ann", "alpha", 403), ("ben", "beta", 403)],
)
async def test_nobody_else_does(client, market, copy, subject, company, status) -> None:
    if subject:
        sign_in(client, market, subject, company)
    assert (await client.get(f"/exports/{copy}")).status_code == status


async def test_an_address_that_can_be_of_no_copy(client, market) -> None:
    sign_in(client, market, "amy", "alpha")
    assert (await client.get(f"/exports/{'x' * 41}")).status_code == 404
    assert (await client.get("/exports/none")).status_code == 403


async def test_a_phrase_is_made_from_a_page_of_ours_and_told_once(client, market) -> None:
    sign_in(client, market, "nick", "alpha")
    assert (await client.post("/phrase")).status_code == 403
    answer = await client.post("/phrase", headers=own_page())
    assert answer.headers["cache-control"] == "no-store"
    phrase = answer.json()["Your phrase"]
    stella = market.staff("stella", StaffRole.MARKET_ENTRY)
    found = check_phrase(actor=stella, email="nick@people.example", phrase=phrase, now=clock())
    assert found.name == "Nick"


async def test_who_signs_for_nothing_has_no_phrase(client, market) -> None:
    assert (await client.post("/phrase", headers=own_page())).status_code == 401
    sign_in(client, market, "al", "alpha")
    assert (await client.post("/phrase", headers=own_page())).status_code == 403
