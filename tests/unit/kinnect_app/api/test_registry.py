from datetime import timedelta

import pytest
from sqlmodel import select

from state.persistence.models.organisation import ContactRow, OrganisationRow
from state.persistence.transaction import transaction
from state.services import api_clients
from tests.api import asking, asking_as
from tests.market import NOW, SINCE
from tests.programs import ann, made_program, token_of
from tests.unit.kinnect_app.api.conftest import now, told

LISTS = ["contacts", "addresses", "signatories", "bank-accounts", "changes", "notices"]


async def test_the_company_as_its_account_page_shows_it(erp) -> None:
    answer = await erp.get("/registry/organisation")
    assert answer.status_code == 200
    found = told(answer)
    assert (found["legal_name"], found["party_ids"]) == ("ALPHA ENERGY LTD", ["ALPHA"])
    assert [one["code"] for one in told(await erp.get("/registry/roles"))["data"]] == ["TG"]


@pytest.mark.parametrize("name", LISTS)
async def test_every_list_is_paged_tagged_and_limited(erp, name) -> None:
    answer = await erp.get(f"/registry/{name}")
    assert answer.status_code == 200
    assert {"data", "next_cursor"} == set(told(answer))
    for header in ("etag", "x-request-id", "ratelimit-limit", "ratelimit-remaining"):
        assert answer.headers[header]
    again = await erp.get(f"/registry/{name}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_record_has_the_values_that_a_change_begins_from(erp) -> None:
    [listed] = told(await erp.get("/registry/contacts"))["data"]
    answer = await erp.get(f"/registry/contacts/{listed['id']}")
    assert told(answer)["values"]["email"] == "carol@alpha.example"
    assert answer.headers["etag"] == '"v1"'
    assert told(await erp.get("/registry/organisation/details"))["values"]["system_name"] == "ALPHA"
    assert told(await erp.get("/registry/addresses/address-alpha"))["kind"] == "address"
    assert told(await erp.get("/registry/signatories/p-amy"))["values"] == {
        "categories": "A//2020-01-01"
    }


@pytest.mark.parametrize(
    "path",
    [
        "/registry/contacts/contact-beta",
        "/registry/contacts/nobody",
        "/registry/addresses/address-beta",
        "/registry/signatories/p-ben",
        "/registry/bank-accounts/trading_charges",
        "/registry/changes/0123456789",
    ],
)
async def test_what_is_anothers_is_like_what_does_not_exist(erp, path) -> None:
    answer = await erp.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert told(answer)["detail"] == "There is no such thing that you may use."


async def test_pages_neither_repeat_nor_miss_while_rows_are_added(erp, market) -> None:
    def add(name: str) -> None:
        with transaction() as session:
            row = session.exec(
                select(ContactRow).where(ContactRow.public_id == "contact-alpha")
            ).one()
            kept = row.model_dump(exclude={"id", "public_id"})
            session.add(ContactRow(public_id=name, **kept))

    for number in range(20):
        add(f"c{number:02}-old")
    seen, cursor = [], ""
    for number in range(100):
        page = told(await erp.get("/registry/contacts", params={"limit": 3, "cursor": cursor}))
        seen += [one["id"] for one in page["data"]]
        add(f"c{number % 20:02}-new{number}")
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert len(seen) == len(set(seen))
    assert {f"c{number:02}-old" for number in range(20)} | {"contact-alpha"} <= set(seen)


@pytest.mark.parametrize(
    "params",
    [
        {"limit": "0"},
        {"limit": "501"},
        {"limit": "NaN"},
        {"cursor": "x"},
        {"cursor": "WyJjaGFuZ2VzIiwgIngiXQ=="},
        {"cursor": "WyJjb250YWN0cyIsICInIE9SIDE9MSAtLSJd"},
        {"offset": "3"},
        [("limit", "1"), ("limit", "2")],
    ],
)
async def test_a_request_that_means_nothing_says_so(erp, params) -> None:
    answer = await erp.get("/registry/contacts", params=params)
    assert answer.status_code == 400
    assert told(answer)["errors"]


@pytest.mark.parametrize("name", LISTS)
async def test_without_a_token_nothing_is_told(stranger, name) -> None:
    answer = await stranger.get(f"/registry/{name}")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="kinnect"'


@pytest.mark.parametrize("token", ["", "kin_t00", "kin_t" + "0" * 72, "é", "a b c", "x" * 5000])
async def test_a_token_that_is_none_lets_nobody_in(app, market, token) -> None:
    async with asking(app) as client:
        answer = await client.get(
            "/registry/contacts", headers={"Authorization": f"Bearer {token}".encode()}
        )
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


async def test_an_expired_and_an_ended_token_let_nobody_in(app, market) -> None:
    program = made_program(market, now=now())
    old = token_of(program, now=now() - timedelta(minutes=16))
    async with asking(app, old) as client:
        assert (await client.get("/registry/contacts")).status_code == 401
    async with asking_as(app, program, now=now()) as client:
        assert (await client.get("/registry/contacts")).status_code == 200
        api_clients.end_program(
            actor=ann(market),
            organisation_id=market.organisations["ALPHA"],
            public_id=program.public_id,
            now=NOW,
        )
        assert (await client.get("/registry/contacts")).status_code == 401


async def test_a_token_does_what_its_scopes_name(app, market) -> None:
    program = made_program(market, now=now())
    async with asking_as(app, program, "notices:read", now=now()) as client:
        assert (await client.get("/registry/notices")).status_code == 200
        refused = await client.get("/registry/contacts")
    assert refused.status_code == 403
    assert 'scope="registry:read"' in refused.headers["www-authenticate"]


async def test_a_request_has_the_number_that_it_came_with_or_a_new_one(erp) -> None:
    same = await erp.get("/registry/roles", headers={"X-Request-Id": "erp-17"})
    assert same.headers["x-request-id"] == "erp-17"
    bad = await erp.get("/registry/roles", headers={"X-Request-Id": "a: b"})
    assert bad.headers["x-request-id"] != "a: b"


async def test_a_program_has_so_many_requests_a_minute(erp, monkeypatch) -> None:
    monkeypatch.setattr(
        "kinnect_app.api.registry_caller.rules.program_requests_a_minute", lambda _day: 2
    )
    answers = [await erp.get("/registry/roles") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[2].headers["retry-after"]) > 0


async def test_anybody_may_read_the_participants_but_no_private_person(stranger, market) -> None:
    with transaction() as session:
        row = session.exec(select(OrganisationRow).where(OrganisationRow.public_id == "beta")).one()
        row.kind = "individual"
        session.add(row)
    answer = await stranger.get("/public/participants")
    [alpha] = told(answer)["data"]
    assert alpha == {
        "party_id": "ALPHA",
        "system_name": "ALPHA",
        "status": "live",
        "country": "United Kingdom",
        "roles": [{"code": "TG", "name": "Generator"}],
    }
    again = await stranger.get(
        "/public/participants", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304


async def test_participants_come_in_pages_and_participants_see_dates(erp, stranger) -> None:
    first = told(await stranger.get("/public/participants", params={"limit": 1}))
    params = {"limit": 1, "cursor": first["next_cursor"]}
    second = told(await stranger.get("/public/participants", params=params))
    assert [one["party_id"] for one in first["data"] + second["data"]] == ["ALPHA", "BETA"]
    assert second["next_cursor"] is None
    [alpha, _] = told(await erp.get("/registry/participants"))["data"]
    assert alpha["roles"][0]["since"] == str(SINCE)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("POST", "/registry/contacts", 405),
        ("PATCH", "/registry/organisation", 405),
        ("GET", "/oauth/token", 405),
    ],
)
async def test_what_is_not_there_is_a_problem_too(erp, method, path, status) -> None:
    answer = await erp.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert (status == 405) == ("allow" in answer.headers)
