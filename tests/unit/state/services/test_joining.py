from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import col, func, select

from state.domain.actor import ANYONE, Authorisation
from state.domain.permissions import Capacity
from state.persistence.models.person import (
    AuthorisationRow,
    ExternalIdentityRow,
    MembershipRow,
    PersonRow,
)
from state.persistence.transaction import reading, transaction
from state.services import joining as service
from state.services.sent_invitations import InvitationRefusedError
from state.services.sessions import WAYS_IN, begin_session, session_id_of, who_is_here
from tests.invited import (
    NELL,
    SIGNATORY,
    VIEWER,
    a_of_alpha,
    events,
    invite,
    newest_secret,
    notices_of,
)
from tests.market import NOW, tiny_market

PROVIDED = replace(NELL, issuer="https://provider.example", method="oidc", email_is_verified=True)


@pytest.fixture
def market(database):
    return tiny_market()


def accept(identity=NELL, secret=None, now=NOW):
    return service.accept_invitation(
        actor=ANYONE, identity=identity, secret=secret or newest_secret(), now=now
    )


def why_not(identity=NELL, secret=None, now=NOW) -> str:
    with pytest.raises(InvitationRefusedError) as refused:
        accept(identity, secret, now)
    return refused.value.reasons[0].field


def who(identity, monkeypatch):
    monkeypatch.setattr(WAYS_IN, "development", True)
    begun = begin_session(actor=ANYONE, identity=identity, now=NOW)
    return who_is_here(session_id=session_id_of(begun.secret), now=NOW).actor


def count(kind) -> int:
    with reading() as session:
        return session.exec(select(func.count()).select_from(kind)).one()


def test_the_invited_person_joins_and_sees_their_company(market, monkeypatch) -> None:
    invite(market, SIGNATORY)
    joined = accept()
    assert joined.organisation_id == market.organisations["ALPHA"]
    actor = who(NELL, monkeypatch)
    assert (actor.name, actor.capacity) == ("Nell New", Capacity.SIGNATORY)
    assert actor.authorisations == {Authorisation("F")}
    assert notices_of(actor.person_id) == ["access.given"]
    for subject in ("ann", "amy"):
        assert notices_of(market.people[subject]) == ["signatory.added"]
    assert notices_of(market.people["nick"]) == []
    assert events()[:2] == ["invitation.made", "invitation.accepted"]


def test_someone_known_by_that_identity_gets_one_more_company(market, monkeypatch) -> None:
    people = count(PersonRow)
    invite(market, replace(VIEWER, email="ben@people.example"))
    accept(replace(NELL, subject="ben", email="ben@people.example"))
    assert count(PersonRow) == people
    with reading() as session:
        memberships = session.exec(
            select(func.count())
            .select_from(MembershipRow)
            .where(MembershipRow.person_id == market.people["ben"])
        ).one()
    assert memberships == 2


def test_a_verified_address_of_a_provider_will_do_and_one_not_verified_will_not(market) -> None:
    invite(market)
    assert why_not(replace(PROVIDED, email_is_verified=False)) == "unverified"
    assert why_not(replace(PROVIDED, email="")) == "another"
    accept(PROVIDED)
    with reading() as session:
        row = session.exec(
            select(ExternalIdentityRow).where(ExternalIdentityRow.issuer == PROVIDED.issuer)
        ).one()
    assert row.subject == "nell"


def test_a_forwarded_link_is_refused_audited_and_told_to_who_invited(market) -> None:
    invite(market)
    eve = replace(PROVIDED, subject="eve", email="eve@people.example")
    for _ in range(3):
        assert why_not(eve) == "another"
    assert notices_of(market.people["ann"]) == ["invite.forwarded"]
    assert events().count("invitation.refused") == 3
    accept()


def test_of_24_who_accept_at_once_one_does(either_database) -> None:
    market = tiny_market()
    invite(market, SIGNATORY)
    secret, people = newest_secret(), count(PersonRow)

    def one(_) -> str:
        try:
            accept(secret=secret)
        except InvitationRefusedError as refused:
            return refused.reasons[0].field
        return "joined"

    with ThreadPoolExecutor(24) as pool:
        done = list(pool.map(one, range(24)))
    assert sorted(done) == ["joined", *["used"] * 23]
    assert count(PersonRow) == people + 1
    assert events().count("invitation.accepted") == 1


def test_it_works_once_and_for_its_time(market) -> None:
    invite(market)
    secret = newest_secret()
    assert why_not(now=NOW + timedelta(days=14)) == "expired"
    assert why_not(secret=secret[1:]) == "unknown"
    accept(secret=secret)
    assert why_not(secret=secret) == "used"


def test_a_member_or_someone_suspended_gains_nothing(market) -> None:
    with transaction() as session:
        session.get_one(PersonRow, market.people["amy"]).email = "old@people.example"
        session.get_one(PersonRow, market.people["stella"]).status = "suspended"
    invite(market, replace(VIEWER, email="amy@people.example"))
    assert why_not(replace(NELL, subject="amy", email="amy@people.example")) == "member"
    assert why_not(replace(NELL, subject="stella", email="amy@people.example")) == "unknown"


def test_who_comes_back_holds_only_what_is_offered_now(market, monkeypatch) -> None:
    """The categories of an earlier membership do not rise again."""
    with transaction() as session:
        for row in session.exec(
            select(MembershipRow).where(MembershipRow.person_id == market.people["nick"])
        ):
            row.until = date(2026, 1, 1)
    invite(market, replace(SIGNATORY, email="nick@people.example"))
    nick = replace(NELL, subject="nick", email="nick@people.example")
    accept(nick)
    assert who(nick, monkeypatch).authorisations == {Authorisation("F")}
    with reading() as session:
        old = session.exec(
            select(AuthorisationRow).where(col(AuthorisationRow.category) == "N")
        ).one()
    assert old.until == NOW.date() - timedelta(days=1)
    assert a_of_alpha(market).person_id != market.people["nick"]
