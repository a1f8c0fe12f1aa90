from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, THE_CLOCK, NotAllowedError
from state.domain.market_entry import Applicant
from state.domain.permissions import StaffRole
from state.persistence.models.market_entry import ExpressionOfInterestRow
from state.persistence.models.notices import OutboxMailRow
from state.persistence.models.proofs import IdentityCheckRow
from state.persistence.transaction import reading, transaction
from state.services import identity_checks, market_entry, own_identity, retention
from state.services.identity_checks import IdentityRefusedError
from tests.declared import stella
from tests.invited import events
from tests.market import NOW, tiny_market
from tests.proving import NOBODY, asked_to_prove, expressed, proved


@pytest.fixture
def market(either_database):
    return tiny_market()


@pytest.fixture
def reference(market) -> str:
    return expressed()


def checks(market, reference, *, now=NOW):
    return identity_checks.identity_checks_of(actor=stella(market), reference=reference, now=now)


def test_staff_ask_and_see_how_it_stands(market, reference) -> None:
    assert checks(market, reference) == ()
    asked_to_prove(market, reference)
    (one,) = checks(market, reference)
    assert (one.status, one.asked_by, one.provider) == ("asked", "Stella", "")
    (late,) = checks(market, reference, now=NOW + timedelta(days=14))
    assert late.status == "expired"
    with pytest.raises(NotAllowedError):
        identity_checks.ask_for_identity(
            actor=market.staff("otto", StaffRole.AUDITOR), reference=reference, now=NOW
        )


def test_an_organisation_is_not_asked_nor_who_was_declined(market, reference) -> None:
    market_entry.decide_interest(
        actor=stella(market), reference=reference, accept=False, reason="No.", now=NOW
    )
    with pytest.raises(IdentityRefusedError, match="declined"):
        asked_to_prove(market, reference)
    with transaction() as session:
        row = session.exec(select(ExpressionOfInterestRow)).one()
        row.applicant, row.status = Applicant.ORGANISATION, "received"
        session.add(row)
    for other in (reference, "EOI-0"):
        with pytest.raises(IdentityRefusedError, match="private individual"):
            asked_to_prove(market, other)


def test_asking_again_ends_the_earlier_link(market, reference) -> None:
    old = asked_to_prove(market, reference)
    asked_to_prove(market, reference)
    assert own_identity.open_identity_check(actor=ANYONE, secret=old) is None
    assert [one.status for one in checks(market, reference)] == ["asked", "expired"]


def test_staff_may_refuse_what_a_provider_verified_and_repeat_it(market, reference) -> None:
    proved(asked_to_prove(market, reference))
    (one,) = checks(market, reference)
    with pytest.raises(IdentityRefusedError) as refused:
        decided(market, one.public_id, accept=False, note=" ")
    assert refused.value.reasons[0].field == "note"
    assert decided(market, one.public_id, accept=False) == "refused"
    (held,) = checks(market, reference)
    assert (held.decided_by, held.note, held.verified_until) == ("Stella", "It is odd.", None)
    with pytest.raises(IdentityRefusedError, match="no such check"):
        decided(market, one.public_id, accept=True)
    asked_to_prove(market, reference)
    assert [one.status for one in checks(market, reference)] == ["asked", "refused"]
    assert "identity_check.refused" in events()


def test_staff_confirm_by_hand_whom_no_provider_can(market, reference) -> None:
    secret = asked_to_prove(market, reference)
    for _ in range(3):
        proved(secret, NOBODY)
    (one,) = checks(market, reference)
    assert one.status == "failed"
    assert decided(market, one.public_id, accept=True) == "verified"
    (held,) = checks(market, reference)
    assert (held.assurance_level, held.verified_until.year) == ("by hand", 2028)
    (later,) = checks(market, reference, now=NOW + timedelta(days=2 * 366))
    assert later.status == "expired"


def test_a_birth_is_forgotten_a_while_after_the_answer(market, reference) -> None:
    market_entry.decide_interest(
        actor=stella(market), reference=reference, accept=False, reason="No.", now=NOW
    )
    assert retention.remove_old_births(actor=THE_CLOCK, now=NOW + timedelta(days=29)) == 0
    assert retention.remove_old_births(actor=THE_CLOCK, now=NOW + timedelta(days=30)) == 1
    with reading() as session:
        assert session.exec(select(ExpressionOfInterestRow.born_on)).one() is None


def decided(market, public_id, *, accept, note="It is odd."):
    return identity_checks.decide_identity(
        actor=stella(market), public_id=public_id, accept=accept, note=note, now=NOW
    )


def test_the_mail_names_nobody(market, reference) -> None:
    secret = asked_to_prove(market, reference)
    with reading() as session:
        mail = session.exec(
            select(OutboxMailRow).where(OutboxMailRow.key == "identity.request")
        ).one()
        row = session.exec(select(IdentityCheckRow)).one()
    assert mail.address == "ada@people.example"
    assert "Ada" not in mail.subject + mail.body
    assert mail.link == f"/auth/identity/{secret}"
    assert secret not in str(row.model_dump())
