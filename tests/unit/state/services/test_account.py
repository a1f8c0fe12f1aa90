from datetime import timedelta

import pytest

from state.domain.actor import ANYONE, CONSOLE_OPERATOR, NotAllowedError, NotSignedInError
from state.domain.permissions import Capacity
from state.services import account, audit, bank_reveal, registered
from tests.changing import contact_sent
from tests.market import NOW, tiny_market


def test_the_account_shows_what_is_held_and_what_waits(database) -> None:
    market = tiny_market()
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    contact_sent(market.acting("al", "ALPHA", Capacity.ASSISTANT), name="Caro")
    found = account.company_account(actor=ann, organisation_id=ann.organisation_id, now=NOW)
    assert (found.legal_name, found.party_ids) == ("ALPHA ENERGY LTD", ("ALPHA",))
    assert found.registered_address == "1 Nowhere Street, ZY1 1ZY"
    assert [role.name for role in found.roles] == ["Generator"]
    counts = found.counts
    assert (counts.contacts, counts.addresses, counts.bm_units) == (1, 1, 60)
    assert (counts.open_changes, counts.changes_for_me, counts.contacts_to_review) == (1, 1, 0)
    later = NOW + timedelta(days=800)
    old = account.company_account(actor=ann, organisation_id=ann.organisation_id, now=later)
    assert old.counts.contacts_to_review == 1


def test_the_trail_says_by_whom_and_which_fields_and_not_what_stands_in_them(database) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A)
    contact_sent(ann, name="Dora Ellis")
    trail = audit.audit_trail(actor=CONSOLE_OPERATOR, search="account.")
    assert [entry.event.removeprefix("account.contact.change_") for entry in trail.entries] == [
        "applied",
        "self_approved",
        "submitted",
        "prepared",
    ]
    assert {entry.actor for entry in trail.entries} == {f"person:{ann.person_id}"}
    assert "Dora" not in str(trail.entries)


@pytest.mark.parametrize("read", [registered.contacts_of, registered.addresses_of])
def test_another_companys_account_is_nobodys_to_read(database, read) -> None:
    market = tiny_market()
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A)
    alpha = market.organisations["ALPHA"]
    with pytest.raises(NotAllowedError):
        read(actor=ben, organisation_id=alpha, now=NOW)
    with pytest.raises(NotSignedInError):
        account.company_account(actor=ANYONE, organisation_id=alpha, now=NOW)


def test_no_account_is_revealed_to_who_may_not(database) -> None:
    market = tiny_market()
    for capacity in (Capacity.ASSISTANT, Capacity.VIEWER):
        al = market.acting("al", "ALPHA", capacity)
        with pytest.raises(NotAllowedError):
            bank_reveal.account_in_full(
                actor=al, organisation_id=al.organisation_id, public_id="x", now=NOW
            )
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A")
    with pytest.raises(NotAllowedError, match="no such account"):
        bank_reveal.account_in_full(
            actor=ann, organisation_id=ann.organisation_id, public_id="x", now=NOW
        )
