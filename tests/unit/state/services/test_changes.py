import json
from dataclasses import replace

import pytest
from sqlmodel import select

from state.domain.actor import NotAllowedError
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus, Slot
from state.domain.permissions import Capacity
from state.persistence.models.audit import AuditEntryRow
from state.persistence.models.change import ChangeRow
from state.persistence.models.notices import NoticeRow
from state.persistence.transaction import reading
from state.services import change_beginnings, change_views, registered
from state.services.changes import ChangeRefusedError
from tests.changing import (
    al,
    amy,
    ann,
    approved,
    bank_change,
    contact_change,
    contact_name,
    sent,
    signatory,
    view,
)
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    return tiny_market()


def test_a_category_a_changes_a_contact_alone_and_it_counts_at_once(market) -> None:
    change = contact_change(ann(market), name="Caroline of ALPHA")
    first = view(ann(market), change).fields[0]
    assert (first.label, first.before, first.after) == (
        "Full name",
        "Carol of ALPHA",
        "Caroline of ALPHA",
    )
    assert contact_name() == "Carol of ALPHA"
    assert sent(ann(market), change) is ChangeStatus.APPLIED
    assert contact_name() == "Caroline of ALPHA"
    [signature] = view(ann(market), change).signatures
    assert (signature.slot, signature.self_approved) == (Slot.APPROVE, True)


def test_an_assistants_change_waits_for_a_category_a(market) -> None:
    change = contact_change(al(market), name="Caro of ALPHA")
    assert sent(al(market), change) is ChangeStatus.AWAITING_APPROVAL
    with pytest.raises(NotAllowedError):
        approved(al(market), change)
    assert contact_name() == "Carol of ALPHA"
    assert [
        line.awaits_me
        for line in change_views.changes_of(
            actor=ann(market), organisation_id=ann(market).organisation_id
        )
    ] == [True]
    assert approved(ann(market), change) is ChangeStatus.APPLIED
    assert contact_name() == "Caro of ALPHA"
    with reading() as session:
        told = {row.key for row in session.exec(select(NoticeRow)).all()}
    assert told == {"contact.pending", "change.applied"}


def test_every_reason_is_told_at_once_and_nothing_is_stored(market) -> None:
    with pytest.raises(ChangeRefusedError) as refused:
        contact_change(ann(market), name="", email="nonsense", purposes="")
    assert [reason.field for reason in refused.value.reasons] == ["name", "email", "purposes"]
    with reading() as session:
        assert session.exec(select(ChangeRow)).all() == []


def test_the_last_contact_for_notices_cannot_be_lost(market) -> None:
    with pytest.raises(ChangeRefusedError, match="always have a contact for notices"):
        contact_change(ann(market), purposes="billing")


def test_a_change_of_nothing_is_refused(market) -> None:
    with pytest.raises(ChangeRefusedError, match="Nothing is changed"):
        contact_change(ann(market), phone="01632 960 001")


def test_another_companys_records_and_changes_are_not_there(market) -> None:
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A, "A")
    with pytest.raises(NotAllowedError):
        change_beginnings.record_to_change(
            actor=ben,
            organisation_id=ben.organisation_id,
            kind=ChangeKind.CONTACT,
            subject="contact-alpha",
        )
    with pytest.raises(NotAllowedError):
        contact_change(ben)
    change = contact_change(al(market), name="Caro")
    sent(al(market), change)
    with pytest.raises(NotAllowedError):
        view(ben, change)
    with pytest.raises(NotAllowedError):
        approved(ben, change, digest="x" * 64)
    crossed = replace(ben, organisation_id=ann(market).organisation_id, capacity=None)
    with pytest.raises(NotAllowedError):
        view(crossed, change)


def test_a_draft_that_the_record_left_behind_is_a_conflict_and_its_maker_is_told_once(
    market,
) -> None:
    draft = contact_change(al(market), job_title="Clerk")
    sent(ann(market), contact_change(ann(market), name="Carolin"))
    for _ in range(2):
        assert sent(al(market), draft) is ChangeStatus.CONFLICT
    with reading() as session:
        told = session.exec(select(NoticeRow).where(NoticeRow.key == "change.conflict")).all()
        events = session.exec(
            select(AuditEntryRow.event).where(AuditEntryRow.subject == draft)
        ).all()
    assert [one.person_id for one in told] == [market.people["al"]]
    assert events.count("account.contact.change_met_another") == 1


def test_an_own_draft_is_typed_again_without_what_is_private(market) -> None:
    change = bank_change(al(market))
    own = {"actor": al(market), "organisation_id": al(market).organisation_id}
    proposal, _ = change_beginnings.draft_to_change(**own, public_id=change)
    assert (proposal.subject, proposal.values["country"]) == ("trading_charges", "GB")
    assert "account_number" not in proposal.values
    with pytest.raises(NotAllowedError, match="no such draft"):
        change_beginnings.draft_to_change(**own | {"actor": ann(market)}, public_id=change)
    new = change_beginnings.record_to_change(**own, kind=ChangeKind.CONTACT, subject="")
    assert (dict(new.values), new.row_version) == ({}, 0)


@pytest.mark.parametrize(
    ("values", "field", "reason"),
    [
        ({"account_number": "66374959"}, "account_number", "do not match"),
        ({"sort_code": "12"}, "sort_code", "valid sort code"),
        ({"country": "NL", "iban": "NL00"}, "iban", "IBAN"),
    ],
)
def test_an_account_that_cannot_be_is_refused(market, values, field, reason) -> None:
    with pytest.raises(ChangeRefusedError) as refused:
        bank_change(al(market), **values)
    first = refused.value.reasons[0]
    assert (first.field, reason in first.reason) == (field, True), first


def test_categories_are_given_by_a_second_category_a(market) -> None:
    change = signatory(ann(market), "p-al", "F N//2027-01-01")
    assert sent(ann(market), change) is ChangeStatus.AWAITING_APPROVAL
    with pytest.raises(NotAllowedError, match="You made this change"):
        approved(ann(market), change)
    assert approved(amy(market), change) is ChangeStatus.APPLIED
    own = {"actor": ann(market), "organisation_id": ann(market).organisation_id, "now": NOW}
    of_al = [e for e in registered.signatories_of(**own) if e.public_id == "p-al"]
    assert {(e.tab, e.words["categories"]) for e in of_al} == {
        ("active", "BM Units (F)"),
        ("future", "Funds and bank details (N)"),
    }
    _are_told_of(market, "signatory.added", "Al", "BM Units (F), Funds and bank details (N)")
    ended = signatory(amy(market), "p-al", "", ChangeAction.END)
    sent(amy(market), ended)
    approved(ann(market), ended)
    _are_told_of(market, "signatory.ended", "Al", "BM Units (F)")


def _are_told_of(market, key: str, who: str, what: str) -> None:
    """All who sign for everything, and the signatory: of whom, and of which categories."""
    with reading() as session:
        told = session.exec(select(NoticeRow).where(NoticeRow.key == key)).all()
    assert {one.person_id for one in told} == {market.people[name] for name in ("ann", "amy", "al")}
    for one in told:
        words = json.loads(one.words)
        assert words["who"] == who
        assert words["what"].startswith(what)


def test_the_last_category_a_cannot_be_lost(market) -> None:
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A, "A")
    with pytest.raises(ChangeRefusedError, match="must always have a Category A signatory"):
        signatory(ben, "p-ben", "", ChangeAction.END)
    with pytest.raises(ChangeRefusedError, match="must always have a Category A signatory"):
        signatory(ben, "p-ben", "A///2027-01-01")
    with pytest.raises(ChangeRefusedError, match="does not take part as VP"):
        signatory(ben, "p-ben", "A F/VP")
    assert signatory(ann(market), "p-amy", "", ChangeAction.END)
