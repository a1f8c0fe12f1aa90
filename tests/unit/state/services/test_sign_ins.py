from collections.abc import Iterator
from datetime import timedelta

import pytest

from state.domain.actor import ANYONE, NotSignedInError
from state.services import sessions, sign_ins
from state.services.sessions import DEVELOPMENT, DEVELOPMENT_ISSUER, NOBODY, Identity
from tests.market import NOW, tiny_market


@pytest.fixture(autouse=True)
def development() -> Iterator[None]:
    sessions.WAYS_IN.development = True
    yield
    sessions.WAYS_IN.development = False


def begin(subject: str, client: str = "Chrome/131 Windows", now=NOW) -> str:
    identity = Identity(DEVELOPMENT_ISSUER, subject, DEVELOPMENT)
    begun = sessions.begin_session(actor=ANYONE, identity=identity, client=client, now=now)
    return sessions.session_id_of(begun.secret)


def here(session_id: str, now=NOW):
    return sessions.who_is_here(session_id=session_id, now=now).actor


def test_a_person_sees_their_own_sign_ins_and_this_one_first(database) -> None:
    tiny_market()
    begin("ben", "Firefox/133 Linux", NOW - timedelta(minutes=10))
    begin("ben", "Safari iPhone", NOW - timedelta(minutes=40))
    begin("ann")
    this = here(begin("ben", now=NOW - timedelta(minutes=20)))
    found = sign_ins.open_sign_ins(actor=this, now=NOW)
    assert [(one.browser, one.is_this) for one in found] == [
        ("Chrome on Windows", True),
        ("Firefox on Linux", False),
    ]
    assert this.session_id not in repr(found)


def test_one_sign_in_is_ended_and_nobody_elses(either_database) -> None:
    tiny_market()
    other, anns = begin("ben", "Firefox/133 Linux"), begin("ann")
    this = begin("ben")
    actor = here(this)
    reference = sign_ins.open_sign_ins(actor=actor, now=NOW)[1].reference
    sign_ins.end_sign_in(actor=actor, reference=anns[:12], now=NOW)
    sign_ins.end_sign_in(actor=actor, reference=reference, now=NOW)
    assert sessions.who_is_here(session_id=other, now=NOW) == NOBODY
    assert here(anns).person_id is not None
    assert here(this).person_id is not None


def test_signed_out_everywhere(either_database) -> None:
    tiny_market()
    ids = [begin("ben"), begin("ben"), begin("ann")]
    assert sign_ins.end_every_sign_in(actor=here(ids[0]), now=NOW) == 2
    assert [here(one).person_id is not None for one in ids] == [False, False, True]


@pytest.mark.parametrize(("subject", "idle_minutes", "hours"), [("ben", 30, 12), ("stella", 15, 8)])
def test_when_a_sign_in_ends(database, subject, idle_minutes, hours) -> None:
    tiny_market()
    session_id = begin(subject)
    actor = here(session_id)
    end = sign_ins.session_end(actor=actor, now=NOW + timedelta(minutes=5))
    assert end.idle_at == NOW + timedelta(minutes=idle_minutes)
    assert end.absolute_at == NOW + timedelta(hours=hours)
    sessions.end_session(actor=actor, now=NOW)
    for gone in (actor, ANYONE):
        with pytest.raises(NotSignedInError):
            sign_ins.session_end(actor=gone, now=NOW)
