import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from state.persistence.models.notices import NoticePreferenceRow, NoticeRow, OutboxMailRow
from state.persistence.models.person import PersonRow
from state.persistence.notices import cancel_mails, notify, notify_address
from state.persistence.transaction import reading, transaction
from tests.market import NOW, tiny_market

WORDS = {"company": "ALPHA ENERGY LTD", "what": "a new contact", "who": "Amy"}


def tell(market, *subjects, key="change.awaiting_approval", once="", words=WORDS) -> None:
    with transaction() as session:
        notify(
            session,
            key=key,
            people=[market.people[subject] for subject in subjects],
            organisation_id=market.organisations["ALPHA"],
            link="/changes",
            now=NOW,
            dedupe_key=once,
            **words,
        )


def invite(once: str) -> None:
    with transaction() as session:
        notify_address(
            session,
            key="invite.sent",
            address="new@people.example",
            link="/auth/join/x",
            now=NOW,
            dedupe_key=once,
            company="ALPHA ENERGY LTD",
            who="New",
            until="5 Dec 2026",
        )


def held(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(kind.id)).all()


def test_each_person_has_a_notice_and_a_mail_that_says_nothing_of_it(either_database) -> None:
    market = tiny_market()
    tell(market, "ann", "amy")
    assert [row.person_id for row in held(NoticeRow)] == [
        market.people["ann"],
        market.people["amy"],
    ]
    assert json.loads(held(NoticeRow)[0].words) == WORDS
    mails = held(OutboxMailRow)
    assert [mail.address for mail in mails] == ["ann@people.example", "amy@people.example"]
    assert mails[0].subject == "A change of ALPHA ENERGY LTD waits for approval"
    assert mails[0].body == "Sign in to view it."
    assert "Amy" not in mails[0].subject + mails[0].body


def test_with_a_key_a_person_is_told_once_even_by_two_at_a_time(either_database) -> None:
    market = tiny_market()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: tell(market, "ann", "amy", once="change-1"), range(8)))
    assert len(held(NoticeRow)) == len(held(OutboxMailRow)) == 2
    tell(market, "ann")
    tell(market, "ann")
    assert len(held(NoticeRow)) == 4


def test_what_may_be_muted_is_and_what_may_not_is_not(database) -> None:
    market = tiny_market()
    with transaction() as session:
        for topic in ("changes", "bank"):
            session.add(
                NoticePreferenceRow(person_id=market.people["ann"], topic=topic, by_mail=False)
            )
    tell(market, "ann")
    assert (len(held(NoticeRow)), len(held(OutboxMailRow))) == (1, 0)
    tell(market, "ann", key="bank.change_requested")
    assert (len(held(NoticeRow)), len(held(OutboxMailRow))) == (2, 1)


def test_a_suspended_person_is_told_nothing(database) -> None:
    market = tiny_market()
    with transaction() as session:
        session.get_one(PersonRow, market.people["ann"]).status = "suspended"
    tell(market, "ann")
    assert held(NoticeRow) == []


def test_an_address_without_an_account_has_a_mail_alone(database) -> None:
    for _ in range(2):
        invite("invitation:1:1")
    assert held(NoticeRow) == []
    (mail,) = held(OutboxMailRow)
    assert mail.to_person_id is None
    assert mail.body.endswith("until 5 Dec 2026.")


def test_the_mails_of_one_thing_are_cancelled_where_they_have_not_gone(either_database) -> None:
    keys = ["of:a_c", "of:a_c:1", "of:a_c:2", "of:a_c2", "of:abc:1"]
    for key in keys:
        invite(key)
    with transaction() as session:
        sent = select(OutboxMailRow).where(OutboxMailRow.dedupe_key == "of:a_c:2")
        session.exec(sent).one().sent_at = NOW
        cancel_mails(session, "of:a_c")
    assert {mail.dedupe_key for mail in held(OutboxMailRow) if mail.failed_reason} == set(keys[:2])
    for mail in held(OutboxMailRow):
        overtaken = ("", None, "overtaken")
        state = (mail.link, mail.next_try_at, mail.failed_reason)
        assert state == (overtaken if mail.dedupe_key in keys[:2] else ("/auth/join/x", NOW, ""))


def test_a_word_that_is_missing_or_a_kind_that_is_not_there_stops_the_transaction(database) -> None:
    market = tiny_market()
    with pytest.raises(KeyError, match="what"):
        tell(market, "ann", words={"company": "ALPHA", "who": "Amy"})
    with pytest.raises(KeyError):
        tell(market, "ann", key="no.such")
    assert held(NoticeRow) == []
