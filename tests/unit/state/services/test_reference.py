from dataclasses import replace
from datetime import date, timedelta

import pytest

from state.domain import rules
from state.domain.actor import (
    CONSOLE_OPERATOR,
    THE_CLOCK,
    NotAllowedError,
    SignInAgainError,
)
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus, Slot
from state.domain.dated_values import uninstall
from state.domain.permissions import Capacity, StaffRole
from state.domain.reference import ReferenceKind
from state.persistence import reference_values
from state.persistence.models.person import StaffRoleRow
from state.persistence.transaction import transaction
from state.services import change_beginnings, changes
from state.services.changes import ChangeRefusedError, Proposal
from state.services.due_changes import take_due_changes_up
from state.services.notices import notices_of
from state.services.reference import reference_data, use_reference_data
from tests.changing import approved, prepared, sent, view
from tests.market import NOW, SINCE, tiny_market

FROM = NOW.date() + timedelta(days=10)
FEE = "fee:accession"


@pytest.fixture
def market(either_database):
    made = tiny_market()
    use_reference_data(actor=CONSOLE_OPERATOR)
    yield made
    uninstall()


@pytest.fixture
def esther(market):
    return market.staff("stella", StaffRole.MARKET_ENTRY)


def proposed(actor, value: str = "550", *, subject: str = FEE, on: date = FROM, version=1):
    proposal = Proposal(
        ChangeKind.REFERENCE,
        ChangeAction.CHANGE,
        subject,
        {"value": value, "source": "Panel 344/05"},
        base_version=version,
        effective_on=on,
    )
    public_id = prepared(actor, proposal)
    sent(actor, public_id)
    return public_id


def values(actor, kind=ReferenceKind.FEE, key: str = "accession") -> list[tuple[str, str]]:
    found = reference_data(actor=actor, kind=kind, now=NOW)
    item = next(one for one in found.items if one.key == key)
    return [(str(one.since), one.value) for one in item.values]


def test_one_proposes_another_approves_and_it_counts_from_its_date(esther, adam) -> None:
    public_id = proposed(esther)
    data = reference_data(actor=adam, kind=ReferenceKind.FEE, now=NOW)
    assert [(one.title, one.made_by) for one in data.waiting] == [("Accession fee", "Stella")]
    assert values(adam) == [("2001-03-27", "500.00")]
    told = view(adam, public_id)
    assert Slot.APPROVE in told.may
    assert [(one.label, one.before, one.after) for one in told.fields] == [
        ("New value", "500.00 GBP", "550.00 GBP"),
        ("Where it was decided", "", "Panel 344/05"),
    ]
    assert approved(adam, public_id) == ChangeStatus.APPLIED
    assert values(adam) == [("2001-03-27", "500.00"), (str(FROM), "550.00")]
    assert [one.name for one in view(esther, public_id).signatures] == ["Sid"]
    assert reference_data(actor=adam, kind=ReferenceKind.FEE, now=NOW).waiting == ()


def test_a_deadline_is_the_old_one_until_its_date_and_the_new_one_from_it_on(esther, adam) -> None:
    approved(adam, proposed(esther, "14", subject="par:draft_kept_days"))
    before = FROM - timedelta(days=1)
    assert (rules.draft_kept_days(before), rules.draft_kept_days(FROM)) == (30, 14)


def test_another_process_reads_it_within_half_a_minute(esther, adam, monkeypatch) -> None:
    clock = [1_000.0]
    monkeypatch.setattr(reference_values.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr("state.persistence.registers.reference.forget_picture", lambda: None)
    assert rules.draft_kept_days(FROM) == 30
    approved(adam, proposed(esther, "14", subject="par:draft_kept_days"))
    assert rules.draft_kept_days(FROM) == 30
    clock[0] += 30
    assert rules.draft_kept_days(FROM) == 14


def test_nobody_approves_what_they_proposed_and_an_administrator_signs_in_again(
    esther, adam, market
) -> None:
    own = proposed(adam)
    assert Slot.APPROVE not in view(adam, own).may
    with pytest.raises(NotAllowedError, match="someone else"):
        approved(adam, own)
    with pytest.raises(NotAllowedError):
        approved(esther, own)
    other = replace(market.staff("silas", StaffRole.ADMINISTRATOR), fresh=False)
    with pytest.raises(SignInAgainError):
        approved(other, own)
    assert approved(replace(other, fresh=True), own) == ChangeStatus.APPLIED


@pytest.mark.parametrize("days", [0, -1])
def test_only_from_tomorrow_on(esther, days) -> None:
    with pytest.raises(ChangeRefusedError, match="22 Nov 2026 or later"):
        proposed(esther, on=NOW.date() + timedelta(days=days))


def test_what_is_approved_too_late_goes_back_to_its_maker(esther, adam) -> None:
    public_id = proposed(esther, on=NOW.date() + timedelta(days=1))
    late = NOW + timedelta(days=1)
    assert approved(adam, public_id, now=late) == ChangeStatus.RETURNED
    assert "or later" in view(esther, public_id).answer
    assert values(adam) == [("2001-03-27", "500.00")]


def test_never_before_the_newest_value_and_of_two_at_once_one_meets_the_other(esther, adam) -> None:
    first, second = proposed(esther), proposed(esther, "600")
    approved(adam, first)
    assert view(esther, second).line.status == ChangeStatus.CONFLICT
    with pytest.raises(ChangeRefusedError, match="must be after"):
        proposed(esther, "600", version=2)
    later = proposed(esther, "600", on=FROM + timedelta(days=1), version=2)
    assert approved(adam, later) == ChangeStatus.APPLIED
    assert len(values(adam)) == 3


@pytest.mark.parametrize(
    ("action", "subject"),
    [(ChangeAction.END, FEE), (ChangeAction.ADD, "fee:new"), (ChangeAction.CHANGE, "fee:new")],
)
def test_a_value_neither_begins_nor_ends(esther, action, subject) -> None:
    proposal = Proposal(
        ChangeKind.REFERENCE, action, subject, {"value": "1", "source": "x"}, base_version=0
    )
    with pytest.raises((ChangeRefusedError, NotAllowedError)):
        changes.prepare_change(actor=esther, organisation_id=None, proposal=proposal, now=NOW)


def test_a_company_can_neither_see_nor_propose(market) -> None:
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    with pytest.raises(NotAllowedError):
        reference_data(actor=ann, kind=ReferenceKind.FEE, now=NOW)
    for organisation_id in (None, ann.organisation_id):
        with pytest.raises(NotAllowedError):
            change_beginnings.record_to_change(
                actor=ann, organisation_id=organisation_id, kind=ChangeKind.REFERENCE, subject=FEE
            )


def test_the_one_who_may_approve_is_told_and_then_the_maker(esther, market) -> None:
    with transaction() as session:
        role = StaffRoleRow(
            person_id=market.people["sid"],
            role="administrator",
            since=SINCE,
            created_at=NOW,
            updated_at=NOW,
        )
        session.add(role)
    public_id = proposed(esther)
    adam = market.staff("sid", StaffRole.ADMINISTRATOR)
    [waits] = told(adam)
    assert (waits.title, waits.link) == (
        "A change of the operator waits for approval",
        f"/staff/reference-change?id={public_id}",
    )
    approved(adam, public_id)
    assert [one.title for one in told(esther)] == ["A change of the operator is done"]


def told(actor):
    return notices_of(actor=actor, unread_only=False, page=1).notices


def test_what_nobody_takes_up_lapses(esther) -> None:
    public_id = proposed(esther, on=FROM + timedelta(days=60))
    take_due_changes_up(actor=THE_CLOCK, now=NOW + timedelta(days=31))
    assert view(esther, public_id).line.status == ChangeStatus.EXPIRED
