"""Forged events: nobody changes anything by a handler whose activity the matrix does not give them.

Each kind of person of the demo market has every page drawn, and then every handler called that
needs an activity which they lack, with answers that would do for somebody who has it.
"""

import inspect
import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from reflex_base.registry import RegistrationContext

import kinnect_app.kinnect_app as assembled
from kinnect_app import routes
from kinnect_app.routes import Route
from state.domain.actor import ANYONE, Actor
from state.domain.changes import ChangeAction, ChangeKind
from state.domain.market_entry import ExpressionOfInterest
from state.domain.permissions import Capacity
from state.services.change_beginnings import record_to_change
from state.services.change_decisions import withdraw_change
from state.services.change_views import change_to_see
from state.services.changes import Proposal, prepare_change, submit_change
from state.services.market_entry import express_interest
from state.ui.session import clock
from tests.databases import installation
from tests.e2e.doors import STATE, await_the_worker, everything, handlers
from tests.permissions.people import TABLE, kinds
from tests.raw_socket import raw_socket, sign_in
from tests.served import ROOT, Served

NEEDS: dict[str, str] = yaml.safe_load((ROOT / "tests/permissions/handlers.yaml").read_text())
PEOPLE = {
    "viewer": "agnes-whitlow",
    "signatory": "fergus-tait",
    "signatory N": "nora-whinfell",
    "assistant": "arun-selby",
    "category_a": "alice-harrowgate",
    "market_entry": "esther-newcombe",
    "participant_management": "parveen-maddox",
    "settlement_operations": "silas-okoro",
    "insights_publisher": "isla-webberley",
    "administrator": "adam-rootley",
    "auditor": "audrey-checkland",
}
INTEREST = ExpressionOfInterest(
    legal_name="Matrix Wind Limited",
    registered_in_uk=True,
    company_number="SC654321",
    country="",
    role_codes=("TG",),
    target_date=date(2030, 9, 1),
    description="",
    contact_name="Mat Rix",
    job_title="",
    email="mat@matrix.example",
    phone="01632 960 001",
    may_act=True,
)
OF_NOBODY = {"nothing", "own"}
PATHS = {route.path for route in vars(routes).values() if isinstance(route, Route)}


def short(name: str) -> str:
    """`party.people.people_state.end`, as the entries have it."""
    return (
        name.removeprefix(f"{STATE}.")
        .removeprefix("state___ui___")
        .replace("____", ".")
        .replace("___", ".")
    )


def ours() -> dict[str, str]:
    """The full name of each handler of ours, by its short one."""
    return {short(name): name for name, whom in handlers().items() if "___ui___" in name and whom}


def test_every_handler_has_an_entry_and_every_entry_a_handler() -> None:
    assert set(NEEDS) == set(ours())
    named = {activity for entry in NEEDS.values() for activity in entry.split()}
    assert named <= set(TABLE) | OF_NOBODY | {"row.prepare", "row.approve"}


@pytest.fixture(scope="module")
def forms(served: Served) -> Iterator[dict[str, Any]]:
    """What the handlers are called with: ids that are there, and answers that would do.

    An interest and a change of ALBION wait meanwhile for whoever may decide on them.
    """
    await_the_worker(served.data)
    with installation(served.data):
        found = _ids(served.data)
        reference = express_interest(actor=ANYONE, interest=INTEREST, now=clock()).reference
        change = contact_sent(found["arun"], found["ids"]["contacts_state"])
        found["at"] |= {"interest": f"reference={reference}", "change": f"id={change}"}
        yield found
        withdraw_change(
            actor=found["arun"],
            organisation_id=found["arun"].organisation_id,
            public_id=change,
            now=clock(),
        )


@pytest.mark.parametrize("kind", PEOPLE)
def test_a_forged_event_changes_nothing(kind: str, served: Served, forms: dict[str, Any]) -> None:
    cookie = sign_in(served.origin, PEOPLE[kind])
    await_the_worker(served.data)
    before = everything(served.data)
    are = {kind, *_roles_given(served.data, PEOPLE[kind])}
    lacks = [name for name in NEEDS if all(_lacks(one, NEEDS[name]) for one in are)]
    with raw_socket(served.origin, cookie=cookie) as socket:
        socket.done()
        for screen in dict.fromkeys(name.rpartition(".")[0] for name in lacks):
            path = _path(screen, forms)
            if f"{screen}.load" in NEEDS:
                socket.post(ours()[f"{screen}.load"], path=path)
            for name in (one for one in lacks if one.rpartition(".")[0] == screen):
                socket.post(ours()[name], _payload(name, forms), path=path)
        said = json.dumps(socket.done())
    assert len(lacks) > 20
    assert "Traceback" not in said
    after = everything(served.data)
    changed = {
        table: [row for row in rows if row not in before.get(table, [])]
        for table, rows in after.items()
        if rows != before.get(table)
    }
    assert changed == {}


def test_the_same_events_do_something_for_whoever_may(served: Served, forms) -> None:
    """So that the test above could fail: a Category A's own events, sent in the same way."""
    with raw_socket(served.origin, cookie=sign_in(served.origin, "alice-harrowgate")) as socket:
        socket.done()
        before = everything(served.data)
        for name in ("party.people.people_state.change_kind", "party.contact.contact_state.keep"):
            screen = name.rpartition(".")[0]
            path = _path(screen, forms)
            socket.post(ours()[f"{screen}.load"], path=path)
            socket.post(ours()[name], _payload(name, forms), path=path)
        socket.done()
        after = everything(served.data)
        changed = {table for table, rows in after.items() if rows != before.get(table)}
        assert {"membership", "change", "audit"} <= changed
        back = {**_payload("party.people.people_state.change_kind", forms), "kind": "viewer"}
        socket.post(ours()["party.people.people_state.change_kind"], back, path="/account/people")
        socket.done()


def _roles_given(data: Path, subject: str) -> set[str]:
    """The roles of staff that somebody has by now: another test may have given one."""
    with sqlite3.connect(f"file:{data / 'kinnect.db'}?mode=ro", uri=True) as connection:
        return {
            row[0]
            for row in connection.execute(
                "SELECT r.role FROM staff_role r JOIN external_identity i "
                "ON i.person_id = r.person_id WHERE i.subject = ? AND r.until IS NULL",
                (subject,),
            )
        }


def _lacks(kind: str, needs: str) -> bool:
    """Whether the handler changes something, and the kind may not do that."""
    if needs in OF_NOBODY:
        return False
    known = kinds()[kind]
    if needs.startswith("row."):  # the change that is named is of a contact
        needs = needs.replace("row.", "contact.")
    return not known.may(*needs.split())


def _path(screen: str, forms: dict[str, Any]) -> str:
    """The page of a screen: the route of its page's name, at something that is there."""
    module = screen.split(".")[-2]
    page = next(
        route.path for route, page in _pages().items() if page.__name__.rpartition(".")[2] == module
    )
    named = forms["at"].get(module, "")
    assert page in PATHS
    return f"{page}?{named}" if named else page


def _pages() -> dict[Route, Any]:
    return assembled.PAGES


def _payload(name: str, forms: dict[str, Any]) -> dict[str, Any]:
    handler = inspect.unwrap(RegistrationContext.get().event_handlers[ours()[name]].handler.fn)
    screen = name.split(".")[-2]
    known = {
        "form": forms["answers"],
        "typed": forms["answers"],
        "public_id": forms["ids"].get(screen, forms["ids"]["people_state"]),
        "kind": "assistant",
        "what": "program",
        "reference": "x",
        "number": 1,
    }
    wanted = list(inspect.signature(handler).parameters)[1:]
    return {one: known.get(one, "x") for one in wanted}


def _ids(data: Path) -> dict[str, Any]:
    with sqlite3.connect(f"file:{data / 'kinnect.db'}?mode=ro", uri=True) as connection:

        def one(wanted: str) -> str:
            row = connection.execute(wanted).fetchone()
            assert row, wanted
            return str(row[0])

        albion = "(SELECT id FROM organisation WHERE legal_name = 'ALBION POWER LTD')"
        agnes = one("SELECT public_id FROM person WHERE name = 'Agnes Whitlow'")
        contact = one(f"SELECT public_id FROM contact WHERE organisation_id = {albion}")
        address = one(f"SELECT public_id FROM address WHERE organisation_id = {albion}")
        invitation = one(f"SELECT public_id FROM invitation WHERE organisation_id = {albion}")
        company = one(f"SELECT public_id FROM organisation WHERE id = {albion}")
        arun = one("SELECT id FROM person WHERE name = 'Arun Selby'")
        own = one(f"SELECT id FROM organisation WHERE id = {albion}")
        run = one("SELECT public_id FROM settlement_run WHERE state = 'computed'")
    return {
        "at": {
            "contact": f"id={contact}",
            "address": f"id={address}",
            "signatory": f"id={agnes}",
            "person": f"id={agnes}",
            "company_access": f"id={company}",
            "run": f"id={run}",
            "bank_account": "id=trading_charges",
            "reference_value": "id=fee:accession",
        },
        "ids": {"people_state": agnes, "contacts_state": contact},
        "arun": Actor(
            "person",
            "Arun Selby",
            person_id=int(arun),
            organisation_id=int(own),
            capacity=Capacity.ASSISTANT,
        ),
        "answers": _answers(agnes, invitation),
    }


def contact_sent(arun: Actor, contact: str) -> str:
    """A change of a contact that waits for a colleague's approval."""
    own = {"actor": arun, "organisation_id": arun.organisation_id}
    held = record_to_change(**own, kind=ChangeKind.CONTACT, subject=contact)
    proposal = Proposal(
        ChangeKind.CONTACT,
        ChangeAction.CHANGE,
        contact,
        {**held.values, "job_title": "Clerk of the matrix"},
        base_version=held.row_version,
    )
    public_id = prepare_change(**own, proposal=proposal, now=clock())
    digest = change_to_see(**own, public_id=public_id).digest
    submit_change(**own, public_id=public_id, digest=digest, now=clock())
    return public_id


def _answers(agnes: str, invitation: str) -> dict[str, str]:
    return {
        "name": "Forged Name",
        "email": "forged@albion.example",
        "phone": "01632 960000",
        "out_of_hours": "no",
        "purposes.notices": "on",
        "kind": "viewer",
        "batch_kind": "viewer",
        "addresses": "forged@albion.example",
        f"people.{agnes}": "on",
        "when": "today",
        "decision": "accept",
        "reason": "It was forged, and should change nothing at all",
        "stop_reason": "Forged",
        "comment": "Forged",
        "confirmed": "yes",
        "invitation": invitation,
        "scopes.registry:read": "on",
        "url": "https://forged.example/",
        "events.change.applied": "on",
        "categories.F": "on",
        "role_code": "",
        "value": "1",
        "source": "Forged",
        "company": "ALBION",
        "line_1": "1 Forged Street",
        "postcode": "ZY1 1ZY",
        "country": "GB",
        "account_name": "FORGED LTD",
        "sort_code": "99-03-04",
        "account_number": "00012349",
        "phrase": "four forged plain words",
        "date": "2026-10-20",
        "run_type": "SF",
        **{
            f"{which}_{part}": value
            for which in ("last_trading_day", "withdrawal_date", "settlement_date")
            for part, value in (("day", "1"), ("month", "12"), ("year", "2030"))
        },
    }
