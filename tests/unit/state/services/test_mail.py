from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, THE_CLOCK, NotAllowedError
from state.persistence.models.audit import AuditEntryRow
from state.persistence.models.notices import OutboxMailRow
from state.persistence.notices import notify_address
from state.persistence.transaction import reading, transaction
from state.services import mail as service
from state.services.sessions import WAYS_IN
from tests.market import NOW, tiny_market


def put(number: int) -> None:
    with transaction() as session:
        for of in range(number):
            notify_address(
                session,
                key="invite.sent",
                address=f"{of}@people.example",
                link="/auth/join/x",
                now=NOW,
                company="ALPHA ENERGY LTD",
                who="New",
                until="5 Dec 2026",
            )


def take(_=None, at=NOW):
    return service.mail_to_send(actor=THE_CLOCK, now=at)


def only_row():
    with reading() as session:
        return session.exec(select(OutboxMailRow)).one()


def test_many_workers_never_have_the_same_mail(either_database) -> None:
    put(5)
    with ThreadPoolExecutor(8) as pool:
        taken = [mail.mail_id for mail in pool.map(take, range(16)) if mail]
    assert len(set(taken)) == len(taken)
    while mail := take():
        taken.append(mail.mail_id)
    assert sorted(taken) == [1, 2, 3, 4, 5]


def test_a_mail_of_a_worker_that_died_is_taken_by_the_next(database) -> None:
    put(1)
    assert take()
    assert take(at=NOW + timedelta(minutes=9)) is None
    assert take(at=NOW + timedelta(minutes=11))


def test_it_is_tried_again_and_given_up_within_a_day_with_an_entry(database) -> None:
    put(1)
    at, tries = NOW, 0
    while (row := only_row()).next_try_at is not None:
        at = max(at, row.next_try_at)
        mail = take(at=at)
        tries += 1
        service.mail_failed(
            actor=THE_CLOCK, mail_id=mail.mail_id, reason="x" * 300, for_good=False, now=at
        )
    assert timedelta(hours=12) < at - NOW < timedelta(hours=24)
    assert tries == 11
    assert (row.link, len(row.failed_reason)) == ("", 200)
    with reading() as session:
        entry = session.exec(select(AuditEntryRow)).one()
    assert entry.event == "mail.given_up"
    assert "@" not in entry.details


def test_the_mailbox_is_a_developers_alone(database, monkeypatch) -> None:
    put(120)
    monkeypatch.setattr(WAYS_IN, "development", False)
    with pytest.raises(NotAllowedError):
        service.development_mailbox(actor=ANYONE)
    monkeypatch.setattr(WAYS_IN, "development", True)
    mails = service.development_mailbox(actor=ANYONE)
    assert len(mails) == 100
    assert mails[0].address == "119@people.example"


def test_nobody_but_the_worker_takes_mail(database) -> None:
    put(1)
    stella = tiny_market().staff("stella")
    for who in (ANYONE, stella):
        with pytest.raises(NotAllowedError):
            service.mail_to_send(actor=who, now=NOW)
        with pytest.raises(NotAllowedError):
            service.mail_sent(actor=who, mail_id=1, now=NOW)
        with pytest.raises(NotAllowedError):
            service.mail_failed(actor=who, mail_id=1, reason="x", for_good=True, now=NOW)
