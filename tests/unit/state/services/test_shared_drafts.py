from datetime import timedelta

import pytest

from state.domain.actor import NotAllowedError, OnlyLookingError
from state.domain.changes import ChangeKind
from state.domain.permissions import Capacity
from state.services import drafts, shared_drafts
from tests.changing import al, amy, ann
from tests.market import NOW, tiny_market

KEY = "contact:contact-alpha"


@pytest.fixture
def market(either_database):
    return tiny_market()


def typed(actor, name: str, now=NOW) -> None:
    drafts.keep_draft(actor=actor, form_key=KEY, fields={"name": name}, basis="1", now=now)


def at_it(actor, now=NOW) -> str:
    found = shared_drafts.colleague_at(**about(actor), now=now)
    return found.name if found else ""


def about(actor) -> dict[str, object]:
    own = {"actor": actor, "organisation_id": actor.organisation_id}
    return {**own, "kind": ChangeKind.CONTACT, "form_key": KEY}


def held(actor) -> str:
    found = drafts.draft_of(actor=actor, form_key=KEY, now=NOW)
    return found.fields["name"] if found else ""


def test_a_form_is_held_for_ten_minutes_after_the_last_key(market) -> None:
    assert at_it(ann(market)) == ""
    typed(al(market), "Caro")
    assert at_it(al(market)) == ""
    assert at_it(ann(market), NOW + timedelta(minutes=10)) == "Al"
    assert at_it(ann(market), NOW + timedelta(minutes=10, seconds=1)) == ""
    drafts.forget_draft(actor=al(market), form_key=KEY, now=NOW)
    assert at_it(ann(market)) == ""


def test_who_takes_a_form_over_goes_on_with_what_was_typed(market) -> None:
    typed(al(market), "Caro")
    later = NOW + timedelta(minutes=1)
    shared_drafts.take_over(**about(ann(market)), now=later)
    assert (held(ann(market)), held(al(market))) == ("Caro", "")
    assert (at_it(ann(market), later), at_it(al(market), later)) == ("", "Ann")
    shared_drafts.take_over(**about(ann(market)), now=later)
    assert held(ann(market)) == "Caro"


def test_of_two_who_typed_the_last_is_at_it(market) -> None:
    typed(amy(market), "Cara", NOW - timedelta(minutes=2))
    typed(al(market), "Caro", NOW - timedelta(minutes=1))
    assert (at_it(amy(market)), at_it(al(market)), at_it(ann(market))) == ("Al", "", "Al")


def test_nobody_takes_over_at_another_company_or_while_looking(market) -> None:
    typed(al(market), "Caro")
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A, "A")
    assert at_it(ben) == ""
    viewer = market.acting("nick", "ALPHA", Capacity.VIEWER)
    alpha = {**about(ben), "organisation_id": market.organisations["ALPHA"]}
    for actor in (ben, viewer):
        with pytest.raises((NotAllowedError, OnlyLookingError)):
            shared_drafts.take_over(**(alpha | {"actor": actor}), now=NOW)
    assert held(al(market)) == "Caro"
