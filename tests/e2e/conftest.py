"""The app as it is served: built front end, one process, a small demo market, Chromium."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlmodel import delete

from state.persistence.models.draft import FormDraftRow
from state.persistence.transaction import transaction
from tests.databases import installation
from tests.e2e.doors import await_the_worker, everything
from tests.e2e.provider import FORMS_AN_HOUR, beside_a_forger, beside_a_provider, with_mail_to
from tests.identity_provider.forger import Forger
from tests.mail_server import MailServer, mail_server
from tests.served import Served, serving

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]

# Two browsers and two apps share two cores here: what a person would wait for, a test waits for.
expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo market, served on a free port."""
    with serving(tmp_path_factory.mktemp("kinnect")) as running:
        yield running


@pytest.fixture(scope="session")
def mailed() -> Iterator[MailServer]:
    """The mail server of the app beside the provider."""
    with mail_server() as running:
        yield running


@pytest.fixture(scope="session")
def provider(
    tmp_path_factory: pytest.TempPathFactory, mailed: MailServer
) -> Iterator[tuple[Served, str]]:
    """A tiny market beside an independent identity provider; gives the app and the issuer."""
    folder = tmp_path_factory.mktemp("provider")
    seldom = {"KINNECT_PUBLIC_FORMS_AN_HOUR": str(FORMS_AN_HOUR)}
    with beside_a_provider(folder, **with_mail_to(mailed), **seldom) as both:
        yield both


@pytest.fixture(scope="session")
def forged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Forger]]:
    """A tiny market beside an identity provider that lies."""
    with beside_a_forger(tmp_path_factory.mktemp("forged")) as both:
        yield both


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    found = shutil.which("chromium")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: apt install chromium")
        pytest.skip("Chromium is missing: apt install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    """A browser of its own for each test; a fault on any page fails the test."""
    fresh = browser.new_context(
        base_url=served.origin, viewport={"width": 1280, "height": 900}, locale="en-GB"
    )
    fresh.set_default_timeout(10_000)
    faults: list[str] = []
    fresh.on("weberror", lambda error: faults.append(str(error.error)))
    fresh.on(
        "console",
        lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield fresh
    fresh.close()
    assert not faults, faults


@pytest.fixture
def nobody_is_at_a_form(served: Served) -> None:
    """What other tests typed and did not send holds no form any more."""
    with installation(served.data), transaction() as session:
        session.exec(delete(FormDraftRow))


@pytest.fixture
def record(served: Served) -> Iterator[None]:
    """The whole record but for sessions; the test fails if anything in it was changed."""
    await_the_worker(served.data)
    before = everything(served.data)
    yield
    assert everything(served.data) == before


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab."""
    return context.new_page()


@pytest.fixture
def another(browser: Browser, served: Served) -> Iterator[Page]:
    """A second person's browser."""
    fresh = browser.new_context(
        base_url=served.origin, viewport={"width": 1280, "height": 900}, locale="en-GB"
    )
    fresh.set_default_timeout(10_000)
    yield fresh.new_page()
    fresh.close()


@pytest.fixture
def person(browser: Browser, served: Served) -> Iterator[Page]:
    """The browser of somebody who has no account."""
    fresh = browser.new_context(
        base_url=served.origin, viewport={"width": 1280, "height": 900}, locale="en-GB"
    )
    fresh.set_default_timeout(10_000)
    yield fresh.new_page()
    fresh.close()
