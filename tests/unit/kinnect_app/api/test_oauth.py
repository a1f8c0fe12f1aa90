import base64

import pytest

from kinnect_app.identity import limits
from tests.api import asking
from tests.programs import made_program
from tests.unit.kinnect_app.api.conftest import now, told

GRANT = {"grant_type": "client_credentials"}


@pytest.fixture
async def client(app, market):
    limits._limiter.cache_clear()
    async with asking(app) as client:
        yield client


@pytest.fixture
def program(market):
    return made_program(market, scopes=["registry:read", "notices:read"], now=now())


def basic(client_id: str, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()}


async def test_a_program_takes_a_token_by_basic_or_in_the_form(client, program) -> None:
    in_header = await client.post(
        "/oauth/token", data=GRANT, headers=basic(program.client_id, program.secret)
    )
    in_form = await client.post(
        "/oauth/token",
        data=GRANT | {"client_id": program.client_id, "client_secret": program.secret},
    )
    for answer in (in_header, in_form):
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        given = told(answer)
        assert (given["token_type"], given["expires_in"]) == ("Bearer", 900)
        assert given["scope"] == "notices:read registry:read"
        headers = {"Authorization": f"Bearer {given['access_token']}"}
        assert (await client.get("/registry/organisation", headers=headers)).status_code == 200


async def test_fewer_scopes_can_be_asked_for_and_no_more(client, program) -> None:
    headers = basic(program.client_id, program.secret)
    fewer = GRANT | {"scope": "notices:read"}
    assert told(await client.post("/oauth/token", data=fewer, headers=headers))["scope"] == (
        "notices:read"
    )
    more = GRANT | {"scope": "registry:write"}
    refused = await client.post("/oauth/token", data=more, headers=headers)
    assert (refused.status_code, told(refused)["error"]) == (400, "invalid_scope")


async def test_who_is_not_let_in_is_told_the_same_whatever_is_wrong(client, program) -> None:
    answers = [
        await client.post("/oauth/token", data=GRANT, headers=headers)
        for headers in (
            {},
            basic(program.client_id, "wrong"),
            basic("kin_cnobody", program.secret),
            basic("é", "é"),
            {"Authorization": "Basic !!!"},
            {"Authorization": "Bearer x"},
        )
    ]
    assert {one.status_code for one in answers} == {401}
    assert len({one.content for one in answers}) == 1
    assert answers[0].headers["www-authenticate"] == 'Basic realm="kinnect"'


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("", "invalid_request"),
        ("grant_type=password&username=ann", "unsupported_grant_type"),
        ("grant_type=client_credentials&grant_type=client_credentials", "invalid_request"),
        ("grant_type=client_credentials&scope=" + "x" * 5_000, "invalid_request"),
        ("&".join(f"a{n}=1" for n in range(20)), "invalid_request"),
        ("grant_type=client_credentials&client_secret=x", "invalid_request"),
    ],
)
async def test_a_form_at_fault_is_an_error_of_the_standard(client, program, content, error) -> None:
    headers = basic(program.client_id, program.secret)
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    answer = await client.post("/oauth/token", content=content, headers=headers)
    assert (answer.status_code, told(answer)["error"]) == (400, error)


async def test_json_is_no_form(client, program) -> None:
    answer = await client.post(
        "/oauth/token", json=GRANT, headers=basic(program.client_id, program.secret)
    )
    assert told(answer)["error"] == "invalid_request"


async def test_guessing_is_slow(client, program) -> None:
    answers = [await client.post("/oauth/token", data=GRANT) for _ in range(61)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["retry-after"] == "60"
    limits._limiter.cache_clear()
