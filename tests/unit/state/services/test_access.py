from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, NotAllowedError, NotSignedInError, SignInAgainError
from state.domain.permissions import Capacity
from state.persistence.members import category_a_of
from state.persistence.models.invitations import InvitationRow
from state.persistence.models.person import AuthorisationRow, MembershipRow
from state.persistence.transaction import reading
from state.services import access as service
from state.services import people_with_access, sessions
from state.services.access import AccessRefusedError
from tests.invited import a_of_alpha, events, invite, notices_of
from tests.market import NOW, tiny_market

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def development() -> Iterator[None]:
    sessions.WAYS_IN.development = True
    yield
    sessions.WAYS_IN.development = False


@pytest.fixture
def market(database):
    return tiny_market()


def end(market, subject, *, on=TODAY, actor=None, now=NOW):
    service.end_access(
        actor=actor or a_of_alpha(market),
        organisation_id=market.organisations["ALPHA"],
        public_id=f"p-{subject}",
        on=on,
        now=now,
    )


def people(market, actor=None, now=NOW):
    found = people_with_access.people_of(
        actor=actor or a_of_alpha(market),
        organisation_id=market.organisations["ALPHA"],
        now=now,
    )
    return {person.public_id: person for person in found}


def signed_in(subject):
    begun = sessions.begin_session(
        actor=ANYONE,
        identity=sessions.Identity(
            sessions.DEVELOPMENT_ISSUER, subject, sessions.DEVELOPMENT, factors="pwd otp"
        ),
        now=NOW,
    )
    return sessions.session_id_of(begun.secret)


def here(session_id):
    return sessions.who_is_here(session_id=session_id, now=NOW).actor


def test_everyone_of_the_company_sees_who_has_access_and_what_they_are(market) -> None:
    signed_in("al")
    seen = people(market, market.acting("al", "ALPHA", Capacity.ASSISTANT))
    assert {key: one.is_what for key, one in seen.items()} == {
        "p-ann": "Category A",
        "p-amy": "Category A",
        "p-nick": "Signatory: Funds and bank details (N)",
        "p-al": "Assistant",
    }
    assert seen["p-al"].last_seen_at == NOW
    assert seen["p-al"].has_second_factor
    assert seen["p-al"].is_me
    assert seen["p-al"].email == ""
    assert people(market)["p-al"].email == "al@people.example"
    assert seen["p-amy"].last_seen_at is None


def test_access_that_ends_today_is_over_at_once_and_its_sessions_leave(market) -> None:
    nick, al = signed_in("nick"), signed_in("al")
    end(market, "nick")
    assert here(nick).organisation_id is None
    assert here(nick).authorisations == frozenset()
    assert here(al).organisation_id == market.organisations["ALPHA"]
    gone = people(market)["p-nick"]
    assert gone.has_ended
    assert gone.is_what == "Viewer"
    with reading() as session:
        held = session.exec(select(AuthorisationRow).where(AuthorisationRow.category == "N")).one()
    assert held.until == TODAY - timedelta(days=1)
    for subject in ("nick", "ann", "amy"):
        assert notices_of(market.people[subject])[-1] == "access.ended"
    assert events()[-1] == "access.ended"
    with pytest.raises(NotAllowedError, match="no such person"):
        end(market, "nick")


def test_access_that_ends_later_lasts_until_the_day_before(market) -> None:
    al = signed_in("al")
    end(market, "al", on=TODAY + timedelta(days=2))
    assert here(al).capacity is Capacity.ASSISTANT
    assert not people(market)["p-al"].has_ended
    assert people(market, now=NOW + timedelta(days=2))["p-al"].has_ended


def test_nobody_ends_in_the_past_or_on_no_day(market) -> None:
    for on in (None, TODAY - timedelta(days=1)):
        with pytest.raises(AccessRefusedError) as refused:
            end(market, "al", on=on)
        assert refused.value.reasons[0].field == "on"


def test_a_company_always_has_a_category_a(market) -> None:
    end(market, "amy", on=TODAY + timedelta(days=30))
    with pytest.raises(AccessRefusedError, match="must always have a Category A signatory"):
        end(market, "ann")
    end(market, "amy")


def test_two_who_end_each_other_at_once_leave_one(either_database) -> None:
    market = tiny_market()

    def one(pair):
        actor, other = pair
        try:
            end(market, other, actor=a_of_alpha(market, actor))
        except AccessRefusedError:
            return "refused"
        return "ended"

    with ThreadPoolExecutor(2) as pool:
        done = sorted(pool.map(one, [("ann", "amy"), ("amy", "ann")]))
    assert done == ["ended", "refused"]
    with reading() as session:
        assert len(category_a_of(session, market.organisations["ALPHA"], TODAY)) == 1


def test_whom_they_invited_does_not_come_any_more(market) -> None:
    invite(market, actor=a_of_alpha(market, "amy"))
    end(market, "amy")
    with reading() as session:
        assert session.exec(select(InvitationRow.status)).one() == "revoked"


def test_a_viewer_becomes_an_assistant(market) -> None:
    where = {"organisation_id": market.organisations["ALPHA"], "now": NOW}
    ann = a_of_alpha(market)
    service.change_kind(actor=ann, public_id="p-al", kind="viewer", **where)
    assert people(market)["p-al"].is_what == "Viewer"
    assert notices_of(market.people["al"]) == ["access.changed"]
    for public_id, kind in (("p-nick", "viewer"), ("p-al", "signatory")):
        with pytest.raises(AccessRefusedError):
            service.change_kind(actor=ann, public_id=public_id, kind=kind, **where)


def test_the_yearly_review(market) -> None:
    ann, where = a_of_alpha(market), {"organisation_id": market.organisations["ALPHA"], "now": NOW}
    assert all(one.is_overdue for one in people(market).values())
    done = service.confirm_people(actor=ann, public_ids=["p-ann", "p-al", "p-al"], **where)
    assert done == 2
    overdue = {key for key, one in people(market).items() if one.is_overdue}
    assert overdue == {"p-amy", "p-nick"}
    assert people(market)["p-al"].confirmed_on == TODAY
    assert people(market, now=NOW + timedelta(days=366))["p-al"].is_overdue
    with pytest.raises(AccessRefusedError, match="Select whom"):
        service.confirm_people(actor=ann, public_ids=[], **where)
    with pytest.raises(NotAllowedError):
        service.confirm_people(actor=ann, public_ids=["p-amy", "p-ben"], **where)
    with reading() as session:
        amy = session.exec(
            select(MembershipRow).where(MembershipRow.person_id == market.people["amy"])
        ).one()
    assert amy.confirmed_on is None


CALLS = [
    lambda actor, where: service.end_access(actor=actor, public_id="p-al", on=TODAY, **where),
    lambda actor, where: service.change_kind(actor=actor, public_id="p-al", kind="viewer", **where),
    lambda actor, where: service.confirm_people(actor=actor, public_ids=["p-al"], **where),
]


@pytest.mark.parametrize("call", CALLS)
def test_only_a_category_a_of_the_company_with_a_fresh_sign_in_does_this(market, call) -> None:
    where = {"organisation_id": market.organisations["ALPHA"], "now": NOW}
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A, "A")
    for actor, error in (
        (ANYONE, NotSignedInError),
        (market.acting("al", "ALPHA", Capacity.ASSISTANT), NotAllowedError),
        (market.acting("nick", "ALPHA", Capacity.SIGNATORY, "N"), NotAllowedError),
        (ben, NotAllowedError),
        (market.staff("stella", "market_entry"), NotAllowedError),
        (a_of_alpha(market, fresh=False), SignInAgainError),
    ):
        with pytest.raises(error):
            call(actor, where)
    with pytest.raises(NotAllowedError):
        call(ben, where | {"organisation_id": market.organisations["BETA"]})
    with pytest.raises(NotAllowedError):
        people(market, ben)
