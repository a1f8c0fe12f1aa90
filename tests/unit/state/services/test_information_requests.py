import json
from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import CONSOLE_OPERATOR, NotAllowedError
from state.domain.information_requests import RequestStatus, WantedInformation
from state.domain.permissions import Capacity, StaffRole
from state.persistence.models.notices import NoticeRow, OutboxMailRow
from state.persistence.transaction import reading
from state.services import information_requests
from state.services.audit import audit_trail
from state.services.information_requests import InformationRefusedError
from tests.asked import DIAGRAM, answer_of, ask_alpha
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    return tiny_market()


@pytest.fixture
def stella(market):
    return market.staff("stella", StaffRole.MARKET_ENTRY)


def seen_by(actor, *, now=NOW):
    own = {"actor": actor, "organisation_id": actor.organisation_id, "now": now}
    return information_requests.requests_of_company(**own)


def test_a_company_that_is_asked_is_told_and_sees_it(market, stella) -> None:
    reference = ask_alpha(stella, now=NOW)
    assert reference == "INF-2026-000001"
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    (line,) = seen_by(ann)
    assert (line.title, line.status, line.is_overdue) == (
        "Single line diagram",
        RequestStatus.ASKED,
        False,
    )
    (late,) = seen_by(ann, now=NOW + timedelta(days=7))
    assert late.is_overdue
    with reading() as session:
        told = {row.person_id for row in session.exec(select(NoticeRow))}
        mails = session.exec(select(OutboxMailRow)).all()
    assert told == {market.people[one] for one in ("ann", "amy", "nick", "al")}
    assert {mail.subject for mail in mails} == {
        "The operator asks for information about ALPHA ENERGY LTD"
    }
    assert {mail.body for mail in mails} == {"Sign in to view it."}
    entry = audit_trail(actor=CONSOLE_OPERATOR, search="").entries[0]
    assert (entry.event, entry.subject) == ("information.asked", reference)
    assert json.loads(entry.details)["due_on"] == "2026-11-27"


def test_what_breaks_a_rule_is_not_asked(market, stella) -> None:
    with pytest.raises(InformationRefusedError) as refused:
        ask_alpha(stella, WantedInformation("x", " ", "", None), now=NOW)
    assert {one.field for one in refused.value.reasons} == {"kind", "title", "text"}
    with pytest.raises(InformationRefusedError, match="no such company"):
        ask_alpha(stella, company="nobody", now=NOW)
    assert information_requests.requests_of_all(actor=stella, now=NOW) == ()


def test_nobody_sees_what_another_company_is_asked(market, stella) -> None:
    reference = ask_alpha(stella, now=NOW)
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A)
    alpha = market.organisations["ALPHA"]
    assert seen_by(ben) == ()
    own = {"actor": ben, "now": NOW}
    with pytest.raises(InformationRefusedError, match="no request"):
        information_requests.request_for_company(
            **own, organisation_id=ben.organisation_id, reference=reference
        )
    for refused in (
        lambda: information_requests.requests_of_company(**own, organisation_id=alpha),
        lambda: information_requests.request_for_company(
            **own, organisation_id=alpha, reference=reference
        ),
        lambda: information_requests.requests_of_all(**own),
        lambda: information_requests.request_for_staff(**own, reference=reference),
        lambda: ask_alpha(ben, DIAGRAM, now=NOW),
    ):
        with pytest.raises(NotAllowedError):
            refused()


@pytest.mark.parametrize(
    ("subject", "role"),
    [("otto", StaffRole.AUDITOR), ("silas", StaffRole.SETTLEMENT_OPERATIONS)],
)
def test_an_auditor_reads_and_other_staff_do_neither(market, subject, role) -> None:
    staff = market.staff(subject, role)
    with pytest.raises(NotAllowedError):
        ask_alpha(staff, now=NOW)
    if role is StaffRole.AUDITOR:
        assert information_requests.requests_of_all(actor=staff, now=NOW) == ()
    else:
        with pytest.raises(NotAllowedError):
            information_requests.requests_of_all(actor=staff, now=NOW)


def test_what_waits_stands_first_and_the_company_reads_no_name_of_staff(market, stella) -> None:
    first, second = (ask_alpha(stella, now=NOW) for _ in range(2))
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    answer_of(ann, second, now=NOW)
    for_staff = information_requests.requests_of_all(actor=stella, now=NOW)
    assert [one.reference for one in for_staff] == [second, first]
    assert [one.reference for one in seen_by(ann)] == [first, second]
    own = {"reference": second, "now": NOW}
    theirs = information_requests.request_for_company(
        **own, actor=ann, organisation_id=ann.organisation_id
    )
    assert [step.who for step in theirs.steps] == ["The operator", "Ann"]
    ours = information_requests.request_for_staff(**own, actor=stella)
    assert [step.who for step in ours.steps] == ["Stella", "Ann of ALPHA ENERGY LTD"]
