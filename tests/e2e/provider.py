"""The app beside panva's oidc-provider, and a person's way through it."""

import json
import os
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
from playwright.sync_api import Page, expect

from tests.databases import installation
from tests.identity_provider.forger import Forger, forging
from tests.mail_server import MailServer
from tests.market import tiny_market
from tests.served import ROOT, Served, free_port, serving

SECRET = "a-secret-of-the-tests-and-of-nothing-else"  # noqa: S105
FORMS_AN_HOUR = 5
"""How many public forms one address may send to the app beside the provider."""

CODES = {"ann": "135790", "stella": "246801", "eve": "666666", "nell": "112233"}


def with_provider(issuer: str) -> dict[str, str]:
    """The settings of an app beside a provider."""
    return {
        "KINNECT_OIDC_ISSUER": issuer,
        "KINNECT_OIDC_CLIENT_ID": "kinnect",
        "KINNECT_OIDC_CLIENT_SECRET": SECRET,
        "KINNECT_SESSION_SECRET": SECRET,
    }


def with_mail_to(server: MailServer) -> dict[str, str]:
    """The settings of an app that hands its mail to a server of the tests."""
    host, port = server.server_address
    return {
        "KINNECT_SMTP_HOST": str(host),
        "KINNECT_SMTP_PORT": str(port),
        "KINNECT_SMTP_FROM": "market@kinnect.example",
        "KINNECT_SMTP_STARTTLS": "false",
    }


@contextmanager
def beside_a_provider(folder: Path, **settings: str) -> Iterator[tuple[Served, str]]:
    """Both, run by the JavaScript runtime of the environment; gives the app and the issuer."""
    for name in ("provider.mjs", "package.json", "bun.lock"):
        shutil.copy(ROOT / "tests/identity_provider" / name, folder / name)
    bun = shutil.which("bun") or str(ROOT / ".venv/bin/bun")
    subprocess.run([bun, "install", "--frozen-lockfile", "--silent"], cwd=folder, check=True)
    issuer = f"http://127.0.0.1:{free_port()}/oauth2/default"
    data = folder / "data"
    with serving(data, (), **with_provider(issuer), **settings) as served:
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


def give_factors(page: Page, who: str) -> None:
    """Say at the provider who one is, and give the code of those who have one."""
    page.get_by_label("User").fill(who)
    page.get_by_role("button", name="Sign in").click()
    if who in CODES:
        page.get_by_label("Code").fill(CODES[who])
        page.get_by_role("button", name="Confirm").click()


def sign_in_at_the_provider(page: Page, who: str) -> None:
    """From the sign-in page to the provider and back."""
    page.get_by_role("link", name="Sign in with your organisation").click()
    expect(page).to_have_url(re.compile("/interaction/"))
    give_factors(page, who)


def _await(issuer: str) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(issuer.replace("/oauth2/default", "/healthz"), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the identity provider did not start")


@contextmanager
def beside_a_forger(folder: Path) -> Iterator[tuple[Served, Forger]]:
    """The app beside a provider that lies, with contexts asked for and a factor of staff."""
    more = {"KINNECT_OIDC_ACR_VALUES": "c1 urn:okta:loa:2fa:any", "KINNECT_STAFF_FACTORS": "hwk"}
    with (
        forging() as forger,
        serving(folder, (), **with_provider(forger.issuer), **more) as served,
    ):
        with installation(folder):
            tiny_market(forger.issuer)
        yield served, forger


def begin(
    served: Served, forger: Forger, client: httpx.Client, door: str = "/auth/sign-in"
) -> dict[str, str]:
    """Start a sign-in; gives the query that an honest provider would send back."""
    sent = client.get(f"{served.origin}{door}")
    assert sent.status_code in {302, 303}, sent.headers
    asked = {
        name: value[0] for name, value in parse_qs(urlsplit(sent.headers["location"]).query).items()
    }
    assert asked["code_challenge_method"] == "S256"
    assert asked["acr_values"] == "c1 urn:okta:loa:2fa:any"
    assert json.loads(asked["claims"])["id_token"]["acrs"]["value"] == "c1"
    if door.startswith("/auth/again"):
        assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    forger.nonce = asked["nonce"]
    return {"state": asked["state"], "iss": forger.issuer}


def finish(served: Served, client: httpx.Client, query: dict[str, str]) -> httpx.Response:
    """Come back from the provider with this query."""
    return client.get(f"{served.origin}/auth/callback", params=query)
