import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE
from state.persistence.models.audit import AuditEntryRow
from state.persistence.models.person import SpentNoticeRow
from state.persistence.transaction import reading
from state.services import sessions
from state.services.provider_notices import (
    THE_PROVIDER,
    NobodyMeantError,
    Notice,
    SpentNoticeError,
    obey_notice,
)
from state.services.sessions import DEVELOPMENT, Identity
from tests.market import NOW, tiny_market

ISSUER = "https://id.example/oauth2/default"
OF_ANN = Notice(ISSUER, "n-1", subject="ann")


@pytest.fixture(autouse=True)
def development() -> Iterator[None]:
    sessions.WAYS_IN.development = True
    yield
    sessions.WAYS_IN.development = False


def begin(subject: str, issuer_session: str = "s-1", method: str = "oidc") -> str:
    identity = Identity(ISSUER, subject, method, issuer_session)
    begun = sessions.begin_session(actor=ANYONE, identity=identity, now=NOW)
    return sessions.session_id_of(begun.secret)


def is_in(session_id: str) -> bool:
    return sessions.who_is_here(session_id=session_id, now=NOW).actor.person_id is not None


def obey(notice: Notice, now=NOW) -> int:
    return obey_notice(actor=THE_PROVIDER, notice=notice, now=now)


def test_all_sessions_of_a_subject_and_nobody_elses(either_database) -> None:
    tiny_market(ISSUER)
    first, second, bens = begin("ann"), begin("ann", "s-2"), begin("ben")
    assert obey(OF_ANN) == 2
    assert [is_in(one) for one in (first, second, bens)] == [False, False, True]


def test_one_session_of_the_provider(either_database) -> None:
    tiny_market(ISSUER)
    first, second = begin("ann"), begin("ann", "s-2")
    assert obey(Notice(ISSUER, "n-1", issuer_session="s-2")) == 1
    assert [is_in(first), is_in(second)] == [True, False]
    with pytest.raises(NobodyMeantError):
        obey(Notice(ISSUER, "n-2", subject="ben", issuer_session="s-1"))
    assert is_in(first)


def test_by_e_mail_whatever_its_letters(either_database) -> None:
    tiny_market(ISSUER)
    session_id = begin("ann")
    assert obey(Notice(ISSUER, "n-1", email="ANN@people.example")) == 1
    assert not is_in(session_id)


def test_another_issuer_means_nobody(database) -> None:
    tiny_market(ISSUER)
    session_id = begin("ann")
    for notice in (replace(OF_ANN, issuer="https://evil.example"), replace(OF_ANN, subject="eve")):
        with pytest.raises(NobodyMeantError):
            obey(notice)
    assert is_in(session_id)


def test_a_session_that_the_provider_did_not_begin_stays(database) -> None:
    tiny_market(ISSUER)
    session_id = begin("ann", method=DEVELOPMENT)
    assert obey(OF_ANN) == 0
    assert is_in(session_id)


def test_a_notice_is_spent_when_it_is_obeyed_and_forgotten_when_it_is_too_old(database) -> None:
    tiny_market(ISSUER)
    obey(OF_ANN)
    with pytest.raises(SpentNoticeError):
        obey(OF_ANN, NOW + timedelta(minutes=15))
    obey(Notice(ISSUER, "n-2", subject="ann"), NOW + timedelta(minutes=16))
    with reading() as session:
        assert len(session.exec(select(SpentNoticeRow)).all()) == 1


def test_the_same_notice_at_once_is_obeyed_once(either_database) -> None:
    tiny_market(ISSUER)
    begin("ann")
    ends: list[str] = []

    def run() -> None:
        try:
            ends.append(str(obey(OF_ANN)))
        except SpentNoticeError:
            ends.append("spent")

    racers = [threading.Thread(target=run) for _ in range(6)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(ends) == ["1", *["spent"] * 5]


def test_it_stands_in_the_audit_trail(database) -> None:
    tiny_market(ISSUER)
    begin("ann")
    obey(OF_ANN)
    with reading() as session:
        entry = session.exec(
            select(AuditEntryRow).where(AuditEntryRow.event == "session.ended_by_provider")
        ).one()
    assert (entry.actor, entry.subject, entry.details) == ("provider", "p-ann", '{"sessions": 1}')
