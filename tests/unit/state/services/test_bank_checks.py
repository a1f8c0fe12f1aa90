import json
from datetime import date, timedelta

import pytest
from sqlmodel import select

from state.domain.actor import THE_CLOCK, NotAllowedError, SignInAgainError
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus
from state.domain.permissions import StaffRole
from state.persistence.models.change import ChangeRow
from state.persistence.models.notices import NoticeRow, OutboxMailRow
from state.persistence.models.organisation import BankAccountRow
from state.persistence.models.person import PersonRow
from state.persistence.transaction import reading, transaction
from state.services import bank_checks, due_changes, registered
from state.services.changes import ChangeRefusedError, Proposal
from tests.changing import (
    ACCOUNT,
    al,
    ann,
    approved,
    bank_change,
    called_back,
    prepared,
    sent,
    view,
)
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    return tiny_market()


def test_a_bank_account_needs_a_colleague_a_call_another_of_staff_and_time(market) -> None:
    silas = market.staff("silas", StaffRole.SETTLEMENT_OPERATIONS)
    sid = market.staff("sid", StaffRole.SETTLEMENT_OPERATIONS)
    change = bank_change(al(market))
    assert sent(al(market), change) is ChangeStatus.AWAITING_APPROVAL
    with pytest.raises(SignInAgainError):
        approved(ann(market, fresh=False), change)
    assert approved(ann(market), change) is ChangeStatus.AWAITING_CALL_BACK
    digest = view(ann(market), change).digest
    [to_check] = bank_checks.bank_changes_to_check(actor=silas)
    assert to_check.after["Account number"] == "••••4958"
    assert "66374958" not in json.dumps(str(to_check))
    with pytest.raises(ChangeRefusedError, match="whom you spoke to"):
        called_back(silas, change, digest, comment="")
    assert called_back(silas, change, digest) is ChangeStatus.AWAITING_ACTIVATION
    with pytest.raises(NotAllowedError, match="someone else"):
        bank_checks.activate_account(actor=silas, public_id=change, digest=digest, now=NOW)
    status = bank_checks.activate_account(actor=sid, public_id=change, digest=digest, now=NOW)
    assert status is ChangeStatus.SCHEDULED
    assert due_changes.take_due_changes_up(actor=THE_CLOCK, now=NOW + timedelta(days=2)) == 0
    assert due_changes.take_due_changes_up(actor=THE_CLOCK, now=NOW + timedelta(days=5)) == 1
    with reading() as session:
        [account] = session.exec(select(BankAccountRow)).all()
        [row] = session.exec(select(ChangeRow)).all()
        mails = session.exec(select(OutboxMailRow)).all()
    assert account.ending == "4958"
    for kept in (account.account_number, account.sort_code, account.account_name, row.after):
        assert "66374958" not in kept
        assert "ALPHA" not in kept
    assert all("4958" not in mail.body + mail.subject for mail in mails)
    [shown] = registered.bank_accounts_of(
        actor=ann(market), organisation_id=ann(market).organisation_id, now=NOW + timedelta(days=5)
    )
    assert (shown.tab, shown.words["account_number"], shown.words["sort_code"]) == (
        "active",
        "••••4958",
        "••-••-99",
    )


def test_an_address_that_is_nearly_of_the_companys_own_domain_is_odd(market) -> None:
    with transaction() as session:
        al_row = session.get_one(PersonRow, market.people["al"])
        al_row.email = "al@peop1e.example"
        session.add(al_row)
    change = bank_change(al(market))
    sent(al(market), change)
    approved(ann(market), change)
    [to_check] = bank_checks.bank_changes_to_check(
        actor=market.staff("silas", StaffRole.SETTLEMENT_OPERATIONS)
    )
    assert any("could be taken for" in flag for flag in to_check.flags)


def test_a_call_that_does_not_confirm_ends_the_change(market) -> None:
    silas = market.staff("silas", StaffRole.SETTLEMENT_OPERATIONS)
    change = bank_change(al(market))
    sent(al(market), change)
    approved(ann(market), change)
    digest = view(ann(market), change).digest
    assert called_back(silas, change, digest, confirmed=False) is ChangeStatus.REFUSED
    seen = view(ann(market), change)
    assert [s.name for s in seen.signatures] == ["Ann", "The operator"]
    assert "Carol" not in str(seen.signatures)


def test_an_odd_bank_change_needs_a_second_call(market) -> None:
    first = bank_change(al(market))
    sent(al(market), first)
    approved(ann(market), first)
    people = [market.staff(name, StaffRole.SETTLEMENT_OPERATIONS) for name in ("silas", "sid")]
    digest = view(ann(market), first).digest
    called_back(people[0], first, digest)
    bank_checks.activate_account(actor=people[1], public_id=first, digest=digest, now=NOW)
    later = NOW + timedelta(days=10)
    due_changes.take_due_changes_up(actor=THE_CLOCK, now=later)
    again = prepared(
        al(market),
        Proposal(
            ChangeKind.BANK_ACCOUNT,
            ChangeAction.CHANGE,
            "trading_charges",
            ACCOUNT | {"sort_code": "10-79-99", "account_number": "88837491"},
            base_version=1,
            effective_on=date(2026, 12, 10),
        ),
        now=later,
    )
    sent(al(market), again, now=later)
    approved(ann(market), again, now=later)
    digest = view(ann(market), again).digest
    [to_check] = bank_checks.bank_changes_to_check(actor=people[0])
    assert any("90 days" in flag for flag in to_check.flags)
    with reading() as session:
        odd = session.exec(select(NoticeRow).where(NoticeRow.key == "security.bank_anomaly")).all()
    assert {one.person_id for one in odd} == {market.people[name] for name in ("silas", "sid")}
    assert "90 days" in odd[0].words
    assert called_back(people[0], again, digest) is ChangeStatus.AWAITING_CALL_BACK
    with pytest.raises(NotAllowedError, match="someone else"):
        called_back(people[0], again, digest)
    assert called_back(people[1], again, digest) is ChangeStatus.AWAITING_ACTIVATION
