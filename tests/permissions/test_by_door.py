"""Every door of the API, for every kind of token and every kind of session."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from sqlmodel import select

from kinnect_app.api.routers import ROUTERS
from kinnect_app.settings import settings
from state.domain.actor import ANYONE, THE_CLOCK, Actor
from state.domain.changes import ChangeAction, ChangeKind
from state.domain.permissions import Capacity, StaffRole
from state.persistence.bank_values import sealed
from state.persistence.changes import REGISTERS
from state.persistence.models.information_requests import InformationFileRow
from state.persistence.registers.register import Wanted
from state.persistence.transaction import reading, transaction
from state.services import data_exports, webhooks
from state.services.sessions import (
    DEVELOPMENT,
    DEVELOPMENT_ISSUER,
    WAYS_IN,
    Identity,
    begin_session,
)
from state.ui.session import clock
from tests import market as people_of
from tests.api import asking, whole_api
from tests.asked import answer_of, ask_alpha
from tests.databases import installation
from tests.market import NOW, TinyMarket
from tests.permissions.people import OF_OPERATOR, SCOPES, TABLE, Kind, kinds
from tests.programs import agreed_publisher, made_program, made_publisher, token_of
from tests.settled_companies import settled_companies, units_of
from tests.settled_market import DAY

DOORS: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "doors.yaml").read_text()
)
SESSIONS = {
    "viewer": "vic",
    "assistant": "al",
    "signatory N": "nick",
    "category_a": "amy",
    "market_entry": "stella",
    "participant_management": "peter",
    "settlement_operations": "silas",
    "administrator": "ada",
    "auditor": "otto",
}
"""Who of the tiny market is of which kind."""

FOR_NO_COMPANY = {"GET /api/v1/account/exports/{public_id}": {404}}
"""What a door answers who acts for no company, where that is not 403."""


def test_every_door_has_an_entry_and_every_entry_a_door() -> None:
    found = set()
    for route in (route for router in ROUTERS for route in router.routes):
        methods = sorted(route.methods - {"HEAD"})
        found.add(f"{methods[0] if len(methods) == 1 else 'ANY'} {route.path}")
    assert found == set(DOORS)
    for entry in DOORS.values():
        assert len({"scope", "needs", "anyone"} & set(entry)) == 1
        assert entry.get("scope", "registry:read") in SCOPES
        assert entry.get("needs", "org.view") in TABLE


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Iterator[dict[str, Any]]:
    """Settled companies, a program and a webhook: what the doors name is there."""
    with settled_companies(tmp_path_factory.mktemp("doors")) as (folder, settled):
        market = settled.market
        _viewer(market)
        _bank_account(market)
        with installation(folder), pytest.MonkeyPatch.context() as patched:
            patched.setattr(WAYS_IN, "development", True)
            yield _made(market, settled.runs["second"])


def _made(market: TinyMarket, run: str) -> dict[str, Any]:
    now = clock()
    amy = market.acting("amy", "ALPHA", Capacity.CATEGORY_A, "A")
    every = made_program(market, name="Every", by=amy, now=now)
    scoped = {
        scope: token_of(
            made_program(market, name=f"P{at}", scopes=(scope,), by=amy, now=now), now=now
        )
        for at, scope in enumerate(SCOPES)
        if scope != OF_OPERATOR
    } | {OF_OPERATOR: token_of(made_publisher(market, now=now), now=now)}
    hook = webhooks.add_webhook(
        actor=amy,
        organisation_id=amy.organisation_id,
        url="https://hooks.alpha.example/here",
        events=["change.applied"],
        now=now,
    )
    return {
        "tokens": {"": "", "kin_t_forged": "kin_t_forged"} | scoped,
        "sessions": {"anyone": ""} | {kind: _session(who) for kind, who in SESSIONS.items()},
        "names": {
            "day": f"/api/v1/settlement/{DAY}/runs/{run}",
            "run": run,
            "unit": units_of()[0],
            "program": every.public_id,
            "webhook": hook,
            "publisher": agreed_publisher(market, now=now),
            "export": _export(amy),
            **_asked(market, amy),
        },
    }


@pytest.fixture
async def client(home) -> AsyncIterator[httpx.AsyncClient]:
    async with asking(whole_api()) as asked:
        yield asked


OF_PROGRAMS = [door for door, entry in DOORS.items() if "scope" in entry]
OF_SESSIONS = [door for door, entry in DOORS.items() if "needs" in entry]
OF_ANYONE = [door for door, entry in DOORS.items() if "anyone" in entry and "endless" not in entry]


@pytest.mark.parametrize("door", OF_PROGRAMS)
async def test_a_door_of_programs_opens_to_its_scope_alone(door: str, home, client) -> None:
    entry = DOORS[door]
    for scope, token in home["tokens"].items():
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = await _knock(client, home, door, headers)
        expected = 403 if scope in SCOPES else 401
        assert answer.status_code == (_ok(entry) if scope == entry["scope"] else expected), scope
    for kind, cookie in home["sessions"].items():
        answer = await _knock(client, home, door, {"Cookie": cookie})
        assert answer.status_code == 401, kind


@pytest.mark.parametrize("door", OF_SESSIONS)
async def test_a_door_of_people_opens_to_those_whom_the_matrix_lets_in(
    door: str, home, client
) -> None:
    entry, known = DOORS[door], kinds()
    for name, cookie in home["sessions"].items():
        answer = await _knock(client, home, door, {"Cookie": cookie})
        if _lets_in(known[name], entry["needs"]) and name in entry.get("only", [name]):
            assert answer.status_code == _ok(entry), name
        else:
            refused = {401} if name == "anyone" else {403} | FOR_NO_COMPANY.get(door, set())
            assert answer.status_code in refused, name
    for token in home["tokens"].values():
        answer = await _knock(client, home, door, {"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401


@pytest.mark.parametrize("door", OF_ANYONE)
async def test_a_door_for_anyone_opens_to_anyone(door: str, home, client) -> None:
    entry = DOORS[door]
    for cookie in home["sessions"].values():
        answer = await _knock(client, home, door, {"Cookie": cookie})
        assert answer.status_code == _ok(entry)


def _lets_in(kind: Kind, needs: str) -> bool:
    """What is a company's needs one that they act for; but for what staff have of every one."""
    of_all = needs in {
        "settlement.run_view",
        "audit.view_all",
        "bank.reveal",
        "feed.view",
        "information.view",
        "publisher.propose",
    }
    return kind.may(needs) and (of_all or kind.actor.organisation_id is not None)


async def _knock(
    client: httpx.AsyncClient, home: dict[str, Any], door: str, headers: dict[str, str]
) -> httpx.Response:
    method, _, path = door.partition(" ")
    address = DOORS[door].get("at", path).format(**home["names"])
    sends = DOORS[door].get("sends")
    return await client.request(
        "GET" if method == "ANY" else method,
        f"http://test{address}",
        headers={"Origin": settings().origin, **headers},
        json=sends,
    )


def _export(amy: Actor) -> str:
    """A copy of ALPHA's data, made for whoever asked."""
    own = {"actor": amy, "organisation_id": amy.organisation_id, "now": clock()}
    public_id = data_exports.ask_for_export(**own)
    data_exports.make_exports(actor=THE_CLOCK, now=clock())
    return public_id


def _asked(market: TinyMarket, amy: Actor) -> dict[str, str]:
    """A request for information that waits for ALPHA, and a file of one that it answered."""
    stella = market.staff("stella", StaffRole.MARKET_ENTRY)
    asked = [ask_alpha(stella, now=clock()) for _ in range(2)]
    answer_of(amy, asked[0], now=clock())
    with reading() as session:
        file = session.exec(select(InformationFileRow)).one()
    return {"asked": asked[1], "answer_file": file.public_id}


def _bank_account(market: TinyMarket) -> None:
    own, kind = market.organisations["ALPHA"], ChangeKind.BANK_ACCOUNT
    typed = {
        "country": "GB",
        "account_name": "ALPHA ENERGY LTD",
        "sort_code": "089999",
        "account_number": "66374958",
    }
    kept = sealed(kind, typed, "account-alpha", own)
    wanted = Wanted(own, "bsc_charges", ChangeAction.ADD, kept, NOW.date(), 1, "account-alpha")
    with transaction() as session:
        REGISTERS[kind].apply(session, wanted, NOW)


def _ok(entry: dict[str, Any]) -> int:
    return int(entry.get("ok", 200))


def _session(subject: str) -> str:
    identity = Identity(DEVELOPMENT_ISSUER, subject, DEVELOPMENT, factors="mfa")
    return (
        f"{settings().cookie}={begin_session(actor=ANYONE, identity=identity, now=clock()).secret}"
    )


def _viewer(market: TinyMarket) -> None:
    """Vic, who reads what ALPHA sees."""
    with transaction() as session:
        vic = people_of._person(session, "vic", DEVELOPMENT_ISSUER)
        people_of._membership(session, vic, market.organisations["ALPHA"], "viewer")
