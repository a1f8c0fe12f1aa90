"""Attacks on the doors, over a raw websocket and over HTTP, against the app as it is served."""

import hashlib
import json
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from reflex_base.registry import RegistrationContext
from websockets.exceptions import InvalidStatus, WebSocketException

import kinnect_app.kinnect_app as assembled
from state.ui.access import OpenTo, opened_to
from tests.raw_socket import raw_socket, sign_in
from tests.served import Served

ALICE, NADIA = "alice-harrowgate", "nadia-thornbury"
ALBION, NORTHFLEX = "ALBION POWER LTD", "NORTHFLEX LTD"
HOSTILE = [
    {},
    {"form": {"name": "x", "decision": "accept", "reason": "x"}},
    {"public_id": "' OR 1=1 --", "value": None, "number": 10**400, "form": [float("nan")]},
]
STATE = "reflex___state____state"


def handlers() -> dict[str, OpenTo | None]:
    """Every event that this app registers, those of the framework too, and to whom it is open."""
    assert assembled.app is not None
    return {
        name: opened_to(registered.handler.fn)
        for name, registered in RegistrationContext.get().event_handlers.items()
    }


def name_of(ending: str) -> str:
    found = [name for name in handlers() if name.endswith(ending)]
    assert len(found) == 1, found
    return found[0]


@pytest.fixture
def record(served: Served) -> Iterator[None]:
    """The whole record but for sessions; the test fails if anything in it was changed."""
    await_the_worker(served.data)
    before = everything(served.data)
    yield
    assert everything(served.data) == before


def await_the_worker(data: Path) -> None:
    """The demo market leaves a few runs to do, and the worker begins with them."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with sqlite3.connect(f"file:{data / 'kinnect.db'}?mode=ro", uri=True) as connection:
            states = {row[0] for row in connection.execute("SELECT state FROM settlement_run")}
        if "computed" in states and not states & {"requested", "computing"}:
            return
        time.sleep(0.2)
    raise AssertionError(states)


def everything(data: Path) -> dict[str, list[tuple]]:
    with sqlite3.connect(f"file:{data / 'kinnect.db'}?mode=ro", uri=True) as connection:
        tables = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        ignored = {"user_session", "audit_entry", "alembic_version"}
        told_of = {"notice", "outbox_mail"}  # of the tests' own sign-ins, from another browser
        found = {
            table: sorted(
                map(
                    repr,
                    connection.execute(
                        f"SELECT * FROM {table}"
                        + (" WHERE key <> 'signin.new_device'" if table in told_of else "")
                    ),
                )
            )
            for table in tables
            if table not in ignored
        }
        found["audit"] = [
            row
            for row in connection.execute("SELECT event, subject FROM audit_entry")
            if not row[0].startswith("session.")
        ]
        return found


def test_a_stranger_calls_every_handler_and_changes_nothing(served: Served, record: None) -> None:
    allowed = {
        name for name, whom in handlers().items() if whom in {OpenTo.ANYONE, OpenTo.ANYONE_SELDOM}
    }
    with raw_socket(served.origin) as socket:
        socket.send(f"{STATE}.hydrate")
        for name in handlers():
            if name.endswith("mailbox_state.load"):
                continue  # on a developer's own machine anyone may read the mail, and be anyone
            for payload in HOSTILE:
                socket.post(name, payload)
        said = json.dumps(socket.done())
    assert "@albion.example" not in said
    assert "Traceback" not in said
    assert allowed  # the public pages have handlers of their own; they were called too


def test_every_handler_of_ours_says_to_whom_it_is_open() -> None:
    ours = {name: whom for name, whom in handlers().items() if "state___ui" in name}
    silent = {
        name
        for name, whom in ours.items()
        if whom is None and name.rsplit(".", 1)[1] not in {"setvar", "set_is_hydrated"}
    }
    assert not silent
    assert {
        name.rsplit(".", 1)[1] for name, whom in ours.items() if whom is OpenTo.ANYONE_SELDOM
    } == {
        "send",
        "track",
        "ask_again",
        "ask_again_here",
        "look_over",
        "confirm",
        "leave",
    }


def test_a_member_of_one_company_cannot_read_or_change_another_ones_contact(
    served: Served, record: None
) -> None:
    theirs = _contact_of(served.data, NORTHFLEX)
    name = _contact_of(served.data, NORTHFLEX, "name")
    with raw_socket(served.origin, cookie=sign_in(served.origin, ALICE)) as socket:
        socket.send(f"{STATE}.hydrate")
        read = socket.send(
            name_of("contact____contact_state.load"), path=f"/account/contact?id={theirs}"
        )
        assert name not in json.dumps(read)
        assert "/not-allowed" in json.dumps(read)
        kept = socket.send(
            name_of("contact____contact_state.keep"),
            {"typed": {"name": "Eve", "email": "eve@evil.example", "phone": "01632 960000"}},
            path=f"/account/contact?id={theirs}",
        )
        assert "/account/change?id=" not in json.dumps(kept)


def test_a_viewer_cannot_change_a_contact_of_their_own_company(
    served: Served, record: None
) -> None:
    own = _contact_of(served.data, ALBION)
    with raw_socket(served.origin, cookie=sign_in(served.origin, "agnes-whitlow")) as socket:
        socket.send(f"{STATE}.hydrate")
        answer = socket.send(
            name_of("contact____contact_state.load"), path=f"/account/contact?id={own}"
        )
        assert "/not-allowed" in json.dumps(answer)


def test_an_assistant_cannot_approve_their_own_change(served: Served) -> None:
    """The button is not on the page; the event is forged."""
    own = _contact_of(served.data, ALBION)
    cookie = sign_in(served.origin, "arun-selby")
    with raw_socket(served.origin, cookie=cookie) as socket:
        socket.send(f"{STATE}.hydrate")
        socket.send(name_of("contact____contact_state.load"), path=f"/account/contact?id={own}")
        form = {
            "name": "Forged Name",
            "email": "forged@albion.example",
            "phone": "01632 960000",
            "out_of_hours": "no",
            "purposes.notices": "on",
        }
        kept = json.dumps(
            socket.send(
                name_of("contact____contact_state.keep"),
                {"typed": form},
                path=f"/account/contact?id={own}",
            )
        )
        [change] = re.findall(r"/account/change\?id=([0-9a-f]+)", kept)
        path = f"/account/change?id={change}"
        socket.send(name_of("____change_state.load"), path=path)
        socket.send(name_of("____change_state.submit"), path=path)
        forged = socket.send(
            name_of("____change_state.decide"), {"typed": {"decision": "approve"}}, path=path
        )
        assert "/not-allowed" in json.dumps(forged)
    assert _contact_of(served.data, ALBION, "name") != "Forged Name"


def test_a_company_cannot_open_the_staff_pages(served: Served, record: None) -> None:
    with raw_socket(served.origin, cookie=sign_in(served.origin, ALICE)) as socket:
        socket.send(f"{STATE}.hydrate")
        for ending in (
            "queues____queues_state.load",
            "audit____audit_state.load",
            "audit____audit_state.verify",
            "runs____runs_state.look",
            "runs____runs_state.start",
            "run____one_run_state.look",
            "run____one_run_state.publish",
            "run____one_run_state.again",
            "run_comparison____run_comparison_state.load",
            "all_people____all_people_state.load",
            "all_people____all_people_state.find",
            "person____person_state.load",
            "person____person_state.suspend",
            "person____person_state.let_back",
            "person____person_state.end_sign_ins",
            "company_access____company_access_state.load",
            "company_access____company_access_state.invite",
            "company_access____company_access_state.confirm",
            "company_access____company_access_state.approve",
            "staff_roles____staff_roles_state.load",
            "staff_roles____staff_roles_state.propose",
            "staff_roles____staff_roles_state.agree",
            "view_as____view_as_state.begin",
            "view_as____view_as_state.stop",
        ):
            socket.post(name_of(ending))
            answer = json.dumps(socket.done())
            assert "/not-allowed" in answer
            assert "EOI-" not in answer


def test_staff_who_look_as_a_company_call_every_handler_and_change_nothing(
    served: Served,
) -> None:
    """They may end their look, or their sign-in; nothing else of theirs is kept."""
    way_out = ("view_as_state.begin", "view_as_state.stop", "sign_ins_state.end")
    with raw_socket(served.origin, cookie=sign_in(served.origin, "parveen-maddox")) as socket:
        socket.send(f"{STATE}.hydrate")
        form = {"company": "ALBION", "reason": "To see that nothing can be changed"}
        socket.send(name_of("view_as____view_as_state.begin"), {"form": form})
        shown = json.dumps(socket.send(name_of("account____account_state.load"), path="/account"))
        assert ALBION in shown
        await_the_worker(served.data)
        before = everything(served.data)
        for name in handlers():
            if name.rsplit(".", 1)[0].endswith("mailbox_state") or any(
                one in name for one in (*way_out, "sign_ins_state.end_all")
            ):
                continue
            for payload in HOSTILE:
                socket.post(name, payload)
        socket.done()
        again = json.dumps(
            socket.send(name_of("account____account_state.load"), path="/account", wait=3)
        )
        assert ALBION in again  # they looked the whole time
        assert everything(served.data) == before
        socket.send(name_of("view_as____view_as_state.stop"))


def test_a_stolen_tab_token_opens_nothing(served: Served) -> None:
    with raw_socket(served.origin, cookie=sign_in(served.origin, ALICE)) as socket:
        socket.send(f"{STATE}.hydrate")
        assert ALBION in json.dumps(socket.send(name_of("account____account_state.load")))
        token = socket.token
    for cookie in ("", sign_in(served.origin, NADIA)):
        with raw_socket(served.origin, token=token, cookie=cookie) as thief:
            for event in ("hydrate", "hydrate_and_load"):
                said = json.dumps(thief.send(f"{STATE}.{event}", path="/"))
                assert ALBION not in said
                assert "Alice" not in said


def test_a_session_ends_for_the_sockets_that_are_open(served: Served) -> None:
    cookie = sign_in(served.origin, ALICE)
    load = name_of("account____account_state.load")
    with raw_socket(served.origin, cookie=cookie) as socket:
        socket.send(f"{STATE}.hydrate")
        assert ALBION in json.dumps(socket.send(load))
        out = httpx.post(
            f"{served.origin}/auth/sign-out",
            headers={"Origin": served.origin, "Cookie": f"kinnect={cookie}"},
        )
        assert out.status_code == 303
        said = json.dumps(socket.send(load))
        assert "/sign-in" in said
        assert "@albion.example" not in said


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


def _contact_of(data: Path, company: str, column: str = "public_id") -> str:
    with sqlite3.connect(f"file:{data / 'kinnect.db'}?mode=ro", uri=True) as connection:
        row = connection.execute(
            f"SELECT c.{column} FROM contact c JOIN organisation o ON o.id = c.organisation_id "
            "WHERE o.legal_name = ?",
            (company,),
        ).fetchone()
    return str(row[0])


def test_a_tab_of_one_company_does_nothing_for_another(served: Served, record: None) -> None:
    """Bridget is an assistant of ALBION and Category A of NORTHFLEX; she has two tabs."""
    cookie = sign_in(served.origin, "bridget-fairweather-lowe")
    albion, northflex = (_organisation(served.data, company) for company in (ALBION, NORTHFLEX))
    choose = name_of("choose_company_state.choose")
    load = name_of("contacts____contacts_state.load")
    with (
        raw_socket(served.origin, cookie=cookie) as first,
        raw_socket(served.origin, cookie=cookie) as second,
    ):
        first.send(f"{STATE}.hydrate")
        first.send(choose, {"public_id": albion})
        assert "@albion.example" in json.dumps(first.send(load))
        second.send(f"{STATE}.hydrate")
        second.send(choose, {"public_id": northflex})
        form = {"reason": "x"}
        for name, day in (("last_trading_day", "1"), ("withdrawal_date", "2")):
            form |= {f"{name}_day": day, f"{name}_month": "12", f"{name}_year": "2030"}
        said = json.dumps(first.send(name_of("market_exit_state.propose"), {"form": form}))
        assert "You changed company" in said
        assert "@albion.example" not in said
        assert "@albion.example" not in json.dumps(first.send(f"{STATE}.hydrate"))


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


def _organisation(data: Path, company: str) -> str:
    with sqlite3.connect(f"file:{data / 'kinnect.db'}?mode=ro", uri=True) as connection:
        wanted = "SELECT public_id FROM organisation WHERE legal_name = ?"
        return str(connection.execute(wanted, (company,)).fetchone()[0])
