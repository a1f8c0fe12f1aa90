import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from state.domain.actor import CONSOLE_OPERATOR, THE_CLOCK, NotAllowedError, SignInAgainError
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus, Slot
from state.domain.permissions import Capacity, StaffRole
from state.persistence.models.audit import AuditEntryRow
from state.persistence.models.change import ChangeRow
from state.persistence.models.notices import NoticeRow, OutboxMailRow
from state.persistence.models.organisation import BankAccountRow, ContactRow
from state.persistence.models.person import PersonRow
from state.persistence.transaction import reading, transaction
from state.services import (
    audit,
    bank_checks,
    bank_reveal,
    change_beginnings,
    change_decisions,
    change_merge,
    change_views,
    changes,
    due_changes,
    registered,
)
from state.services.changes import ChangeRefusedError, Proposal
from tests.market import NOW, tiny_market

CONTACT = {
    "name": "Carol of ALPHA",
    "job_title": "Secretary",
    "email": "carol@alpha.example",
    "phone": "+441632960001",
    "mobile": "",
    "out_of_hours": "no",
    "purposes": "notices",
}
ACCOUNT = {
    "purpose": "trading_charges",
    "country": "GB",
    "account_name": "ALPHA ENERGY LTD",
    "sort_code": "08-99-99",
    "account_number": "66374958",
}


@pytest.fixture
def market(either_database):
    return tiny_market()


def ann(market, **more):
    return market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A", **more)


def amy(market, **more):
    return market.acting("amy", "ALPHA", Capacity.CATEGORY_A, "A", **more)


def al(market):
    return market.acting("al", "ALPHA", Capacity.ASSISTANT)


def contact_change(actor, **values):
    proposal = Proposal(
        kind=ChangeKind.CONTACT,
        action=ChangeAction.CHANGE,
        subject="contact-alpha",
        values=CONTACT | values,
        base_version=1,
        seen=CONTACT,
    )
    return prepared(actor, proposal)


def bank_change(actor, **values):
    proposal = Proposal(
        kind=ChangeKind.BANK_ACCOUNT,
        action=ChangeAction.ADD,
        subject="trading_charges",
        values=ACCOUNT | values,
        base_version=0,
        effective_on=date(2026, 11, 26),
        reason="We changed banks",
    )
    return prepared(actor, proposal)


def prepared(actor, proposal, now=NOW):
    return changes.prepare_change(
        actor=actor, organisation_id=actor.organisation_id, proposal=proposal, now=now
    )


def view(actor, public_id):
    return change_views.change_to_see(
        actor=actor, organisation_id=actor.organisation_id, public_id=public_id
    )


def sent(actor, public_id, now=NOW):
    return changes.submit_change(
        actor=actor,
        organisation_id=actor.organisation_id,
        public_id=public_id,
        digest=view(actor, public_id).digest,
        now=now,
    )


def approved(actor, public_id, now=NOW, digest=""):
    return change_decisions.approve_change(
        actor=actor,
        organisation_id=actor.organisation_id,
        public_id=public_id,
        digest=digest or view(actor, public_id).digest,
        now=now,
    )


def contact_name():
    with reading() as session:
        return session.exec(
            select(ContactRow.name).where(ContactRow.public_id == "contact-alpha")
        ).one()


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
            CONTACT | {"name": "Mallory"},
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
        ChangeKind.CONTACT, ChangeAction.CHANGE, "contact-alpha", CONTACT | {"name": "Carola"}, 1
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


def send_back(actor, public_id, slot, reason):
    return change_decisions.send_back(
        actor=actor,
        organisation_id=actor.organisation_id,
        public_id=public_id,
        digest=view(actor, public_id).digest,
        slot=slot,
        reason=reason,
        now=NOW,
    )


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


def withdraw(actor, public_id):
    change_decisions.withdraw_change(
        actor=actor, organisation_id=actor.organisation_id, public_id=public_id, now=NOW
    )


def test_two_changes_that_meet_are_merged_field_by_field(market) -> None:
    mine = contact_change(al(market), name="Caro", job_title="Clerk")
    sent(al(market), mine)
    theirs = contact_change(ann(market), name="Carolin", email="c@alpha.example")
    assert sent(ann(market), theirs) is ChangeStatus.APPLIED
    seen = view(al(market), mine)
    assert seen.line.status is ChangeStatus.CONFLICT
    assert [(m.field, m.base, m.theirs, m.yours) for m in seen.meetings] == [
        ("name", "Carol of ALPHA", "Carolin", "Caro")
    ]
    change_merge.merge_change(
        actor=al(market),
        organisation_id=al(market).organisation_id,
        public_id=mine,
        take_theirs=frozenset({"name"}),
        now=NOW,
    )
    sent(al(market), mine)
    approved(ann(market), mine)
    with reading() as session:
        row = session.exec(select(ContactRow).where(ContactRow.public_id == "contact-alpha")).one()
    assert (row.name, row.job_title, row.email) == ("Carolin", "Clerk", "c@alpha.example")


def test_what_was_begun_from_an_old_version_meets_the_new_one(market) -> None:
    sent(ann(market), contact_change(ann(market), name="Carolin"))
    late = contact_change(al(market), job_title="Clerk")
    assert view(al(market), late).line.status is ChangeStatus.CONFLICT


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


def called_back(actor, change, digest, *, confirmed=True, comment="Spoke to Carol"):
    return bank_checks.record_call_back(
        actor=actor,
        public_id=change,
        digest=digest,
        confirmed=confirmed,
        comment=comment,
        now=NOW,
    )


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


def test_an_account_is_seen_in_full_by_who_may_and_it_is_on_record(market) -> None:
    change = bank_change(al(market))
    sent(al(market), change)
    approved(ann(market), change)
    silas, sid = (market.staff(name, StaffRole.SETTLEMENT_OPERATIONS) for name in ("silas", "sid"))
    of_staff = bank_reveal.account_in_full(
        actor=silas, organisation_id=None, public_id=change, now=NOW
    )
    assert (of_staff["Sort code"], of_staff["Account number"]) == ("089999", "66374958")
    with pytest.raises(NotAllowedError, match="no such account"):
        revealed(ann(market), change)
    digest = view(ann(market), change).digest
    called_back(silas, change, digest)
    bank_checks.activate_account(actor=sid, public_id=change, digest=digest, now=NOW)
    due_changes.take_due_changes_up(actor=THE_CLOCK, now=NOW + timedelta(days=5))
    assert revealed(ann(market), change)["Name on the account"] == "ALPHA ENERGY LTD"
    with pytest.raises(SignInAgainError):
        revealed(ann(market, fresh=False), change)
    with pytest.raises(NotAllowedError):
        revealed(market.acting("ben", "BETA", Capacity.CATEGORY_A, "A"), change)
    trail = audit.audit_trail(actor=CONSOLE_OPERATOR, search="revealed")
    assert [entry.subject for entry in trail.entries] == [change, change]


def revealed(actor, public_id):
    return bank_reveal.account_in_full(
        actor=actor, organisation_id=actor.organisation_id, public_id=public_id, now=NOW
    )


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


def signatory(actor, subject, categories, action=ChangeAction.CHANGE):
    own = {"actor": actor, "organisation_id": actor.organisation_id}
    held = change_beginnings.record_to_change(**own, kind=ChangeKind.SIGNATORY, subject=subject)
    wanted = {"categories": categories}
    proposal = Proposal(
        ChangeKind.SIGNATORY,
        action,
        subject,
        wanted,
        held.row_version,
        NOW.date(),
        seen=held.values,
    )
    return prepared(actor, proposal)


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
