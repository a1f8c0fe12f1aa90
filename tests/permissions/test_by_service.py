"""Every service asks for its activity, and refuses whomever the matrix does not give it."""

import inspect
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlmodel import select

from state.domain.actor import NotAllowedError, SignInAgainError
from state.domain.changes import RIGHTS, ChangeAction, ChangeKind, ChangeStatus
from state.domain.permissions import Capacity, Permission
from state.domain.program_changes import AskedChange
from state.persistence.changes import new_public_id
from state.persistence.models.change import ChangeRow
from state.persistence.transaction import reading, transaction
from state.services import (
    change_beginnings,
    change_decisions,
    change_merge,
    change_views,
    changes,
)
from state.services.changes import Proposal
from tests.architecture.test_house import services
from tests.databases import fresh_installation, installation
from tests.market import NOW, TinyMarket, tiny_market
from tests.permissions.people import TABLE, kinds

ASKED: dict[str, str] = yaml.safe_load((Path(__file__).parent / "services.yaml").read_text())
SERVICES = dict(services())
KINDS = kinds()
BY_ACTIVITY = {
    name: asked.split() for name, asked in ASKED.items() if set(asked.split()) <= set(TABLE)
}
ACTIVITIES = {activity for asked in ASKED.values() for activity in asked.split()}
BY_KIND = {name: asked for name, asked in ASKED.items() if asked.startswith("kind.")}
BY_ROW = {name: asked for name, asked in ASKED.items() if asked.startswith("row.")}


def test_every_service_has_an_entry_and_every_entry_a_service() -> None:
    assert set(ASKED) == set(SERVICES)
    pieces = {name for name, asked in ASKED.items() if asked == "piece"}
    assert pieces == {
        name
        for name, service in SERVICES.items()
        if next(iter(inspect.signature(service).parameters)) == "session"
    }
    assert ACTIVITIES - set(TABLE) <= {
        "piece", "kind.view", "kind.prepare", "row.view", "row.prepare", "row.approve",
    }  # fmt: skip


def test_every_activity_is_asked_for_by_a_service() -> None:
    by_kind = {
        getattr(rights, what)
        for rights in RIGHTS.values()
        for what in ("view", "prepare", "approve")
    }
    assert set(TABLE) - ACTIVITIES - by_kind == set()


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_person_has_the_rights_of_their_columns(name: str) -> None:
    kind = KINDS[name]
    own = kind.actor.organisation_id
    for activity in TABLE:
        held = kind.right(activity)
        if kind.actor.program:
            held = "yes" if held else ""  # nobody can ask a program for a fresh sign-in
        assert kind.actor.right(activity, own) == held, activity
        if held == "again":
            stale = replace(kind.actor, fresh=False)
            with pytest.raises(SignInAgainError):
                stale.require(Permission(activity), own)


@pytest.fixture(scope="module")
def nowhere(tmp_path_factory):
    """An installation with no table: a service that reads before it refuses fails there."""
    with installation(tmp_path_factory.mktemp("nowhere")):
        yield


@pytest.mark.parametrize("name", sorted(BY_ACTIVITY))
def test_a_service_refuses_whoever_lacks_its_activity_before_it_reads(name: str, nowhere) -> None:
    activities = BY_ACTIVITY[name]
    if KINDS["anyone"].may(*activities):
        assert _names_activity(name, *activities)
        return
    for kind in KINDS.values():
        if not kind.may(*activities):
            _refused(SERVICES[name], kind.actor, activities[0])


@pytest.mark.parametrize("name", sorted(BY_KIND))
@pytest.mark.parametrize("of", ChangeKind)
def test_a_service_of_changes_asks_for_the_activity_of_their_kind(
    name: str, of: ChangeKind, nowhere
) -> None:
    activity = getattr(RIGHTS[of], BY_KIND[name].partition(".")[2]).value
    for kind in KINDS.values():
        if not kind.may(activity):
            _refused(SERVICES[name], kind.actor, activity, of)


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    with fresh_installation(tmp_path_factory.mktemp("matrix")):
        yield tiny_market()


CALLS = {
    "change_beginnings.draft_to_change": (change_beginnings.draft_to_change, {}),
    "change_decisions.approve_change": (
        change_decisions.approve_change, {"digest": "0", "now": NOW},
    ),
    "change_decisions.send_back": (
        change_decisions.send_back,
        {"digest": "0", "now": NOW, "slot": "refuse", "reason": "Not ours"},
    ),
    "change_decisions.withdraw_change": (change_decisions.withdraw_change, {"now": NOW}),
    "change_merge.merge_change": (
        change_merge.merge_change, {"take_theirs": frozenset(), "now": NOW},
    ),
    "change_views.change_to_see": (change_views.change_to_see, {}),
    "changes.submit_change": (changes.submit_change, {"digest": "0", "now": NOW}),
}  # fmt: skip


def test_every_service_of_a_row_is_called_below() -> None:
    assert set(CALLS) == set(BY_ROW)


@pytest.mark.parametrize("of", ChangeKind)
def test_what_a_row_is_of_decides_who_may_do_what_with_it(of: ChangeKind, market) -> None:
    own = None if of is ChangeKind.REFERENCE else market.organisations["ALPHA"]
    row = _change(market, of, own)
    before = _row(row)
    for name, (service, more) in CALLS.items():
        activity = getattr(RIGHTS[of], BY_ROW[name].partition(".")[2]).value
        for kind in kinds(market).values():
            if kind.may(activity):
                continue
            with pytest.raises(NotAllowedError):
                service(actor=kind.actor, organisation_id=own, public_id=row, **more)
    assert _row(row) == before


def test_nobody_of_another_company_does_anything_with_a_row(market) -> None:
    row = _change(market, ChangeKind.CONTACT, market.organisations["ALPHA"])
    before = _row(row)
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A, "A")
    for service, more in CALLS.values():
        for where in market.organisations.values():
            with pytest.raises(NotAllowedError):
                service(actor=ben, organisation_id=where, public_id=row, **more)
    assert _row(row) == before


def _refused(service: Any, actor, activity: str, of: ChangeKind = ChangeKind.CONTACT) -> None:
    """Called with what stands for anything: who is refused is refused whatever they ask for."""
    with pytest.raises(NotAllowedError) as refused:
        _called(service, actor, of)
    is_plain = refused.type is NotAllowedError  # not: nobody is signed in
    assert not is_plain or f"({activity})" in str(refused.value), refused.value


def _called(service: Any, actor, of: ChangeKind) -> None:
    given = service(actor=actor, **_anything(service, of))
    if inspect.isgenerator(given):
        next(given)


def _anything(service: Any, of: ChangeKind) -> dict[str, Any]:
    known = {
        "kind": of,
        "now": NOW,
        "today": NOW.date(),
        "on": NOW.date(),
        "organisation_id": 1,
        "proposal": Proposal(of, ChangeAction.CHANGE, "x", {}, 1),
        "asked": AskedChange(of, ChangeAction.CHANGE),
    }
    return {
        one.name: known.get(one.name, _of_type(str(one.annotation)))
        for one in inspect.signature(service).parameters.values()
        if one.name != "actor" and one.default is one.empty
    }


def _of_type(annotation: str) -> Any:
    if "bool" in annotation:
        return False
    return 1 if "int" in annotation else "x"


def _names_activity(name: str, activity: str) -> bool:
    """Nobody can be refused what anyone may: that it is asked for is read in the source."""
    return f"Permission.{Permission(activity).name}" in _source(SERVICES[name])


def _source(service: Any) -> str:
    """Of the service, and of the private functions beside it that it calls."""
    source = inspect.getsource(service)
    beside = vars(inspect.getmodule(service))
    called = [one for name, one in beside.items() if f"{name}(" in source and name[0] == "_"]
    return source + "".join(inspect.getsource(one) for one in called if inspect.isfunction(one))


def _change(market: TinyMarket, of: ChangeKind, own: int | None) -> str:
    with transaction() as session:
        row = ChangeRow(
            public_id=new_public_id(),
            organisation_id=own,
            kind=of.value,
            action=ChangeAction.CHANGE.value,
            subject="x",
            title="Something",
            base_version=1,
            before=json.dumps({}),
            after=json.dumps({}),
            effective_on=NOW.date(),
            status=ChangeStatus.AWAITING_APPROVAL.value,
            digest="0",
            made_by=market.people["al"],
            submitted_at=NOW,
            created_at=NOW,
            updated_at=NOW,
        )
        session.add(row)
        return row.public_id


def _row(public_id: str) -> dict[str, Any]:
    with reading() as session:
        wanted = select(ChangeRow).where(ChangeRow.public_id == public_id)
        return session.exec(wanted).one().model_dump()
