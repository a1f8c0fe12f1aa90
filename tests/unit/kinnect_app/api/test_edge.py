from collections.abc import Iterator
from functools import cache
from pathlib import Path

import httpx
import pytest
from limits import RateLimitItemPerMinute
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from kinnect_app import settings as settings_module
from kinnect_app.api.edge import Edge
from kinnect_app.identity import limits


async def who_called(scope: Scope, receive: Receive, send: Send) -> None:
    request = Request(scope, receive)
    body = await request.body() if request.method == "POST" else b""
    client = request.client.host if request.client else ""
    answer: Response = PlainTextResponse(f"{client} {len(body)}", headers={"server": "secret"})
    await answer(scope, receive, send)


@pytest.fixture
def hops(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("KINNECT_ENV", "development")
    monkeypatch.setenv("KINNECT_TRUSTED_PROXY_HOPS", str(getattr(request, "param", 0)))
    settings_module.settings.cache_clear()
    yield
    settings_module.settings.cache_clear()


async def asked(method: str = "GET", **sent) -> httpx.Response:
    transport = httpx.ASGITransport(Edge(who_called, Path("nowhere")), client=("10.0.0.9", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        return await client.request(method, sent.pop("path", "/x"), **sent)


@pytest.mark.parametrize(
    ("hops", "said", "seen"),
    [
        (0, "6.6.6.6", "10.0.0.9"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (2, "6.6.6.6", "10.0.0.9"),
        (1, "", "10.0.0.9"),
    ],
    indirect=["hops"],
)
async def test_a_client_cannot_choose_the_address_it_is_counted_by(hops, said, seen) -> None:
    answer = await asked(headers={"X-Forwarded-For": said})
    assert answer.text.split()[0] == seen


async def test_every_answer_says_how_it_may_be_used(hops) -> None:
    answer = await asked()
    assert answer.headers["x-frame-options"] == "DENY"
    assert "server" not in answer.headers
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("length", ["x", "-1", "2000000"])
async def test_a_body_of_no_honest_length_is_refused(hops, length: str) -> None:
    answer = await asked("POST", headers={"Content-Length": length}, content=b"")
    assert answer.status_code == 413


async def test_other_hosts_and_foreign_posts_are_refused(hops) -> None:
    assert (await asked(headers={"Host": "evil.example"})).status_code == 421
    foreign = {"Origin": "https://evil.example"}
    assert (await asked("POST", path="/auth/sign-out", headers=foreign)).status_code == 403
    assert (await asked("POST", path="/auth/backchannel-logout/x")).status_code == 403
    for path in ("/auth/backchannel-logout", "/auth/global-token-revocation"):
        assert (await asked("POST", path=path)).status_code == 200
    own = {"Origin": "http://localhost:8000"}
    assert (await asked("POST", path="/auth/sign-out", headers=own)).status_code == 200


async def test_public_data_say_what_may_still_be_asked_and_any_site_may_read_them(
    hops, monkeypatch
) -> None:
    monkeypatch.setattr(limits, "_limiter", cache(limits._limiter.__wrapped__))
    monkeypatch.setattr(limits, "_requests_a_minute", lambda: RateLimitItemPerMinute(2))
    answers = [await asked(path="/bmrs/api/v1/datasets/FREQ") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["1", "0", "0"]
    assert answers[0].headers["access-control-allow-origin"] == "*"
    assert 0 < int(answers[2].headers["retry-after"]) <= 60
    assert "access-control-allow-origin" not in (await asked(path="/api/v1/account")).headers
