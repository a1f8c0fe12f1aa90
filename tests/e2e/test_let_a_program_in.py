"""A company lets a program in: it prepares a change, a colleague approves it, a webhook tells."""

import json
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from standardwebhooks import Webhook

from tests.e2e.people import sign_in_as
from tests.served import Served, serving


class Receiver(HTTPServer):
    """A company's own system, which keeps what it was sent."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], str]] = []
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def wait_for(self, event: str) -> tuple[dict[str, str], str]:
        for _ in range(200):
            for headers, body in self.got:
                if json.loads(body)["type"] == event:
                    return headers, body
            time.sleep(0.1)
        raise AssertionError(f"{event} never came; {self.got}")


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.server.got.append((dict(self.headers), body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    running = Receiver()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory, receiver: Receiver) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("programs")
    with serving(folder, KINNECT_WEBHOOK_ALLOW=receiver.host) as running:
        yield running


@pytest.fixture
def alice(browser: Browser, market: Served) -> Iterator[Page]:
    yield from _tab(browser, market)


@pytest.fixture
def ada(browser: Browser, market: Served) -> Iterator[Page]:
    yield from _tab(browser, market)


def _tab(browser: Browser, market: Served) -> Iterator[Page]:
    context = browser.new_context(
        base_url=market.origin, viewport={"width": 1280, "height": 900}, locale="en-GB"
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_a_program_prepares_a_colleague_approves_and_a_webhook_tells(
    alice: Page, ada: Page, market: Served, receiver: Receiver
) -> None:
    sign_in_as(alice, "Alice Harrowgate")
    alice.goto("/account/programs")
    program_id, secret = _make_a_program(alice)
    signing = _add_a_webhook(alice, receiver)
    change = _change_a_contact(market, program_id, secret)

    sign_in_as(ada, "Ada Lonsdale")
    ada.goto(f"/account/change?id={change}")
    expect(ada.get_by_text(re.compile("960 ?777")).first).to_be_visible()
    expect(ada.get_by_text("Alice Harrowgate, through the program ERP").first).to_be_visible()
    ada.get_by_label("Approve", exact=True).check()
    ada.get_by_role("button", name="Send the decision").click()
    headers, body = receiver.wait_for("change.applied")
    assert Webhook(signing).verify(body, headers)["data"]["change"] == change
    assert "Ada" not in body
    assert "960" not in body
    alice.get_by_role("button", name="Look again").click()
    expect(alice.get_by_role("row").filter(has_text="change.applied")).to_contain_text("Delivered")

    alice.get_by_role("button", name="End the access of ERP").click()
    expect(alice.get_by_role("heading", name="End the access of ERP?")).to_be_visible()
    alice.get_by_role("button", name="Keep it").click()
    alice.get_by_role("button", name="End the access of ERP").click()
    alice.get_by_role("button", name="End the access now").click()
    expect(alice.get_by_text("The program has no access any more.")).to_be_visible()
    with httpx.Client(base_url=market.origin) as client:
        form = {"grant_type": "client_credentials"}
        ended = client.post("/api/v1/oauth/token", data=form, auth=(program_id, secret))
        assert ended.status_code == 401


def _make_a_program(alice: Page) -> tuple[str, str]:
    """On the page; gives what lets it in, which the page shows once."""
    alice.get_by_role("button", name="Add a program").click()
    alice.get_by_role("button", name="Give it access").click()
    expect(alice.get_by_role("alert")).to_contain_text("Select what the program may do")
    alice.get_by_label("Name of the program").fill("ERP")
    alice.get_by_label("Read what is registered for the company").check()
    alice.get_by_label("Prepare changes and send them for approval").check()
    alice.get_by_role("button", name="Give it access").click()
    expect(alice.get_by_text("ERP has access.")).to_be_visible()
    alice.get_by_role("button", name="Make the secret of ERP").click()
    secret = alice.locator("[id^=secret-] dd").inner_text()
    program_id = alice.get_by_text(re.compile("^kin_c")).inner_text()
    alice.reload()
    expect(alice.get_by_text("ERP", exact=True)).to_be_visible()
    assert secret not in alice.content()
    return program_id, secret


def _add_a_webhook(alice: Page, receiver: Receiver) -> str:
    """On the page, and test it; gives the secret that signs."""
    alice.get_by_role("button", name="Add a webhook").click()
    alice.get_by_label("Address", exact=True).fill("http://169.254.169.254/latest")
    alice.get_by_role("button", name="Add the webhook").click()
    expect(alice.get_by_role("alert")).to_contain_text("begins with https://")
    alice.get_by_label("Address", exact=True).fill(f"http://{receiver.host}/kinnect")
    alice.get_by_role("button", name="Add the webhook").click()
    expect(alice.get_by_text("The webhook is added.")).to_be_visible()
    alice.get_by_role("button", name="Show the signing secret").click()
    signing = alice.locator("[id^=signing-] dd").inner_text()
    alice.get_by_role("button", name="Send a test").click()
    receiver.wait_for("webhook.ping")
    return signing


def _change_a_contact(market: Served, program_id: str, secret: str) -> str:
    """As a company's system does it; gives the id of the change."""
    with httpx.Client(base_url=f"{market.origin}/api/v1") as client:
        given = client.post(
            "/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=(program_id, secret),
        ).json()
        client.headers["Authorization"] = f"Bearer {given['access_token']}"
        listed = client.get("/registry/contacts").json()["data"]
        read = client.get(f"/registry/contacts/{listed[0]['id']}")
        made = client.post(
            "/registry/changes",
            json={
                "kind": "contact",
                "action": "change",
                "subject": listed[0]["id"],
                "values": {"phone": "01632 960 777"},
            },
            headers={"If-Match": read.headers["etag"], "Idempotency-Key": "e2e"},
        )
        assert made.status_code == 201, made.text
        sent = client.post(f"/registry/changes/{made.json()['id']}/submit")
        assert sent.json()["status"] == "awaiting_approval"
        assert client.get("/nothing-here").status_code == 404
        assert client.put("/registry/contacts").status_code == 405
        return str(made.json()["id"])
