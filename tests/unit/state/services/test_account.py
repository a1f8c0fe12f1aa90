from dataclasses import replace

import pytest

from state.domain.account import Contact
from state.domain.actor import ANYONE, NotAllowedError, NotSignedInError
from state.domain.permissions import Capacity
from state.services import account, audit
from state.services.account import ContactRefusedError
from tests.market import NOW, tiny_market

NEW = Contact("  Dora   Ellis ", "Clerk", "dora@alpha.example", "01632 960 002")


def test_the_account_shows_what_is_held(database) -> None:
    market = tiny_market()
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    found = account.company_account(actor=ann, organisation_id=ann.organisation_id)
    assert (found.legal_name, found.party_ids, found.bm_unit_count) == (
        "ALPHA ENERGY LTD",
        ("ALPHA",),
        60,
    )
    assert [role.name for role in found.roles] == ["Generator"]
    assert [held.contact.email for held in found.contacts] == ["carol@alpha.example"]


def test_a_contact_is_changed_and_the_trail_says_by_whom_and_which_fields(database) -> None:
    market = tiny_market()
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    held = _change(ann, NEW)
    assert held.contact.name == "Dora Ellis"
    assert held.row_version == 2
    trail = audit.audit_trail_of_company(actor=ann, organisation_id=ann.organisation_id)
    assert [(entry.event, entry.actor) for entry in trail.entries] == [
        ("account.contact.changed", f"person:{ann.person_id}")
    ]
    assert trail.entries[0].details == '{"fields": ["email", "job_title", "name", "phone"]}'


def test_every_reason_is_given_and_nothing_is_stored(database) -> None:
    market = tiny_market()
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    with pytest.raises(ContactRefusedError) as refused:
        _change(ann, Contact("", "x" * 61, "nobody", "12"))
    assert [reason.field for reason in refused.value.reasons] == [
        "name",
        "job_title",
        "email",
        "phone",
    ]
    found = account.company_account(actor=ann, organisation_id=ann.organisation_id)
    assert found.contacts[0].contact.name == "Carol of ALPHA"


def test_who_saves_second_is_told_and_overwrites_nothing(database) -> None:
    market = tiny_market()
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    _change(ann, NEW)
    with pytest.raises(ContactRefusedError, match="Someone else changed this contact"):
        _change(ann, replace(NEW, name="Late Comer"))


@pytest.mark.parametrize("capacity", [Capacity.ASSISTANT, Capacity.VIEWER])
def test_only_a_category_a_changes_contacts(database, capacity: Capacity) -> None:
    actor = tiny_market().acting("ann", "ALPHA", capacity)
    with pytest.raises(NotAllowedError):
        _change(actor, NEW)


def test_another_companys_account_and_contacts_are_closed(database) -> None:
    market = tiny_market()
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A)
    with pytest.raises(NotAllowedError):
        account.company_account(actor=ben, organisation_id=market.organisations["ALPHA"])
    with pytest.raises(NotAllowedError):
        account.contact_to_change(
            actor=ben, organisation_id=ben.organisation_id, public_id="contact-alpha"
        )
    with pytest.raises(NotAllowedError):
        _change(ben, NEW)


def test_a_stranger_is_asked_to_sign_in(database) -> None:
    market = tiny_market()
    with pytest.raises(NotSignedInError):
        account.company_account(actor=ANYONE, organisation_id=market.organisations["ALPHA"])


def _change(actor, contact):
    return account.change_contact(
        actor=actor,
        organisation_id=actor.organisation_id,
        public_id="contact-alpha",
        contact=contact,
        row_version=1,
        now=NOW,
    )
