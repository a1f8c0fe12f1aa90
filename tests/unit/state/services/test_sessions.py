from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, NotAllowedError, NotSignedInError
from state.domain.permissions import Capacity
from state.persistence.models.person import MembershipRow, UserSessionRow
from state.persistence.transaction import reading, transaction
from state.services import sessions
from state.services.sessions import DEVELOPMENT, DEVELOPMENT_ISSUER, NOBODY, Identity
from tests.market import NOW, tiny_market


@pytest.fixture(autouse=True)
def development() -> Iterator[None]:
    sessions.WAYS_IN.development = True
    yield
    sessions.WAYS_IN.development = False


def begin(subject: str, method: str = DEVELOPMENT, now=NOW):
    begun = sessions.begin_session(
        actor=ANYONE, identity=Identity(DEVELOPMENT_ISSUER, subject, method), now=now
    )
    return begun, sessions.session_id_of(begun.secret)


def here(session_id, now=NOW):
    return sessions.who_is_here(session_id=session_id, now=now)


def test_who_has_one_company_acts_for_it_at_once(database) -> None:
    market = tiny_market()
    begun, session_id = begin("ben")
    who = here(session_id)
    assert (begun.companies, begun.is_staff) == (1, False)
    assert who.actor.organisation_id == market.organisations["BETA"]
    assert (who.actor.capacity, who.organisation_name) == (Capacity.CATEGORY_A, "BETA ENERGY LTD")


def test_who_has_two_chooses_one_and_never_a_third(database) -> None:
    tiny_market()
    _, session_id = begin("ann")
    actor = here(session_id).actor
    assert actor.organisation_id is None
    assert [c.public_id for c in sessions.companies_of(actor=actor, now=NOW)] == ["alpha", "beta"]
    sessions.choose_company(actor=actor, public_id="beta", now=NOW)
    assert here(session_id).actor.capacity is Capacity.VIEWER
    with pytest.raises(NotAllowedError):
        sessions.choose_company(actor=actor, public_id="gamma", now=NOW)


def test_the_secret_stands_nowhere_in_the_database(database) -> None:
    tiny_market()
    begun, session_id = begin("ben")
    with reading() as session:
        row = session.get_one(UserSessionRow, session_id)
        assert begun.secret not in repr(row.model_dump())


def test_nobody_is_let_in_by_an_unknown_account(database) -> None:
    tiny_market()
    with pytest.raises(sessions.UnknownPersonError):
        begin("eve")
    for unknown in (None, "", "0" * 64):
        assert here(unknown) == NOBODY


@pytest.mark.parametrize(
    ("subject", "minutes", "still"),
    [("ben", 30, True), ("ben", 31, False), ("stella", 15, True), ("stella", 16, False)],
)
def test_a_browser_that_rests_is_signed_out(database, subject, minutes, still) -> None:
    tiny_market()
    _, session_id = begin(subject)
    who = here(session_id, NOW + timedelta(minutes=minutes))
    assert (who.actor.person_id is not None) is still


@pytest.mark.parametrize(("subject", "hours"), [("ben", 12), ("stella", 8)])
def test_a_busy_browser_is_signed_out_at_last(database, subject, hours) -> None:
    tiny_market()
    _, session_id = begin(subject)
    for minute in range(0, hours * 60 + 1, 10):
        assert here(session_id, NOW + timedelta(minutes=minute)).actor.person_id is not None
    assert here(session_id, NOW + timedelta(hours=hours, minutes=1)) == NOBODY


def test_a_session_that_ended_is_over_for_good(database) -> None:
    tiny_market()
    _, session_id = begin("ben")
    actor = here(session_id).actor
    sessions.end_session(actor=actor, now=NOW)
    assert here(session_id) == NOBODY
    sessions.end_session(actor=actor, now=NOW)
    with pytest.raises(NotSignedInError):
        sessions.end_session(actor=ANYONE, now=NOW)


def test_a_lost_membership_counts_at_once(database) -> None:
    market = tiny_market()
    _, session_id = begin("ben")
    with transaction() as session:
        theirs = select(MembershipRow).where(MembershipRow.person_id == market.people["ben"])
        row = session.exec(theirs).one()
        row.until = NOW.date() - timedelta(days=1)
        session.add(row)
    actor = here(session_id).actor
    assert actor.person_id is not None
    assert (actor.organisation_id, actor.capacity) == (None, None)


def test_a_development_session_is_nobody_where_that_sign_in_is_shut(database) -> None:
    tiny_market()
    _, session_id = begin("ben")
    _, provided = begin("ben", method="oidc")
    sessions.WAYS_IN.development = False
    assert here(session_id) == NOBODY
    assert here(provided).actor.person_id is not None
