"""Signing in: at an independent identity provider, and at one that lies."""

import re
from datetime import timedelta
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import select

from state.persistence.models.person import UserSessionRow
from state.persistence.transaction import transaction
from tests.databases import installation
from tests.e2e.provider import (
    CODES,
    begin,
    finish,
    give_factors,
    sign_in_at_the_provider,
    with_provider,
)
from tests.identity_provider.forger import (
    FORGERIES,
    NOT_SIGNED_IN_AGAIN,
    WITH_SECOND_FACTOR,
    WITHOUT_SECOND_FACTOR,
)
from tests.served import Served, free_port, serving


def test_in_at_the_provider_and_out_again_at_both(provider, browser: Browser) -> None:
    served, _ = provider
    page = browser.new_context(base_url=served.origin).new_page()
    page.goto("/sign-in")
    expect(page.get_by_text("Development sign-in")).to_have_count(0)
    page.get_by_role("link", name="Sign in with your organisation").click()
    page.get_by_label("User").fill("ann")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Code").fill(CODES["ann"])
    page.get_by_role("button", name="Confirm").click()
    expect(page).to_have_url(re.compile("/choose-company/?$"))
    page.get_by_role("button", name="Act for ALPHA ENERGY LTD").click()
    expect(page.get_by_role("heading", level=1, name="ALPHA ENERGY LTD")).to_be_visible()
    (cookie,) = [one for one in page.context.cookies() if one["name"] == "kinnect"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    assert page.evaluate("document.cookie") == ""
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign out at the provider").click()
    expect(page.get_by_text("You are signed out, here and at your provider.")).to_be_visible()
    page.goto("/account")
    expect(page).to_have_url(re.compile("/sign-in/?\\?next=%2Faccount"))
    page.get_by_role("link", name="Sign in with your organisation").click()
    expect(page.get_by_label("User")).to_be_visible()


def test_someone_the_provider_knows_and_we_do_not(provider, browser: Browser) -> None:
    served, _ = provider
    page = browser.new_context(base_url=served.origin).new_page()
    page.goto("/sign-in")
    sign_in_at_the_provider(page, "eve")
    expect(page.get_by_text("nobody here is known by that account")).to_be_visible()
    assert not [one for one in page.context.cookies() if one["name"] == "kinnect"]


def test_without_a_second_factor_nobody_comes_in(provider, browser: Browser) -> None:
    served, _ = provider
    page = browser.new_context(base_url=served.origin).new_page()
    page.goto("/sign-in")
    sign_in_at_the_provider(page, "ben")
    expect(page.get_by_text("signed you in without a second factor")).to_be_visible()
    assert not [one for one in page.context.cookies() if one["name"] == "kinnect"]


def test_a_page_that_needs_a_sign_in_is_come_back_to(provider, browser: Browser) -> None:
    served, _ = provider
    page = browser.new_context(base_url=served.origin).new_page()
    page.goto("/assets?page=2")
    sign_in_at_the_provider(page, "ann")
    page.get_by_role("button", name="Act for ALPHA ENERGY LTD").click()
    expect(page).to_have_url(re.compile("/assets/?\\?page=2$"))


def test_two_tabs_of_one_browser(provider, browser: Browser) -> None:
    """Both begin a sign-in; both come in, and the second sign-in ends the session of the first."""
    served, _ = provider
    context = browser.new_context(base_url=served.origin)
    first, second = context.new_page(), context.new_page()
    for tab in (first, second):
        tab.goto("/sign-in")
        tab.get_by_role("link", name="Sign in with your organisation").click()
    for tab in (second, first):
        give_factors(tab, "ann")
        expect(tab).to_have_url(re.compile("/choose-company/?$"))
    first.get_by_role("button", name="Act for ALPHA ENERGY LTD").click()
    expect(first.get_by_role("heading", level=1, name="ALPHA ENERGY LTD")).to_be_visible()


def test_signing_in_again_is_asked_of_the_provider_and_leads_back(
    provider, browser: Browser
) -> None:
    served, _ = provider
    page = browser.new_context(base_url=served.origin).new_page()
    page.goto("/sign-in")
    sign_in_at_the_provider(page, "ann")
    page.get_by_role("button", name="Act for ALPHA ENERGY LTD").click()
    expect(page.get_by_role("heading", level=1, name="ALPHA ENERGY LTD")).to_be_visible()
    before = _cookie(page)
    _sign_in_long_ago(served)
    page.goto("/sign-in-again?next=/market-exit")
    expect(page.get_by_text("You go on to Leave the market")).to_be_visible()
    page.get_by_role("link", name="Sign in again with your organisation").click()
    expect(page).to_have_url(re.compile("/interaction/"))
    give_factors(page, "ann")
    expect(page).to_have_url(re.compile("/market-exit/?$"))
    expect(page.get_by_text("ALPHA ENERGY LTD").first).to_be_visible()
    assert _cookie(page) != before
    with httpx.Client(cookies={"kinnect": before}) as thief:
        assert not thief.get(f"{served.origin}/auth/session").json()["signed_in"]


def test_another_person_cannot_sign_in_again(provider, browser: Browser) -> None:
    served, _ = provider
    page = browser.new_context(base_url=served.origin).new_page()
    page.goto("/sign-in")
    sign_in_at_the_provider(page, "ann")
    page.goto("/sign-in-again?next=/market-exit")
    page.get_by_role("link", name="Sign in again with your organisation").click()
    give_factors(page, "stella")
    expect(page.get_by_text("You signed in again as somebody else")).to_be_visible()


def _cookie(page) -> str:
    (cookie,) = [one for one in page.context.cookies() if one["name"] == "kinnect"]
    return cookie["value"]


def _sign_in_long_ago(served: Served) -> None:
    with installation(served.data), transaction() as session:
        for row in session.exec(select(UserSessionRow)).all():
            row.authenticated_at -= timedelta(minutes=10)
            session.add(row)


def test_the_development_sign_in_has_no_route_beside_a_provider(provider) -> None:
    served, _ = provider
    answer = httpx.post(
        f"{served.origin}/auth/development",
        data={"person": "ann"},
        headers={"Origin": served.origin},
    )
    assert answer.status_code in {404, 405}
    assert "set-cookie" not in answer.headers


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


@pytest.mark.parametrize("query", ["", "?state=of-somebody-else"])
def test_nobody_is_told_of_a_sign_out_that_was_not_begun_here(forged, query: str) -> None:
    served, _ = forged
    assert httpx.get(f"{served.origin}/auth/signed-out{query}").headers["location"] == "/"


@pytest.mark.parametrize("how", WITHOUT_SECOND_FACTOR)
def test_a_sign_in_without_a_second_factor_is_refused(forged, how: str) -> None:
    served, forger = forged
    with httpx.Client() as client:
        answer = finish(served, client, {**begin(served, forger, client), "code": how})
        assert answer.headers["location"] == "/sign-in/?why=factor"
        assert "kinnect" not in answer.cookies


@pytest.mark.parametrize("how", WITH_SECOND_FACTOR)
def test_a_second_factor_is_known_by_what_each_provider_says(forged, how: str) -> None:
    served, forger = forged
    with httpx.Client() as client:
        answer = finish(served, client, {**begin(served, forger, client), "code": how})
        assert answer.headers["location"] == "/choose-company/"


@pytest.mark.parametrize(
    ("how", "to"), [("honest", "/sign-in/?why=staff_factor"), ("a security key", "/staff/")]
)
def test_staff_need_a_factor_that_no_false_page_can_ask_for(forged, how: str, to: str) -> None:
    served, forger = forged
    forger.subject = "stella"
    with httpx.Client() as client:
        answer = finish(served, client, {**begin(served, forger, client), "code": how})
    forger.subject = "ann"
    assert answer.headers["location"] == to


@pytest.mark.parametrize(
    ("how", "to"),
    [("honest", "/market-exit"), *((how, "/sign-in/?why=refused") for how in NOT_SIGNED_IN_AGAIN)],
)
def test_a_sign_in_that_the_provider_only_remembers_is_not_one_again(
    forged, how: str, to: str
) -> None:
    served, forger = forged
    with httpx.Client() as client:
        finish(served, client, {**begin(served, forger, client), "code": "honest"})
        before = client.cookies["kinnect"]
        query = begin(served, forger, client, "/auth/again?next=/market-exit")
        answer = finish(served, client, {**query, "code": how})
        assert answer.headers["location"] == to
        assert (client.cookies["kinnect"] != before) is (how == "honest")


def test_signing_in_again_needs_a_session_to_renew(forged) -> None:
    served, forger = forged
    with httpx.Client() as client:
        query = begin(served, forger, client, "/auth/again?next=/market-exit")
        answer = finish(served, client, {**query, "code": "honest"})
        assert answer.headers["location"] == "/sign-in/?why=another"
        assert "kinnect" not in answer.cookies


@pytest.mark.parametrize("wanted", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_a_sign_in_leads_to_no_other_site(forged, wanted: str) -> None:
    served, forger = forged
    with httpx.Client() as client:
        query = begin(served, forger, client, f"/auth/sign-in?next={quote(wanted)}")
        answer = finish(served, client, {**query, "code": "honest"})
        assert answer.headers["location"] == "/choose-company/"


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
