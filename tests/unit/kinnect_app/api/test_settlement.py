"""A company's figures over HTTP: by the session's company, and by nothing that an address says."""

from collections.abc import AsyncIterator
from io import BytesIO

import httpx
import polars as pl
import pytest

from kinnect_app.api.runs import router as runs_router
from kinnect_app.api.settlement import PREFIX, router
from kinnect_app.settings import settings
from state.domain.actor import ANYONE, Actor
from state.services.choose_company import choose_company
from state.services.sessions import (
    DEVELOPMENT,
    DEVELOPMENT_ISSUER,
    WAYS_IN,
    Identity,
    begin_session,
    session_id_of,
)
from state.ui.session import clock
from tests.api import app_of
from tests.databases import installation
from tests.settled_companies import settled_companies, units_of
from tests.settled_market import DAY

FILES = (
    "charges",
    "imbalance?party=ALPHA&account=production",
    "files/party_cashflow.csv",
    "reports/ALPHA",
)


@pytest.fixture(scope="module")
def settled_home(tmp_path_factory):
    with settled_companies(tmp_path_factory.mktemp("api")) as made:
        yield made


@pytest.fixture
def settled(settled_home, monkeypatch):
    home, made = settled_home
    monkeypatch.setattr(WAYS_IN, "development", True)
    with installation(home):
        yield made


@pytest.fixture
async def client(settled) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app_of(router, runs_router))
    async with httpx.AsyncClient(transport=transport, base_url=f"http://test{PREFIX}") as client:
        yield client


def sign_in(client: httpx.AsyncClient, subject: str, company: str = "") -> None:
    identity = Identity(DEVELOPMENT_ISSUER, subject, DEVELOPMENT)
    begun = begin_session(actor=ANYONE, identity=identity, now=clock())
    if company:
        ann = Actor("person", "ann", person_id=1, session_id=session_id_of(begun.secret))
        choose_company(actor=ann, public_id=company, now=clock())
    client.cookies.set(settings().cookie, begun.secret)


def at(settled, rest: str, run: str = "second") -> str:
    return f"/{DAY}/runs/{settled.runs[run]}/{rest}"


async def test_charges_by_period_add_up_to_the_downloaded_file(client, settled) -> None:
    sign_in(client, "ann", "alpha")
    answer = await client.get(at(settled, "charges"))
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["party_id"] == "ALPHA"
    assert len(told["time"]) == 50
    kept = await client.get(at(settled, "files/party_cashflow.csv"))
    assert kept.headers["content-disposition"] == (
        'attachment; filename="2026-10-25-SF-1-party_cashflow.csv"'
    )
    rows = pl.read_csv(BytesIO(kept.content))
    assert rows["party_id"].unique().to_list() == ["ALPHA"]
    total = rows["net_to_party_gbp"].sum()
    assert sum(told["columns"]["net_to_party_gbp"]) == pytest.approx(total)
    parquet = await client.get(at(settled, "files/party_cashflow.parquet"))
    assert pl.read_parquet(BytesIO(parquet.content))["net_to_party_gbp"].sum() == total


async def test_a_part_of_the_day_as_csv(client, settled) -> None:
    sign_in(client, "ann", "alpha")
    part = "from=2026-10-25T00:00:00Z&to=2026-10-25T02:00:00Z&format=csv"
    answer = await client.get(at(settled, f"units/{units_of()[0]}?{part}"))
    assert answer.headers["content-type"].startswith("text/csv")
    assert pl.read_csv(BytesIO(answer.content)).height == 4
    imbalance = await client.get(at(settled, "imbalance?party=ALPHA&account=production"))
    assert imbalance.json()["energy_account"] == "production"


@pytest.mark.parametrize("rest", [*FILES, "units/x", "nothing/at/all"])
async def test_a_stranger_is_asked_to_sign_in(client, settled, rest) -> None:
    for cookie in ("", "forged", "x" * 4000):
        client.cookies.clear()
        if cookie:
            client.cookies.set(settings().cookie, cookie)
        answer = await client.get(at(settled, rest))
        assert answer.status_code == 401
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("rest", FILES)
async def test_who_acts_for_no_company_may_not_read(client, settled, rest) -> None:
    sign_in(client, "ann")
    assert (await client.get(at(settled, rest))).status_code == 403
    sign_in(client, "stella")
    assert (await client.get(at(settled, rest))).status_code == 403


async def test_of_another_company_nothing_is_there(client, settled) -> None:
    sign_in(client, "ben")
    assert (await client.get(at(settled, f"units/{units_of('ALPHA')[0]}"))).status_code == 404
    other = await client.get(at(settled, "imbalance?party=ALPHA&account=production"))
    assert other.status_code == 404
    own = pl.read_csv(BytesIO((await client.get(at(settled, FILES[2]))).content))
    assert own["party_id"].unique().to_list() == ["BETA"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/2026-10-24/runs/{second}/charges", 404),
        ("/never/runs/{second}/charges", 404),
        ("/2026-10-25/runs/0000/charges", 404),
        ("/2026-10-25/runs/%00/charges", 404),
        ("/2026-10-25/runs/{second}/files/nothing.csv", 404),
        ("/2026-10-25/runs/{second}/files/party_cashflow.xlsx", 404),
        ("/2026-10-25/runs/{second}/files/party_cashflow", 404),
        ("/2026-10-25/runs/{second}/files/..%2F..%2Fkinnect.csv", 404),
        ("/2026-10-25/runs/{second}/imbalance", 404),
        ("/2026-10-25/runs/{second}/charges?from=soon", 400),
        ("/2026-10-25/runs/{second}/charges?company=BETA", 400),
        ("/2026-10-25/runs/{second}/nothing", 404),
    ],
)
async def test_what_is_asked_wrongly_is_refused(client, settled, address, status) -> None:
    sign_in(client, "ann", "alpha")
    answer = await client.get(address.format(**settled.runs))
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"


async def test_the_settlement_report_is_the_companys_own(client, settled) -> None:
    sign_in(client, "ann", "alpha")
    answer = await client.get(at(settled, "reports/ALPHA"))
    assert answer.text.startswith("AAA|S0141013|")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="S0141_20261025_SF_1_ALPHA.txt"'
    )
    assert (await client.get(at(settled, "reports/BETA"))).status_code == 404


async def test_the_report_of_the_whole_day_is_for_staff(client, settled) -> None:
    address = f"http://test/api/v1/runs/{settled.runs['second']}/reports/S0142"
    assert (await client.get(address)).status_code == 401
    sign_in(client, "ann", "alpha")
    refused = await client.get(address)
    assert refused.status_code == 403
    assert refused.headers["cache-control"] == "no-store"
