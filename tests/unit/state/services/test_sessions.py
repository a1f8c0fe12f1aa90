import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, NotSignedInError
from state.domain.permissions import Capacity
from state.persistence.models.audit import AuditEntryRow
from state.persistence.models.notices import NoticeRow, OutboxMailRow
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
    sessions.WAYS_IN.staff_factors = frozenset()


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


def again(actor, subject: str, method: str = DEVELOPMENT, now=NOW, **said):
    identity = Identity(DEVELOPMENT_ISSUER, subject, method, **said)
    return sessions.renew_session(actor=actor, identity=identity, now=now)


def test_signing_in_again_makes_the_session_fresh_under_another_secret(either_database) -> None:
    market = tiny_market()
    _, old_id = begin("ben")
    later = NOW + timedelta(minutes=6)
    stale = here(old_id, later).actor
    assert not stale.fresh
    begun = again(stale, "ben", now=later, factors="otp")
    renewed = here(sessions.session_id_of(begun.secret), later).actor
    assert renewed.fresh
    assert renewed.organisation_id == market.organisations["BETA"]
    assert here(old_id, later) == NOBODY
    with reading() as session:
        row = session.get_one(UserSessionRow, renewed.session_id)
        assert (row.began_at, row.authenticated_at, row.factors) == (NOW, later, "otp")


def test_nobody_signs_in_again_for_another(database) -> None:
    tiny_market()
    _, session_id = begin("ben")
    actor = here(session_id).actor
    for other in ("ann", "eve"):
        with pytest.raises(sessions.AnotherPersonError):
            again(actor, other)
    sessions.end_session(actor=actor, now=NOW)
    with pytest.raises(sessions.AnotherPersonError):
        again(actor, "ben")
    with pytest.raises(NotSignedInError):
        again(ANYONE, "ben")


def test_signing_in_again_makes_no_sign_in_last_longer(database) -> None:
    tiny_market()
    _, session_id = begin("ben")
    for hour in range(12):
        now = NOW + timedelta(hours=hour, minutes=1)
        with transaction() as session:
            session.get_one(UserSessionRow, session_id).seen_at = now
        begun = again(here(session_id, now).actor, "ben", now=now)
        session_id = sessions.session_id_of(begun.secret)
    assert here(session_id, NOW + timedelta(hours=12, minutes=1)) == NOBODY


def test_staff_without_a_factor_of_staff_do_not_come_in(database) -> None:
    tiny_market()
    sessions.WAYS_IN.staff_factors = frozenset({"hwk"})
    weak = Identity(DEVELOPMENT_ISSUER, "stella", "oidc", factors="mfa otp")
    strong = Identity(DEVELOPMENT_ISSUER, "stella", "oidc", factors="hwk mfa")
    with pytest.raises(sessions.WeakFactorError):
        sessions.begin_session(actor=ANYONE, identity=weak, now=NOW)
    begun = sessions.begin_session(actor=ANYONE, identity=strong, now=NOW)
    stella = here(sessions.session_id_of(begun.secret)).actor
    assert stella.staff_roles
    with pytest.raises(sessions.WeakFactorError):
        again(stella, "stella", "oidc", factors="otp")
    sessions.begin_session(
        actor=ANYONE, identity=Identity(DEVELOPMENT_ISSUER, "ann", "oidc", factors="otp"), now=NOW
    )


def test_who_becomes_staff_has_no_rights_of_staff_by_a_weak_sign_in(database) -> None:
    tiny_market()
    identity = Identity(DEVELOPMENT_ISSUER, "stella", "oidc", factors="otp")
    begun = sessions.begin_session(actor=ANYONE, identity=identity, now=NOW)
    session_id = sessions.session_id_of(begun.secret)
    assert here(session_id).actor.staff_roles
    sessions.WAYS_IN.staff_factors = frozenset({"hwk"})
    assert here(session_id).actor.person_id is not None
    assert not here(session_id).actor.staff_roles


def test_a_sign_in_from_a_new_browser_is_noted_as_such(database) -> None:
    tiny_market()
    for client in ("Chrome/131 Windows", "Chrome/132 Windows", "Firefox/133 Linux"):
        sessions.begin_session(
            actor=ANYONE,
            identity=Identity(DEVELOPMENT_ISSUER, "ben", DEVELOPMENT),
            client=client,
            now=NOW,
        )
    with reading() as session:
        noted = [
            json.loads(entry.details)["new_client"]
            for entry in session.exec(select(AuditEntryRow).order_by(AuditEntryRow.sequence)).all()
        ]
        told = session.exec(select(NoticeRow)).all()
        mails = session.exec(select(OutboxMailRow)).all()
    assert noted == [True, False, True]
    assert [(one.key, json.loads(one.words)) for one in told] == [
        ("signin.new_device", {"client": "Firefox on Linux"})
    ]
    assert [mail.link for mail in mails] == ["/account/sign-ins"]


def test_what_a_page_asks_by_itself_keeps_no_session_alive(database) -> None:
    tiny_market()
    _, session_id = begin("ben")
    for minute in range(0, 31, 5):
        now = NOW + timedelta(minutes=minute)
        who = sessions.who_is_here(session_id=session_id, now=now, is_activity=False)
        assert who.actor.person_id is not None
    assert here(session_id, NOW + timedelta(minutes=31)) == NOBODY


def test_the_id_token_comes_back_at_the_end_and_stands_in_no_repr(database) -> None:
    tiny_market()
    identity = Identity(DEVELOPMENT_ISSUER, "ben", "oidc", id_token="a.b.c")  # noqa: S106
    assert "a.b.c" not in repr(identity)
    begun = sessions.begin_session(actor=ANYONE, identity=identity, now=NOW)
    actor = here(sessions.session_id_of(begun.secret)).actor
    assert sessions.end_session(actor=actor, now=NOW) == "a.b.c"
    assert sessions.end_session(actor=actor, now=NOW) == ""
