"""Attacks that need nobody's rights: other origins, malformed requests, floods and the log."""

import hashlib
import json
from contextlib import ExitStack

import httpx
import pytest
from websockets.exceptions import InvalidStatus, WebSocketException

from tests.e2e.doors import STATE, name_of
from tests.raw_socket import raw_socket, sign_in
from tests.served import Served

ALICE = "alice-harrowgate"
ALBION = "ALBION POWER LTD"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
def test_a_page_of_another_origin_cannot_connect(served: Served, origin: str) -> None:
    with (
        pytest.raises((InvalidStatus, WebSocketException, EOFError)),
        raw_socket(served.origin, headers={"Origin": origin}) as socket,
    ):
        socket.send(f"{STATE}.hydrate")


def test_what_a_client_says_of_its_own_session_is_thrown_away(served: Served) -> None:
    cookie = sign_in(served.origin, ALICE)
    forged = hashlib.sha256(cookie.encode()).hexdigest()
    with raw_socket(served.origin, headers={"Authorization": forged}) as socket:
        socket.send(f"{STATE}.hydrate")
        assert "/sign-in" in json.dumps(socket.send(name_of("account____account_state.load")))


def test_no_secret_stands_in_the_log_or_in_what_a_browser_is_sent(served: Served) -> None:
    cookie = sign_in(served.origin, ALICE)
    with raw_socket(served.origin, cookie=cookie) as socket:
        said = json.dumps(socket.send(f"{STATE}.hydrate"))
        socket.send(f"{STATE}.no_such_handler", {"x": 1})
        socket.send(name_of("account____account_state.load"), {"unexpected": {"a": [1] * 50}})
    log = served.log.read_text()
    assert cookie not in said
    assert cookie not in log
    assert "Cookie" not in log


def test_a_flood_of_malformed_frames_leaves_the_server_standing(served: Served) -> None:
    for frame in (
        "42",
        "42/_event,",
        "42/_event,[]",
        '42/_event,["event",5]',
        "9" * 10_000,
        "\x00",
    ):
        try:
            with raw_socket(served.origin) as socket:
                socket._connection.send(frame)
                socket.gather(0.1)
        except WebSocketException:
            continue
    assert httpx.get(f"{served.origin}/ping").status_code == 200


def test_another_host_is_not_answered(served: Served) -> None:
    assert httpx.get(f"{served.origin}/", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("path", ["/_upload", "/_upload/x", "/_health", "/_all_routes"])
def test_the_frameworks_side_doors_are_shut(served: Served, path: str) -> None:
    assert httpx.post(f"{served.origin}{path}", content=b"x").status_code in {403, 404}
    assert httpx.get(f"{served.origin}{path}").status_code == 404


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
@pytest.mark.parametrize("path", ["/auth/development", "/auth/sign-out"])
def test_signing_in_and_out_needs_a_page_of_ours(
    served: Served, path: str, headers: dict[str, str]
) -> None:
    answer = httpx.post(f"{served.origin}{path}", data={"person": ALICE}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_the_development_sign_in_is_for_this_machine_alone(served: Served, header: str) -> None:
    answer = httpx.post(
        f"{served.origin}/auth/development",
        data={"person": ALICE},
        headers={"Origin": served.origin, header: "203.0.113.9"},
    )
    assert answer.status_code == 404


def test_pages_carry_a_policy_that_lets_no_foreign_script_run(served: Served) -> None:
    answer = httpx.get(f"{served.origin}/", follow_redirects=True)
    policy = answer.headers["content-security-policy"]
    script = next(part for part in policy.split(";") if "script-src" in part)
    assert "unsafe" not in script
    assert "default-src 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-cache"


def test_a_large_body_is_refused(served: Served) -> None:
    answer = httpx.post(
        f"{served.origin}/auth/development",
        content=b"x" * 2_000_000,
        headers={"Origin": served.origin},
    )
    assert answer.status_code == 413


def test_a_page_cannot_write_lines_into_the_log(served: Served) -> None:
    with raw_socket(served.origin) as socket:
        for _ in range(50):
            socket.send(
                name_of("handle_frontend_exception"),
                {"info": "x\r\nFORGED \x1b[31m" + "y" * 60_000, "component_stack": ""},
                wait=0.01,
            )
        socket.gather(0.3)
    log = served.log.read_text()
    assert "\nFORGED" not in log
    assert "\x1b" not in log
    assert log.count("FORGED") <= 5


def test_an_event_number_out_of_all_bounds_is_passed_over(served: Served) -> None:
    for number in ("9" * 5000, "9" * 30):
        headers = {"Last-Event-ID": number}
        with httpx.stream(
            "GET", f"{served.origin}/api/v1/insights/events", headers=headers
        ) as answer:
            assert answer.status_code == 200
            assert "ready" in next(answer.iter_text())


def test_one_client_cannot_take_every_place_of_the_event_stream(served: Served) -> None:
    path = f"{served.origin}/api/v1/insights/events"
    with httpx.Client(limits=httpx.Limits(max_connections=40)) as client, ExitStack() as open_ones:
        codes = [open_ones.enter_context(client.stream("GET", path)).status_code for _ in range(25)]
    assert codes.count(200) <= 20
    assert codes.count(503) >= 5
