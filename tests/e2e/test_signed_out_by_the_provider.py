"""The identity provider says that somebody is signed out, and others say it in its name."""

import json
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.provider import begin, finish, sign_in_at_the_provider
from tests.identity_provider.forger import MISSING, Forger, notice
from tests.raw_socket import raw_socket
from tests.served import Served

STATE = "reflex___state____state"
EVENT = "http://schemas.openid.net/event/backchannel-logout"
REVOCATION = "global-token-revocation+jwt"


def test_out_at_the_provider_is_out_here_in_that_browser_alone(provider, browser: Browser) -> None:
    """The certified provider sends the notice itself; an open page gets nothing more."""
    served, issuer = provider
    there, elsewhere = (browser.new_context(base_url=served.origin).new_page() for _ in range(2))
    for page in (there, elsewhere):
        page.goto("/sign-in")
        sign_in_at_the_provider(page, "ann")
        page.get_by_role("button", name="Act for ALPHA ENERGY LTD").click()
        expect(page.get_by_role("heading", level=1, name="ALPHA ENERGY LTD")).to_be_visible()
    at_the_provider = there.context.new_page()
    at_the_provider.goto(f"{issuer}/v1/logout")
    at_the_provider.get_by_role("button", name="Sign out at the provider").click()
    expect(at_the_provider.get_by_role("button")).to_have_count(0)
    there.get_by_role("link", name="Assets", exact=True).click()
    expect(there).to_have_url(re.compile("/sign-in"))
    expect(there.get_by_text("ALPHA ENERGY LTD")).to_have_count(0)
    elsewhere.reload()
    expect(elsewhere.get_by_role("heading", level=1, name="ALPHA ENERGY LTD")).to_be_visible()


def signed_in(served: Served, forger: Forger, provider_session: str = "s-1") -> str:
    """The cookie of Ann's session, which the provider knows by this name."""
    forger.provider_session = provider_session
    with httpx.Client() as browser:
        finish(served, browser, {**begin(served, forger, browser), "code": "honest"})
        cookie = browser.cookies["kinnect"]
    forger.provider_session = "s-1"
    assert is_in(served, cookie)
    return cookie


def is_in(served: Served, cookie: str) -> bool:
    asked = httpx.get(f"{served.origin}/auth/session", headers={"Cookie": f"kinnect={cookie}"})
    return bool(asked.json()["signed_in"])


def told(forger: Forger, **changed: Any) -> dict[str, Any]:
    claims = {
        "iss": forger.issuer,
        "aud": "kinnect",
        "iat": int(time.time()),
        "exp": int(time.time()) + 120,
        "jti": str(uuid.uuid4()),
        "sub": "ann",
        "sid": "s-1",
        "events": {EVENT: {}},
        **changed,
    }
    return {name: value for name, value in claims.items() if value is not MISSING}


def say(served: Served, token: str) -> httpx.Response:
    return httpx.post(
        f"{served.origin}/auth/backchannel-logout", data={"logout_token": token}, timeout=20
    )


def test_an_honest_notice_ends_the_session_it_names_and_its_socket_gets_nothing_more(
    forged,
) -> None:
    served, forger = forged
    named, other = signed_in(served, forger), signed_in(served, forger, "s-2")
    with raw_socket(served.origin, cookie=named) as socket:
        assert "Ann" in json.dumps(socket.send(f"{STATE}.hydrate"))
        answer = say(served, notice(told(forger)))
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert not is_in(served, named)
        assert is_in(served, other)
        for event in ("hydrate", "hydrate_and_load"):
            assert "Ann" not in json.dumps(socket.send(f"{STATE}.{event}", path="/account"))


def test_a_notice_of_a_subject_ends_all_their_sessions(forged) -> None:
    served, forger = forged
    cookies = [signed_in(served, forger), signed_in(served, forger, "s-2")]
    assert say(served, notice(told(forger, sid=MISSING))).status_code == 200
    assert not any(is_in(served, cookie) for cookie in cookies)


def test_a_notice_is_obeyed_once(forged) -> None:
    served, forger = forged
    token = notice(told(forger))
    assert say(served, token).status_code == 200
    cookie = signed_in(served, forger)
    assert say(served, token).status_code == 400
    assert is_in(served, cookie)


WRONG: dict[str, Callable[[int], dict[str, Any]]] = {
    "an ID token": lambda _: {"events": MISSING, "nonce": "n"},
    "no event": lambda _: {"events": MISSING},
    "another event": lambda _: {"events": {"x": {}}},
    "the event in a list": lambda _: {"events": [EVENT]},
    "a nonce": lambda _: {"nonce": "n"},
    "another audience": lambda _: {"aud": "someone-else"},
    "an audience more": lambda _: {"aud": ["kinnect", "someone-else"]},
    "another issuer": lambda _: {"iss": "https://evil.example"},
    "an hour old": lambda now: {"iat": now - 3600},
    "from tomorrow": lambda now: {"iat": now + 86_400},
    "time in words": lambda _: {"iat": "now"},
    "expired": lambda now: {"exp": now - 120},
    "no identifier": lambda _: {"jti": MISSING},
    "an identifier that is a list": lambda _: {"jti": ["x"]},
    "nobody": lambda _: {"sub": MISSING, "sid": MISSING},
    "a subject that is a list": lambda _: {"sub": ["ann"]},
}


@pytest.mark.parametrize("how", WRONG)
def test_a_notice_that_is_wrong_ends_nothing(forged, how: str) -> None:
    served, forger = forged
    cookie = signed_in(served, forger)
    answer = say(served, notice(told(forger, **WRONG[how](int(time.time())))))
    assert answer.status_code == 400
    assert answer.json() == {"error": "invalid_request"}
    assert is_in(served, cookie)


@pytest.mark.parametrize(
    "how", ["not signed", "signed with the public key as a secret", "signed with another key"]
)
def test_a_notice_that_another_signed_ends_nothing(forged, how: str) -> None:
    served, forger = forged
    cookie = signed_in(served, forger)
    assert say(served, notice(told(forger), how=how)).status_code == 400
    assert is_in(served, cookie)


@pytest.mark.parametrize("kind", ["JWT", "at+jwt", REVOCATION])
def test_a_token_of_another_kind_ends_nothing(forged, kind: str) -> None:
    served, forger = forged
    cookie = signed_in(served, forger)
    assert say(served, notice(told(forger), kind=kind)).status_code == 400
    assert is_in(served, cookie)


@pytest.mark.parametrize("token", ["", "garbage", "a.b.c", "a.b.c.d.e", "é" * 100, "x" * 30_000])
def test_what_is_no_token_ends_nothing(forged, token: str) -> None:
    served, _ = forged
    assert say(served, token).status_code == 400


def test_a_notice_of_somebody_unknown_ends_nobodys_session(forged) -> None:
    served, forger = forged
    cookie = signed_in(served, forger)
    assert say(served, notice(told(forger, sub="eve", sid=MISSING))).status_code == 200
    assert say(served, notice(told(forger, sub="ben"))).status_code == 200
    assert is_in(served, cookie)


def test_a_stranger_cannot_make_us_ask_the_provider_for_its_keys_again_and_again(forged) -> None:
    served, forger = forged
    before = forger.keys_asked_for
    for _ in range(20):
        say(served, notice(told(forger), how="signed with another key"))
    assert forger.keys_asked_for - before <= 1


def revoke(
    served: Served, forger: Forger, meant: Any, *, kind: str = REVOCATION, **changed: Any
) -> httpx.Response:
    address = f"{served.origin}/auth/global-token-revocation"
    claims = told(forger, **{"aud": address, "events": MISSING, "sid": MISSING, **changed})
    token = notice({**claims, "sub": "0oa-the-application"}, kind=kind)
    return httpx.post(address, json={"sub_id": meant}, headers={"Authorization": f"Bearer {token}"})


def test_okta_ends_every_session_of_a_person(forged) -> None:
    served, forger = forged
    for meant in (
        {"format": "iss_sub", "iss": forger.issuer, "sub": "ann"},
        {"format": "email", "email": "Ann@people.example"},
    ):
        cookies = [signed_in(served, forger), signed_in(served, forger, "s-2")]
        assert revoke(served, forger, meant).status_code == 204
        assert not any(is_in(served, cookie) for cookie in cookies)


@pytest.mark.parametrize(
    ("meant", "changed", "status"),
    [
        ({"format": "iss_sub", "sub": "ann"}, {}, 400),
        ({"format": "iss_sub", "iss": "https://evil.example", "sub": "ann"}, {}, 400),
        ({"format": "email", "email": ""}, {}, 400),
        ({"format": "email", "email": "%"}, {}, 404),
        ({"format": "opaque", "id": "ann"}, {}, 400),
        ({"format": ["email"], "email": "ann@people.example"}, {}, 400),
        (["ann"], {}, 400),
        ("ann", {}, 400),
        (None, {}, 400),
        ({"format": "email", "email": "ann@people.example"}, {"aud": "kinnect"}, 401),
        ({"format": "email", "email": "ann@people.example"}, {"iss": "https://evil"}, 401),
        ({"format": "email", "email": "ann@people.example"}, {"kind": "logout+jwt"}, 401),
    ],
)
def test_a_revocation_that_is_wrong_ends_nothing(
    forged, meant: Any, changed: dict[str, Any], status: int
) -> None:
    served, forger = forged
    cookie = signed_in(served, forger)
    assert revoke(served, forger, meant, **changed).status_code == status
    assert is_in(served, cookie)
