from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from state.domain.actor import NotAllowedError
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus, Slot
from state.domain.permissions import Capacity, StaffRole
from state.persistence.models.organisation import ContactRow
from state.persistence.transaction import reading
from state.services import bank_checks, change_decisions, changes
from state.services.changes import ChangeRefusedError, Proposal
from tests.changing import (
    CAROL,
    al,
    amy,
    ann,
    approved,
    bank_change,
    contact_change,
    contact_name,
    send_back,
    sent,
    view,
    withdraw,
)
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    return tiny_market()


def test_an_approval_signs_what_was_looked_at_and_nothing_else(market) -> None:
    change = contact_change(al(market), name="Caro")
    seen = view(al(market), change).digest
    prepared_again = changes.prepare_change(
        actor=al(market),
        organisation_id=al(market).organisation_id,
        proposal=Proposal(
            ChangeKind.CONTACT,
            ChangeAction.CHANGE,
            "contact-alpha",
            CAROL | {"name": "Mallory"},
            base_version=1,
        ),
        now=NOW,
        public_id=change,
    )
    assert prepared_again == change
    with pytest.raises(ChangeRefusedError, match="changed since"):
        changes.submit_change(
            actor=al(market),
            organisation_id=al(market).organisation_id,
            public_id=change,
            digest=seen,
            now=NOW,
        )
    sent(al(market), change)
    with pytest.raises(ChangeRefusedError, match="quicker"):
        approved(ann(market), change, digest=seen)


def test_a_returned_change_is_improved_and_sent_again(market) -> None:
    change = contact_change(al(market), name="Caro")
    sent(al(market), change)
    with pytest.raises(ChangeRefusedError, match="Enter a reason"):
        send_back(ann(market), change, Slot.RETURN, " ")
    assert send_back(ann(market), change, Slot.RETURN, "Her name in full") is ChangeStatus.RETURNED
    assert view(al(market), change).answer == "Her name in full"
    contact = Proposal(
        ChangeKind.CONTACT, ChangeAction.CHANGE, "contact-alpha", CAROL | {"name": "Carola"}, 1
    )
    changes.prepare_change(
        actor=al(market),
        organisation_id=al(market).organisation_id,
        proposal=contact,
        now=NOW,
        public_id=change,
    )
    sent(al(market), change)
    assert approved(ann(market), change) is ChangeStatus.APPLIED
    assert contact_name() == "Carola"


def test_a_refused_or_withdrawn_change_comes_to_nothing(market) -> None:
    refused = contact_change(al(market), name="Caro")
    sent(al(market), refused)
    assert send_back(ann(market), refused, Slot.REFUSE, "No") is ChangeStatus.REFUSED
    withdrawn = contact_change(al(market), name="Cara")
    sent(al(market), withdrawn)
    with pytest.raises(NotAllowedError):
        withdraw(ann(market), withdrawn)
    withdraw(al(market), withdrawn)
    for change in (refused, withdrawn):
        with pytest.raises(ChangeRefusedError):
            approved(ann(market), change)
    assert contact_name() == "Carol of ALPHA"


def test_24_racing_approvals_have_one_effect(market) -> None:
    change = contact_change(al(market), name="Caro")
    sent(al(market), change)
    digest = view(ann(market), change).digest
    people = [ann(market), amy(market)]

    def approve(number: int) -> str:
        try:
            return approved(people[number % 2], change, digest=digest).value
        except ChangeRefusedError:
            return "too late"

    with ThreadPoolExecutor(24) as threads:
        came_to = sorted(threads.map(approve, range(24)))
    assert came_to == ["applied", *["too late"] * 23]
    assert len(view(ann(market), change).signatures) == 1
    with reading() as session:
        row = session.exec(select(ContactRow).where(ContactRow.public_id == "contact-alpha")).one()
    assert row.row_version == 2


def test_nobody_approves_their_own_bank_account(market) -> None:
    change = bank_change(ann(market))
    assert sent(ann(market), change) is ChangeStatus.AWAITING_APPROVAL
    with pytest.raises(NotAllowedError, match="You made this change"):
        approved(ann(market), change)
    assert (
        approved(market.acting("nick", "ALPHA", Capacity.SIGNATORY, "N"), change)
        is ChangeStatus.AWAITING_CALL_BACK
    )


def test_a_bank_change_that_nobody_expects_is_stopped(market) -> None:
    change = bank_change(al(market))
    sent(al(market), change)
    approved(ann(market), change)
    nick = market.acting("nick", "ALPHA", Capacity.SIGNATORY, "N")
    change_decisions.stop_change(
        actor=nick,
        organisation_id=nick.organisation_id,
        public_id=change,
        reason="We did not ask for this",
        now=NOW,
    )
    assert view(nick, change).line.status is ChangeStatus.STOPPED
    assert (
        bank_checks.bank_changes_to_check(
            actor=market.staff("silas", StaffRole.SETTLEMENT_OPERATIONS)
        )
        == ()
    )
