"""Signing in: at an independent identity provider, and at one that lies."""

import os
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.databases import installation
from tests.identity_provider.forger import FORGERIES, Forger, forging
from tests.market import tiny_market
from tests.served import ROOT, Served, free_port, serving

SECRET = "a-secret-of-the-tests-and-of-nothing-else"  # noqa: S105


def with_provider(issuer: str) -> dict[str, str]:
    return {
        "KINNECT_OIDC_ISSUER": issuer,
        "KINNECT_OIDC_CLIENT_ID": "kinnect",
        "KINNECT_OIDC_CLIENT_SECRET": SECRET,
        "KINNECT_SESSION_SECRET": SECRET,
    }


@pytest.fixture(scope="module")
def provider(tmp_path_factory) -> Iterator[tuple[Served, str]]:
    """The app beside panva's oidc-provider, run by the JavaScript runtime of the environment."""
    folder = tmp_path_factory.mktemp("provider")
    for name in ("provider.mjs", "package.json", "bun.lock"):
        shutil.copy(ROOT / "tests/identity_provider" / name, folder / name)
    bun = shutil.which("bun") or str(ROOT / ".venv/bin/bun")
    subprocess.run([bun, "install", "--frozen-lockfile", "--silent"], cwd=folder, check=True)
    issuer = f"http://127.0.0.1:{free_port()}/oauth2/default"
    data = folder / "data"
    with serving(data, (), **with_provider(issuer)) as served:
        with installation(data):
            tiny_market(issuer)
        environment = {**os.environ, "ISSUER": issuer, "RP": served.origin, "SECRET": SECRET}
        process = subprocess.Popen([bun, "provider.mjs"], cwd=folder, env=environment)
        try:
            _await(issuer)
            yield served, issuer
        finally:
            process.terminate()
            process.wait(10)


def _await(issuer: str) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(issuer.replace("/oauth2/default", "/healthz"), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the identity provider did not start")


def test_in_at_the_provider_and_out_again(provider, browser: Browser) -> None:
    served, _ = provider
    page = browser.new_context(base_url=served.origin).new_page()
    page.goto("/sign-in")
    expect(page.get_by_text("Development sign-in")).to_have_count(0)
    page.get_by_role("link", name="Sign in with your organisation").click()
    page.get_by_label("User").fill("ann")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/choose-company/?$"))
    page.get_by_role("button", name="Act for ALPHA ENERGY LTD").click()
    expect(page.get_by_role("heading", level=1, name="ALPHA ENERGY LTD")).to_be_visible()
    (cookie,) = [one for one in page.context.cookies() if one["name"] == "kinnect"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    assert page.evaluate("document.cookie") == ""
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    page.goto("/account")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_someone_the_provider_knows_and_we_do_not(provider, browser: Browser) -> None:
    served, _ = provider
    page = browser.new_context(base_url=served.origin).new_page()
    page.goto("/sign-in")
    page.get_by_role("link", name="Sign in with your organisation").click()
    page.get_by_label("User").fill("eve")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("nobody here is known by that account")).to_be_visible()
    assert not [one for one in page.context.cookies() if one["name"] == "kinnect"]


def test_the_development_sign_in_has_no_route_beside_a_provider(provider) -> None:
    served, _ = provider
    answer = httpx.post(
        f"{served.origin}/auth/development",
        data={"person": "ann"},
        headers={"Origin": served.origin},
    )
    assert answer.status_code in {404, 405}
    assert "set-cookie" not in answer.headers


@pytest.fixture(scope="module")
def forged(tmp_path_factory) -> Iterator[tuple[Served, Forger]]:
    data: Path = tmp_path_factory.mktemp("forged")
    with forging() as forger, serving(data, (), **with_provider(forger.issuer)) as served:
        with installation(data):
            tiny_market(forger.issuer)
        yield served, forger


def begin(served: Served, forger: Forger, client: httpx.Client) -> dict[str, str]:
    """Start a sign-in; gives the query that an honest provider would send back."""
    sent = client.get(f"{served.origin}/auth/sign-in")
    assert sent.status_code in {302, 303}, sent.headers
    asked = {
        name: value[0] for name, value in parse_qs(urlsplit(sent.headers["location"]).query).items()
    }
    assert asked["code_challenge_method"] == "S256"
    forger.nonce = asked["nonce"]
    return {"state": asked["state"], "iss": forger.issuer}


def finish(served: Served, client: httpx.Client, query: dict[str, str]) -> httpx.Response:
    return client.get(f"{served.origin}/auth/callback", params=query)


def test_an_honest_answer_is_let_in_and_works_once(forged) -> None:
    served, forger = forged
    with httpx.Client() as client:
        query = {**begin(served, forger, client), "code": "honest"}
        first = finish(served, client, query)
        assert first.headers["location"] == "/choose-company/"
        assert "kinnect" in first.cookies
        again = finish(served, client, query)
        assert again.headers["location"] == "/sign-in/?why=refused"


@pytest.mark.parametrize("how", FORGERIES)
def test_a_forged_answer_is_refused(forged, how: str) -> None:
    served, forger = forged
    with httpx.Client() as client:
        answer = finish(served, client, {**begin(served, forger, client), "code": how})
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/?why=refused")
        assert "kinnect" not in answer.cookies


@pytest.mark.parametrize(
    "changed",
    [
        {"code": ""},
        {"state": "another"},
        {"iss": "https://evil.example"},
        {"iss": ""},
        {"error": "access_denied", "error_description": "<script>alert(1)</script>", "code": ""},
    ],
)
def test_a_changed_return_is_refused(forged, changed: dict[str, str]) -> None:
    served, forger = forged
    with httpx.Client() as client:
        query = {**begin(served, forger, client), "code": "honest", **changed}
        answer = finish(served, client, query)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/?why=refused")
        assert "script" not in answer.text


def test_another_browser_cannot_finish_what_one_began(forged) -> None:
    served, forger = forged
    with httpx.Client() as client, httpx.Client() as thief:
        query = {**begin(served, forger, client), "code": "honest"}
        assert finish(served, thief, query).headers["location"] == "/sign-in/?why=refused"


def test_two_tabs_can_sign_in_at_once(forged) -> None:
    served, forger = forged
    with httpx.Client() as client:
        first = {**begin(served, forger, client), "code": "honest"}
        nonce_of_first = forger.nonce
        second = {**begin(served, forger, client), "code": "honest"}
        assert finish(served, client, second).headers["location"] == "/choose-company/"
        forger.nonce = nonce_of_first
        assert finish(served, client, first).headers["location"] == "/choose-company/"


def test_a_provider_that_is_down_is_said_to_be_down(tmp_path) -> None:
    issuer = f"http://127.0.0.1:{free_port()}"
    with serving(tmp_path, (), **with_provider(issuer)) as served:
        answer = httpx.get(f"{served.origin}/auth/sign-in")
        assert answer.headers["location"] == "/sign-in/?why=unavailable"
