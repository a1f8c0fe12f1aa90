"""Attacks by people of every kind, over a raw websocket, against the app as it is served."""

import json
import re

import httpx

from state.ui.access import OpenTo
from tests.e2e.doors import (
    STATE,
    await_the_worker,
    contact_of,
    everything,
    handlers,
    name_of,
    organisation_of,
)
from tests.raw_socket import raw_socket, sign_in
from tests.served import Served

ALICE, NADIA = "alice-harrowgate", "nadia-thornbury"
ALBION, NORTHFLEX = "ALBION POWER LTD", "NORTHFLEX LTD"
HOSTILE = [
    {},
    {"form": {"name": "x", "decision": "accept", "reason": "x"}},
    {"public_id": "' OR 1=1 --", "value": None, "number": 10**400, "form": [float("nan")]},
]


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
    theirs = contact_of(served.data, NORTHFLEX)
    name = contact_of(served.data, NORTHFLEX, "name")
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
    own = contact_of(served.data, ALBION)
    with raw_socket(served.origin, cookie=sign_in(served.origin, "agnes-whitlow")) as socket:
        socket.send(f"{STATE}.hydrate")
        answer = socket.send(
            name_of("contact____contact_state.load"), path=f"/account/contact?id={own}"
        )
        assert "/not-allowed" in json.dumps(answer)


def test_an_assistant_cannot_approve_their_own_change(served: Served) -> None:
    """The button is not on the page; the event is forged."""
    own = contact_of(served.data, ALBION)
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
    assert contact_of(served.data, ALBION, "name") != "Forged Name"


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


def test_a_tab_of_one_company_does_nothing_for_another(served: Served, record: None) -> None:
    """Bridget is an assistant of ALBION and Category A of NORTHFLEX; she has two tabs."""
    cookie = sign_in(served.origin, "bridget-fairweather-lowe")
    albion, northflex = (organisation_of(served.data, company) for company in (ALBION, NORTHFLEX))
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
