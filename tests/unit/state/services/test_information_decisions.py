from datetime import date

import pytest
from sqlmodel import select

from state.domain.actor import NotAllowedError
from state.domain.information_requests import RequestStatus
from state.domain.permissions import Capacity, StaffRole
from state.persistence.models.notices import NoticeRow
from state.persistence.transaction import reading
from state.services import information_decisions, information_requests
from state.services.information_requests import InformationRefusedError
from tests.asked import answer_of, ask_alpha
from tests.database.test_both_databases import RACERS, race
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    return tiny_market()


@pytest.fixture
def stella(market):
    return market.staff("stella", StaffRole.MARKET_ENTRY)


@pytest.fixture
def ann(market):
    return market.acting("ann", "ALPHA", Capacity.CATEGORY_A)


def accept(actor, reference) -> None:
    information_decisions.accept_answer(actor=actor, reference=reference, reason="", now=NOW)


def seen(stella, reference):
    return information_requests.request_for_staff(actor=stella, reference=reference, now=NOW)


def test_an_answer_is_returned_with_what_is_missing_then_accepted(ann, stella) -> None:
    reference = ask_alpha(stella, now=NOW)
    with pytest.raises(InformationRefusedError, match="it is asked"):
        accept(stella, reference)
    answer_of(ann, reference, now=NOW)
    again = {"actor": stella, "reference": reference, "now": NOW}
    with pytest.raises(InformationRefusedError) as refused:
        information_decisions.return_answer(**again, reason="", due_on=None)
    assert [one.field for one in refused.value.reasons] == ["reason", "due_on"]
    information_decisions.return_answer(
        **again, reason="The second meter is missing.", due_on=date(2026, 12, 4)
    )
    asked = seen(stella, reference)
    assert (asked.line.status, asked.line.due_on) == (RequestStatus.ASKED, date(2026, 12, 4))
    answer_of(ann, reference, now=NOW, text="With both meters.")
    accept(stella, reference)
    found = seen(stella, reference)
    assert found.line.status is RequestStatus.ACCEPTED
    assert [(step.what.value, step.said) for step in found.steps] == [
        ("asked", ""),
        ("answered", "Here it is."),
        ("returned", "The second meter is missing."),
        ("answered", "With both meters."),
        ("accepted", ""),
    ]
    assert len(found.files) == 2
    with reading() as session:
        told = session.exec(select(NoticeRow.key).where(NoticeRow.person_id == ann.person_id))
        assert sorted(told) == [
            "information.accepted",
            "information.asked",
            "information.returned",
        ]
        hears = select(NoticeRow.key).where(NoticeRow.person_id == stella.person_id)
        assert list(session.exec(hears)) == ["information.answered"] * 2


def test_what_is_withdrawn_needs_a_reason_and_is_over(ann, stella) -> None:
    reference = ask_alpha(stella, now=NOW)
    gone = {"actor": stella, "reference": reference, "now": NOW}
    with pytest.raises(InformationRefusedError, match="Enter the reason"):
        information_decisions.withdraw_request(**gone, reason="")
    information_decisions.withdraw_request(**gone, reason="We found it.")
    assert seen(stella, reference).line.status is RequestStatus.WITHDRAWN
    with pytest.raises(InformationRefusedError, match="it is withdrawn"):
        information_decisions.withdraw_request(**gone, reason="Again.")


def test_a_company_decides_nothing_and_nobody_decides_on_what_is_not_there(ann, stella) -> None:
    reference = ask_alpha(stella, now=NOW)
    answer_of(ann, reference, now=NOW)
    with pytest.raises(NotAllowedError):
        accept(ann, reference)
    with pytest.raises(InformationRefusedError, match="it is unknown"):
        accept(stella, "INF-1")


def test_of_racing_decisions_one_counts(ann, stella) -> None:
    reference = ask_alpha(stella, now=NOW)
    answer_of(ann, reference, now=NOW)
    assert race(lambda _: accept(stella, reference)) == (1, RACERS - 1)
    assert [step.what.value for step in seen(stella, reference).steps].count("accepted") == 1
