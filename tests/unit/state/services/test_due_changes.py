from dataclasses import replace
from datetime import date, timedelta

import pytest

from state.domain.actor import THE_CLOCK
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus
from state.services import due_changes, registered
from state.services.changes import ChangeRefusedError, Proposal
from tests.changing import ACCOUNT, al, ann, contact_change, prepared, sent, view
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    return tiny_market()


def test_a_bank_account_does_not_change_before_its_notice(market) -> None:
    proposal = Proposal(
        ChangeKind.BANK_ACCOUNT,
        ChangeAction.ADD,
        "trading_charges",
        ACCOUNT,
        base_version=0,
        effective_on=date(2026, 11, 24),
    )
    with pytest.raises(ChangeRefusedError, match="at least 3 Working Days away"):
        prepared(al(market), proposal)


def test_a_change_nobody_decides_on_lapses(market) -> None:
    change = contact_change(al(market), name="Caro")
    sent(al(market), change)
    assert due_changes.take_due_changes_up(actor=THE_CLOCK, now=NOW + timedelta(days=30)) == 0
    assert due_changes.take_due_changes_up(actor=THE_CLOCK, now=NOW + timedelta(days=31)) == 1
    assert view(al(market), change).line.status is ChangeStatus.EXPIRED


def test_a_new_address_begins_on_its_day(market) -> None:
    new = Proposal(
        ChangeKind.ADDRESS,
        ChangeAction.ADD,
        "",
        {
            "purpose": "billing",
            "line_1": "2 Somewhere Road",
            "postcode": "sw1a1aa",
            "country": "GB",
        },
        base_version=0,
        effective_on=date(2026, 12, 1),
    )
    change = prepared(ann(market), new)
    assert sent(ann(market), change) is ChangeStatus.SCHEDULED
    own = {"actor": ann(market), "organisation_id": ann(market).organisation_id}
    assert [e.tab for e in registered.addresses_of(**own, now=NOW)] == ["active", "future"]
    due_changes.take_due_changes_up(actor=THE_CLOCK, now=NOW + timedelta(days=10))
    after = registered.addresses_of(**own, now=NOW + timedelta(days=10))
    assert [(e.tab, e.words["postcode"]) for e in after] == [
        ("active", "ZY1 1ZY"),
        ("active", "SW1A 1AA"),
    ]
    with pytest.raises(ChangeRefusedError, match="There is an address for this already"):
        prepared(ann(market), replace(new, effective_on=date(2026, 12, 3)))
