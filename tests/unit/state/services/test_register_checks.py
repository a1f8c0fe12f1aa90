from datetime import date, timedelta

import pytest
from sqlmodel import select

from state.domain.actor import THE_CLOCK, NotAllowedError
from state.domain.director_match import CompanyOnRegister, Finding, Officer
from state.domain.invitations import InvitationStatus
from state.persistence.models.invitations import InvitationRow
from state.persistence.models.proofs import DirectorDeclarationRow, RegisterCheckRow
from state.persistence.transaction import reading
from state.services import company_access, register_checks, retention
from state.services.register_checks import RegisterAnswer
from tests.declared import asked, peter, prepared, secret_of, signed, without_category_a
from tests.invited import events, newest_secret, notices_of
from tests.market import NOW, tiny_market

NGOZI = Officer("OKONJO, Ngozi", "director", date(2019, 1, 7), None, 4, 1975)
BETA = CompanyOnRegister("00000000", "BETA ENERGY LTD", "active", officers=(NGOZI,))


@pytest.fixture
def market(either_database):
    made = tiny_market()
    without_category_a(made)
    asked(made, prepared(made))
    signed(secret_of("declaration"))
    return made


def to_make(*, now=NOW):
    return register_checks.check_to_make(actor=THE_CLOCK, now=now)


def answered(company, *, now=NOW) -> Finding:
    check = to_make(now=now)
    answer = RegisterAnswer(company, "Companies House", "d" * 64)
    return register_checks.check_answered(
        actor=THE_CLOCK, check_id=check.check_id, answer=answer, now=now
    )


def check() -> RegisterCheckRow:
    with reading() as session:
        return session.exec(select(RegisterCheckRow)).one()


def invitation() -> InvitationRow:
    with reading() as session:
        return session.exec(select(InvitationRow)).one()


def test_a_director_whom_the_register_confirms_lets_the_invitation_go(market) -> None:
    assert check().born_year == 1975
    assert answered(BETA) is Finding.PASSED
    held = check()
    assert (held.status, held.code, held.score_percent) == ("passed", "director_current", 100)
    assert (held.born_month, held.born_year) == (None, None)  # compared, and gone
    assert held.answer_digest == "d" * 64
    assert invitation().status == InvitationStatus.SENT
    assert invitation().approved_by == market.people["peter"]
    assert newest_secret()
    assert "declaration.check_passed" in events()
    assert "director.verified" in notices_of(market.people["stella"])


@pytest.mark.parametrize(
    ("company", "finding"),
    [
        (None, Finding.FAILED),
        (CompanyOnRegister("0", "BETA", "active"), Finding.FAILED),
        (CompanyOnRegister("0", "BETA", "liquidation", officers=(NGOZI,)), Finding.MANUAL),
    ],
)
def test_who_cannot_be_verified_is_for_people_and_the_letter_still_counts(
    market, company, finding
) -> None:
    assert answered(company) is finding
    assert invitation().status == InvitationStatus.DRAFT
    assert "director.not_verified" in notices_of(market.people["peter"])
    sent = company_access.confirm_first(
        actor=peter(market),
        public_id="beta",
        invitation=invitation().public_id,
        reference="LET-1",
        now=NOW,
    )
    assert sent.status is InvitationStatus.SENT


def test_a_check_goes_to_one_worker_and_is_made_once(market) -> None:
    first = to_make()
    assert first.company_number == check().company_number
    assert to_make() is None
    assert to_make(now=NOW + timedelta(minutes=2)) == first  # one that died left it
    answered(BETA, now=NOW + timedelta(minutes=5))
    assert to_make(now=NOW + timedelta(days=1)) is None


def test_a_register_that_does_not_answer_is_asked_again_and_then_people_look(market) -> None:
    at = NOW
    for wait in (1, 2):
        made = to_make(now=at)
        assert register_checks.check_failed(actor=THE_CLOCK, check_id=made.check_id, now=at)
        assert to_make(now=at + timedelta(minutes=wait, seconds=-1)) is None
        at += timedelta(minutes=wait)
    made = to_make(now=at)
    assert not register_checks.check_failed(actor=THE_CLOCK, check_id=made.check_id, now=at)
    assert (check().status, check().code) == ("manual", "unavailable")
    assert check().born_year is None
    assert "director.not_verified" in notices_of(market.people["peter"])


def test_an_invitation_that_went_by_letter_is_not_sent_twice(market) -> None:
    company_access.confirm_first(
        actor=peter(market),
        public_id="beta",
        invitation=invitation().public_id,
        reference="LET-1",
        now=NOW,
    )
    assert answered(BETA) is Finding.PASSED
    assert invitation().sent_count == 1


def test_only_the_worker_makes_checks(market) -> None:
    with pytest.raises(NotAllowedError):
        register_checks.check_to_make(actor=peter(market), now=NOW)


def test_who_did_not_sign_is_forgotten_and_who_signed_is_kept(market) -> None:
    without = prepared_again(market)
    asked(market, without)
    late = NOW + timedelta(days=14 + 90)
    assert retention.remove_unsigned_declarations(actor=THE_CLOCK, now=NOW) == 0
    assert retention.remove_unsigned_declarations(actor=THE_CLOCK, now=late) == 1
    assert retention.remove_unsigned_declarations(actor=THE_CLOCK, now=late) == 0
    with reading() as session:
        rows = session.exec(select(DirectorDeclarationRow)).all()
    assert [(one.status, one.director_email, bool(one.declared)) for one in rows] == [
        ("signed", "ngozi@beta.example", True),
        ("asked", "", False),
    ]
    assert secret_of("declaration") == ""


def prepared_again(market) -> str:
    """The same invitation still waits, so that it can be asked about again."""
    return invitation().public_id
