from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, NotAllowedError, NotSignedInError
from state.domain.permissions import Capacity, StaffRole
from state.persistence.models.notices import OutboxMailRow
from state.persistence.models.person import PersonRow
from state.persistence.transaction import reading, transaction
from state.services import sessions, suspensions
from state.services.suspensions import PersonRefusedError
from tests.invited import events, notices_of
from tests.market import NOW, tiny_market


@pytest.fixture(autouse=True)
def development() -> Iterator[None]:
    sessions.WAYS_IN.development = True
    yield
    sessions.WAYS_IN.development = False


@pytest.fixture
def market(either_database):
    return tiny_market()


def peter(market):
    return market.staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)


def suspend(market, subject, *, actor=None, reason="They left the company"):
    suspensions.suspend_person(
        actor=actor or peter(market), public_id=f"p-{subject}", reason=reason, now=NOW
    )


def sign_in(subject):
    identity = sessions.Identity(
        sessions.DEVELOPMENT_ISSUER, subject, sessions.DEVELOPMENT, factors="pwd otp"
    )
    return sessions.session_id_of(
        sessions.begin_session(actor=ANYONE, identity=identity, now=NOW).secret
    )


def here(session_id):
    return sessions.who_is_here(session_id=session_id, now=NOW).actor


def refused(market, subject, **how) -> list[str]:
    with pytest.raises(PersonRefusedError) as error:
        suspend(market, subject, **how)
    return [reason.reason for reason in error.value.reasons]


def test_a_suspended_person_is_out_at_once_and_everyone_concerned_is_told(market) -> None:
    browsers = [sign_in("amy"), sign_in("amy")]
    suspend(market, "amy")
    assert [here(one).person_id for one in browsers] == [None, None]
    with pytest.raises(sessions.UnknownPersonError):
        sign_in("amy")
    assert notices_of(market.people["amy"]) == ["person.suspended"]
    assert notices_of(market.people["ann"]) == ["access.suspended"]
    assert "person.suspended" in events()
    with reading() as session:
        mails = session.exec(select(OutboxMailRow.address, OutboxMailRow.body)).all()
    assert "amy@people.example" in {address for address, _ in mails}
    assert "left the company" not in repr(mails)


def test_they_come_back_with_a_reason_and_sign_in_anew(market) -> None:
    browser = sign_in("amy")
    suspend(market, "amy")
    back = {"actor": peter(market), "public_id": "p-amy", "now": NOW}
    with pytest.raises(PersonRefusedError, match="Enter a reason"):
        suspensions.let_person_back(reason=" ", **back)
    suspensions.let_person_back(reason="It was a mistake", **back)
    assert here(browser).person_id is None
    assert here(sign_in("amy")).person_id == market.people["amy"]
    assert notices_of(market.people["ann"]) == ["access.suspended", "access.let_back"]
    with pytest.raises(PersonRefusedError, match="not suspended"):
        suspensions.let_person_back(reason="Again", **back)


def test_a_session_of_someone_suspended_behind_its_back_is_nobodys(market) -> None:
    browser = sign_in("amy")
    with transaction() as session:
        row = session.get_one(PersonRow, market.people["amy"])
        row.status = "suspended"
        session.add(row)
    assert here(browser).person_id is None


def test_what_may_not_be_done(market) -> None:
    assert refused(market, "ben") == [
        "BETA ENERGY LTD must always have a Category A signatory. Choose a replacement first"
    ]
    assert refused(market, "peter", reason="") == [
        "Enter a reason",
        "You cannot suspend yourself. Ask a colleague",
    ]
    suspend(market, "abe")
    assert refused(market, "abe") == ["They are suspended already"]
    assert refused(market, "ada") == [
        "They are the last administrator. Give the role to someone else first"
    ]
    with pytest.raises(NotAllowedError):
        suspend(market, "nobody")


def test_who_may_not_do_it(market) -> None:
    for actor in (
        ANYONE,
        market.staff("stella", StaffRole.MARKET_ENTRY),
        market.staff("otto", StaffRole.AUDITOR),
        market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A"),
    ):
        with pytest.raises((NotAllowedError, NotSignedInError)):
            suspend(market, "amy", actor=actor)
        with pytest.raises((NotAllowedError, NotSignedInError)):
            suspensions.end_sign_ins_of_person(actor=actor, public_id="p-amy", now=NOW)
    assert "person.suspended" not in events()


def test_every_sign_in_of_a_person_is_ended_and_they_are_told(market) -> None:
    browsers = [sign_in("amy"), sign_in("amy")]
    others = sign_in("ann")
    end = {"actor": peter(market), "now": NOW}
    assert suspensions.end_sign_ins_of_person(public_id="p-amy", **end) == 2
    assert suspensions.end_sign_ins_of_person(public_id="p-amy", **end) == 0
    assert [here(one).person_id for one in (*browsers, others)] == [
        None,
        None,
        market.people["ann"],
    ]
    assert notices_of(market.people["amy"]) == ["person.signed_out"]
    with pytest.raises(NotAllowedError, match="own page"):
        suspensions.end_sign_ins_of_person(public_id="p-peter", **end)


def test_two_at_once_cannot_leave_a_company_without_a_category_a(market) -> None:
    def attempt(subject):
        try:
            suspend(market, subject)
        except PersonRefusedError:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(attempt, ("ann", "amy"))) == [False, True]
