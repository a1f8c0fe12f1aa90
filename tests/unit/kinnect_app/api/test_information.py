"""The door by which a company sends files, and the one by which either side fetches them."""

import hashlib
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from kinnect_app.api import information
from kinnect_app.api.edge import Edge
from kinnect_app.neighbours import scan_settings
from kinnect_app.settings import settings
from state.domain.actor import ANYONE
from state.domain.permissions import Capacity, StaffRole
from state.domain.uploaded_file import INFECTED
from state.services.information_answers import answer_request
from state.services.information_requests import request_for_company
from state.services.sessions import (
    DEVELOPMENT,
    DEVELOPMENT_ISSUER,
    WAYS_IN,
    Identity,
    begin_session,
)
from state.ui.session import clock
from tests.api import app_of
from tests.asked import PDF, ask_alpha
from tests.market import tiny_market
from tests.unit.kinnect_app.api.test_account_data import own_page, sign_in
from tests.unit.kinnect_app.uploads.test_virus_scan import EICAR, scanner

MEGABYTE = 1_048_576
__all__ = ["scanner"]


def sign_in_staff(client: httpx.AsyncClient) -> None:
    identity = Identity(DEVELOPMENT_ISSUER, "stella", DEVELOPMENT, factors="mfa")
    begun = begin_session(actor=ANYONE, identity=identity, now=clock())
    client.cookies.set(settings().cookie, begun.secret)


@pytest.fixture
def market(database, monkeypatch):
    monkeypatch.setattr(WAYS_IN, "development", True)
    return tiny_market()


@pytest.fixture
async def client(market, tmp_path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Edge(app_of(information.router), tmp_path))
    base = f"{settings().origin}/api/v1/account/information"
    async with httpx.AsyncClient(transport=transport, base_url=base) as client:
        yield client


@pytest.fixture
def asked(market) -> str:
    return ask_alpha(market.staff("stella", StaffRole.MARKET_ENTRY), now=clock())


async def sent(client, reference, *, name="diagram.pdf", content=PDF, headers=None):
    headers = {"x-file-name": name} | (own_page() if headers is None else headers)
    return await client.post(f"/{reference}/files", content=content, headers=headers)


async def file_sent_by_amy(client, market, reference) -> str:
    sign_in(client, market, "amy", "alpha")
    answer = await sent(client, reference, name="single%20line%20%E2%80%93%20site.pdf")
    assert answer.status_code == 201, answer.text
    assert answer.json() == {"bytes": len(PDF), "sha256": hashlib.sha256(PDF).hexdigest()}
    amy = market.acting("amy", "ALPHA", Capacity.CATEGORY_A)
    own = {"actor": amy, "organisation_id": amy.organisation_id, "reference": reference}
    answer_request(**own, text="", now=clock())
    (file,) = request_for_company(**own, now=clock()).files
    assert file.name == "single line – site.pdf"
    return file.public_id


async def test_a_file_is_sent_by_the_company_and_fetched_by_both_sides(
    client, market, asked
) -> None:
    public_id = await file_sent_by_amy(client, market, asked)
    for subject in ("amy", "stella"):
        if subject == "stella":
            client.cookies.clear()
            sign_in_staff(client)
        answer = await client.get(f"/files/{public_id}")
        assert (answer.status_code, answer.content) == (200, PDF)
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-type"] == "application/pdf"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("subject", "company", "status"),
    [("", "", 401), ("ann", "beta", 403), ("ben", "beta", 403)],
)
async def test_nobody_else_fetches_it(client, market, asked, subject, company, status) -> None:
    public_id = await file_sent_by_amy(client, market, asked)
    client.cookies.clear()
    if subject:
        sign_in(client, market, subject, company)
    assert (await client.get(f"/files/{public_id}")).status_code == status
    assert (await client.get("/files/none")).status_code == status


async def test_who_may_not_send_one_is_refused_before_it_is_read(client, market, asked) -> None:
    async def endless():
        yield b"%PDF-"
        pytest.fail("the body was read")

    assert (await sent(client, asked, content=endless())).status_code == 401
    sign_in(client, market, "amy", "alpha")
    for headers in ({}, {"origin": "https://elsewhere.example"}):
        answer = await sent(client, asked, content=endless(), headers=headers)
        assert answer.status_code == 403
    client.cookies.clear()
    sign_in(client, market, "ben", "beta")
    answer = await sent(client, asked, content=endless())
    assert answer.status_code == 422
    assert "does not await an answer" in answer.json()["detail"]
    client.cookies.clear()
    sign_in_staff(client)
    assert (await sent(client, asked, content=endless())).status_code == 403


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("setup.pdf", b"MZ\x90\x00" + b"x" * 99, "The selected file must be a PDF"),
        ("setup.exe", b"MZ\x90\x00", "The selected file must be a PDF, PNG, JPEG or CSV"),
        ("a.pdf", b"", "The selected file is empty"),
        ("", PDF, "Select a file"),
        ("a.pdf", b"%PDF-" + b"x" * (20 * MEGABYTE), "The selected file must be smaller than 20MB"),
        (
            "a.pdf",
            PDF.replace(b"/Root", b"/Encrypt 2 0 R /Root"),
            "The selected file is password protected",
        ),
    ],
    ids=["renamed", "program", "empty", "nameless", "too large", "protected"],
)
async def test_what_is_wrong_with_a_file_is_said(
    client, market, asked, name, content, said
) -> None:
    sign_in(client, market, "amy", "alpha")
    answer = await sent(client, asked, name=name, content=content)
    assert (answer.status_code, answer.json()["detail"]) == (422, said)


@pytest.fixture
def scanned(scanner, monkeypatch) -> Iterator[None]:
    monkeypatch.setenv("KINNECT_VIRUS_SCANNER", scanner)
    scan_settings.cache_clear()
    yield
    scan_settings.cache_clear()


async def test_a_virus_is_refused(client, market, asked, scanned) -> None:
    sign_in(client, market, "amy", "alpha")
    infected = PDF.replace(b"%%EOF", EICAR + b"\n%%EOF")
    answer = await sent(client, asked, content=infected)
    assert (answer.status_code, answer.json()["detail"]) == (422, INFECTED)
    assert (await sent(client, asked)).status_code == 201


async def test_only_this_door_takes_more_than_a_megabyte(client, market, asked) -> None:
    sign_in(client, market, "amy", "alpha")
    two = PDF[:-6] + b" " * 2 * MEGABYTE + b"%%EOF\n"
    assert (await sent(client, asked, content=two)).status_code == 201
    assert (await sent(client, f"{asked}/x", content=two)).status_code == 413
    too_much = {**own_page(), "content-length": str(22 * MEGABYTE)}
    assert (await sent(client, asked, content=b"x", headers=too_much)).status_code == 413
