from dataclasses import replace
from datetime import date

import pytest

from state.domain.actor import ANYONE, NotAllowedError, NotSignedInError
from state.domain.market_entry import Applicant, ExpressionOfInterest, InterestStatus
from state.domain.permissions import Capacity, StaffRole
from state.services import identity_checks, market_entry
from state.services.market_entry import InterestRefusedError
from tests.market import NOW, tiny_market

INTEREST = ExpressionOfInterest(
    legal_name="Wharfedale  Wind Limited",
    registered_in_uk=True,
    company_number="sc 123456",
    country="",
    role_codes=("TG", "TG"),
    target_date=date(2027, 9, 1),
    description="",
    contact_name="Ada Lund",
    job_title="",
    email="ada@wharfedale.example",
    phone="01632 960 001",
    may_act=True,
)


def express(**changed):
    return market_entry.express_interest(
        actor=ANYONE, interest=replace(INTEREST, **changed), now=NOW
    )


def test_an_interest_is_in_the_staff_queue_at_once(database) -> None:
    market = tiny_market()
    receipt = express()
    assert receipt.reference == "EOI-2026-000001"
    assert receipt.access_due_on == date(2026, 11, 25)  # sent on a Saturday
    stella = market.staff("stella", StaffRole.MARKET_ENTRY)
    (waiting,) = market_entry.interests(actor=stella)
    assert (waiting.legal_name, waiting.company_number, waiting.role_codes) == (
        "Wharfedale Wind Limited",
        "SC123456",
        ("TG",),
    )


def test_an_interest_that_breaks_rules_is_not_stored(database) -> None:
    market = tiny_market()
    with pytest.raises(InterestRefusedError) as refused:
        express(legal_name="", company_number="1", role_codes=("KING",), may_act=False)
    assert [reason.field for reason in refused.value.reasons] == [
        "legal_name",
        "company_number",
        "role_codes",
        "may_act",
    ]
    assert market_entry.interests(actor=market.staff("stella", StaffRole.MARKET_ENTRY)) == ()


def test_staff_see_others_for_the_same_company_and_the_public_does_not(database) -> None:
    market = tiny_market()
    first, second = express(), express(email="other@wharfedale.example")
    found = market_entry.interest_in_full(
        actor=market.staff("stella", StaffRole.MARKET_ENTRY), reference=second.reference
    )
    assert found.same_company == (first.reference,)
    assert found.told.phone == INTEREST.phone


def test_a_decision_is_made_once_and_its_sender_sees_it(database) -> None:
    market = tiny_market()
    reference = express().reference
    stella = market.staff("stella", StaffRole.MARKET_ENTRY)
    with pytest.raises(InterestRefusedError, match="Enter the reason"):
        _decide(stella, reference, accept=False, reason=" ")
    _decide(stella, reference, accept=False, reason="No licence yet.")
    with pytest.raises(InterestRefusedError, match="decided already"):
        _decide(stella, reference, accept=True, reason="")
    seen = market_entry.interest_progress(
        actor=ANYONE, reference=reference.lower(), email="ADA@wharfedale.example"
    )
    assert seen is not None
    assert (seen.status, seen.reason) == (InterestStatus.DECLINED, "No licence yet.")


@pytest.mark.parametrize(
    ("reference", "email"),
    [("EOI-2026-000001", "eve@evil.example"), ("EOI-2026-000002", INTEREST.email), ("", "")],
)
def test_who_does_not_hold_both_halves_learns_nothing(database, reference, email) -> None:
    express()
    assert market_entry.interest_progress(actor=ANYONE, reference=reference, email=email) is None


def test_the_queue_is_for_staff(database) -> None:
    market = tiny_market()
    reference = express().reference
    with pytest.raises(NotSignedInError):
        market_entry.interests(actor=ANYONE)
    for actor in (
        market.acting("ann", "ALPHA", Capacity.CATEGORY_A),
        market.staff("stella", StaffRole.INSIGHTS_PUBLISHER),
    ):
        with pytest.raises(NotAllowedError):
            market_entry.interests(actor=actor)
        with pytest.raises(NotAllowedError):
            market_entry.interest_in_full(actor=actor, reference=reference)
    auditor = market.staff("stella", StaffRole.AUDITOR)
    assert market_entry.interests(actor=auditor)
    with pytest.raises(NotAllowedError):
        _decide(auditor, reference, accept=True, reason="")


def _decide(actor, reference, *, accept, reason):
    return market_entry.decide_interest(
        actor=actor, reference=reference, accept=accept, reason=reason, now=NOW
    )


def test_an_unknown_reference_is_said_to_be_unknown(database) -> None:
    stella = tiny_market().staff("stella", StaffRole.MARKET_ENTRY)
    with pytest.raises(InterestRefusedError, match="none by that reference"):
        market_entry.interest_in_full(actor=stella, reference="EOI-1")


def test_a_private_individual_stands_in_the_same_queue_without_a_number(either_database) -> None:
    market = tiny_market()
    himself = {"applicant": Applicant.INDIVIDUAL, "born_on": date(1984, 3, 27)}
    first = express(**himself, email="One@people.example")
    second = express(**himself, email="one@people.example")
    express(**himself, email="two@people.example")
    stella = market.staff("stella", StaffRole.MARKET_ENTRY)
    found = market_entry.interest_in_full(actor=stella, reference=second.reference)
    assert (found.summary.legal_name, found.summary.company_number) == ("Ada Lund", "")
    assert found.told.born_on == date(1984, 3, 27)
    assert found.same_company == (first.reference,)  # who has no number is known by their address


def test_a_private_individual_is_accepted_only_once_they_are_verified(either_database) -> None:
    market = tiny_market()
    reference = express(applicant=Applicant.INDIVIDUAL, born_on=date(1984, 3, 27)).reference
    stella = market.staff("stella", StaffRole.MARKET_ENTRY)
    with pytest.raises(InterestRefusedError, match="identity check is verified"):
        _decide(stella, reference, accept=True, reason="")
    check = identity_checks.ask_for_identity(actor=stella, reference=reference, now=NOW)
    with pytest.raises(InterestRefusedError, match="identity check is verified"):
        _decide(stella, reference, accept=True, reason="")
    identity_checks.decide_identity(
        actor=stella, public_id=check, accept=True, note="Seen by video.", now=NOW
    )
    assert _decide(stella, reference, accept=True, reason="").status is InterestStatus.ACCEPTED
