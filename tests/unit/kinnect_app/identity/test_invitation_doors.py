from dataclasses import replace

import pytest
from starlette.requests import Request

from kinnect_app.identity import invitation_doors as doors
from state.services.sessions import WAYS_IN
from tests.invited import NELL, events, invite, newest_secret
from tests.market import NOW, tiny_market

PROVIDED = replace(NELL, issuer="https://provider.example", method="oidc", email_is_verified=True)


def coming_with(secret: str) -> Request:
    cookie = f"kinnect_invitation={secret}".encode()
    return Request({"type": "http", "headers": [(b"cookie", cookie)] if secret else []})


@pytest.fixture
def secret(database, monkeypatch) -> str:
    monkeypatch.setattr(doors, "clock", lambda: NOW)
    invite(tiny_market())
    return newest_secret()


async def test_the_link_leaves_its_secret_in_a_cookie_of_the_doors_alone(secret) -> None:
    answer = await doors.open_link(secret)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/join/?invitation=")
    assert secret not in answer.headers["location"]
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"kinnect_invitation={secret};")
    for part in ("HttpOnly", "Max-Age=3600", "Path=/auth", "SameSite=lax"):
        assert part in cookie


async def test_a_link_of_nothing_leaves_no_cookie(secret) -> None:
    answer = await doors.open_link("nothing")
    assert answer.headers["location"] == "/join/?why=unknown"
    assert "set-cookie" not in answer.headers


async def test_the_invited_person_joins_once_and_comes_in_again(secret) -> None:
    for _ in range(2):
        assert await doors.join_if_invited(coming_with(secret), PROVIDED) is None
    assert events().count("invitation.accepted") == 1


@pytest.mark.parametrize(
    ("identity", "why"),
    [
        (replace(PROVIDED, email="eve@people.example"), "another"),
        (replace(PROVIDED, email_is_verified=False), "unverified"),
    ],
)
async def test_another_person_is_led_back_to_the_page_and_the_cookie_is_gone(
    secret, identity, why
) -> None:
    answer = await doors.join_if_invited(coming_with(secret), identity)
    assert answer.headers["location"].startswith(f"/join/?why={why}&invitation=")
    assert 'kinnect_invitation=""' in answer.headers["set-cookie"]
    assert "invitation.accepted" not in events()


async def test_who_comes_without_an_invitation_or_an_address_joins_nothing(secret) -> None:
    assert await doors.join_if_invited(coming_with(""), PROVIDED) is None
    assert await doors.join_if_invited(coming_with(secret), replace(NELL, email="")) is None
    assert "invitation.accepted" not in events()


async def test_the_development_sign_in_takes_them_for_the_invited(secret, monkeypatch) -> None:
    monkeypatch.setattr(WAYS_IN, "development", True)
    assert (await doors.invited_identity(coming_with(secret))).email == "new@people.example"
    assert await doors.invited_identity(coming_with("")) is None
    monkeypatch.setattr(WAYS_IN, "development", False)
    assert await doors.invited_identity(coming_with(secret)) is None
