from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, THE_CLOCK, NotAllowedError
from state.domain.permissions import Capacity, StaffRole
from state.persistence.models.notices import NoticeRow, OutboxMailRow
from state.persistence.transaction import reading
from state.services.information_decisions import return_answer
from state.services.information_reminders import remind_of_information
from tests.asked import answer_of, ask_alpha
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    return tiny_market()


def told(person_id: int) -> list[str]:
    with reading() as session:
        wanted = select(NoticeRow.key).where(NoticeRow.person_id == person_id)
        return [key.removeprefix("information.") for key in session.exec(wanted)]


def test_each_reminder_is_told_once_and_none_after_the_answer(market) -> None:
    stella = market.staff("stella", StaffRole.MARKET_ENTRY)
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    open_one, answered = (ask_alpha(stella, now=NOW, days=20) for _ in range(2))
    answer_of(ann, answered, now=NOW)
    for days in (1, 12, 13, 13, 15, 19, 20, 21, 21, 30):
        remind_of_information(actor=THE_CLOCK, now=NOW + timedelta(days=days))
    assert told(ann.person_id) == ["asked", "asked", "due", "due", "overdue"]
    assert told(stella.person_id) == ["answered", "unanswered"]
    with reading() as session:
        mails = session.exec(select(OutboxMailRow.body).distinct()).all()
    assert mails == ["Sign in to view it."]
    assert open_one != answered


def test_who_asked_is_told_once_that_a_second_answer_is_late(market) -> None:
    stella = market.staff("stella", StaffRole.MARKET_ENTRY)
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    reference = ask_alpha(stella, now=NOW, days=6)
    answer_of(ann, reference, now=NOW)
    return_answer(
        actor=stella,
        reference=reference,
        reason="The diagram shows no meters.",
        due_on=NOW.date() + timedelta(days=10),
        now=NOW,
    )
    for days in (7, 11, 12):
        remind_of_information(actor=THE_CLOCK, now=NOW + timedelta(days=days))
    assert told(stella.person_id) == ["answered", "unanswered"]
    with reading() as session:
        wanted = select(NoticeRow.link).where(NoticeRow.key == "information.unanswered")
        assert session.exec(wanted).all() == [f"/staff/information?reference={reference}"]


def test_nobody_but_the_clock_reminds(market) -> None:
    with pytest.raises(NotAllowedError):
        remind_of_information(actor=ANYONE, now=NOW)
