from datetime import date

import pytest

from state.domain.actor import NotAllowedError
from state.domain.market_exit import ProposalStatus, WithdrawalProposal
from state.domain.permissions import Capacity, StaffRole
from state.services import market_exit
from state.services.market_exit import ProposalRefusedError
from tests.market import NOW, tiny_market

PROPOSAL = WithdrawalProposal(date(2026, 12, 19), date(2026, 12, 18), " We sold  it. ")


def propose(actor, proposal=PROPOSAL):
    return market_exit.propose_withdrawal(
        actor=actor, organisation_id=actor.organisation_id, proposal=proposal, now=NOW
    )


def test_the_first_possible_date_is_28_days_ahead(database) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A)
    earliest = market_exit.earliest_date(
        actor=ann, organisation_id=ann.organisation_id, today=NOW.date()
    )
    assert earliest == date(2026, 12, 19)
    assert propose(ann).status == ProposalStatus.PROPOSED


def test_a_day_too_early_is_refused_with_the_first_good_date(database) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A)
    early = WithdrawalProposal(date(2026, 12, 18), date(2026, 12, 18), "")
    with pytest.raises(ProposalRefusedError) as refused:
        propose(ann, early)
    assert [reason.reason for reason in refused.value.reasons] == [
        "Last day of trading must be before the withdrawal date",
        "Withdrawal date must be at least 28 days from today, on or after 19 Dec 2026",
        "Enter your reason",
    ]


def test_one_proposal_at_a_time_then_the_answer_is_seen(database) -> None:
    market = tiny_market()
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    peter = market.staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)
    reference = propose(ann).reference
    with pytest.raises(ProposalRefusedError, match="is awaiting an answer"):
        propose(ann)
    with pytest.raises(ProposalRefusedError, match="Enter the reason"):
        _decide(peter, reference, accept=False, reason="")
    _decide(peter, reference, accept=False, reason="End your BM Units first.")
    with pytest.raises(ProposalRefusedError, match="does not await a decision"):
        _decide(peter, reference, accept=True, reason="")
    (seen,) = market_exit.proposals_of_company(actor=ann, organisation_id=ann.organisation_id)
    assert (seen.status, seen.decision_reason) == (
        ProposalStatus.DECLINED,
        "End your BM Units first.",
    )
    assert propose(ann).reference != reference


def test_staff_see_all_and_a_company_sees_its_own(database) -> None:
    market = tiny_market()
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A)
    first = propose(ann)
    propose(ben)
    peter = market.staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)
    assert len(market_exit.proposals(actor=peter)) == 2
    assert market_exit.proposal_in_full(actor=peter, reference=first.reference) == first
    with pytest.raises(NotAllowedError):
        market_exit.proposals_of_company(actor=ben, organisation_id=ann.organisation_id)
    with pytest.raises(NotAllowedError):
        market_exit.proposals(actor=ben)
    with pytest.raises(ProposalRefusedError, match="none by that reference"):
        market_exit.proposal_in_full(actor=peter, reference="EXIT-1")


@pytest.mark.parametrize("capacity", [Capacity.ASSISTANT, Capacity.VIEWER])
def test_only_a_category_a_proposes_and_only_staff_decide(database, capacity) -> None:
    market = tiny_market()
    with pytest.raises(NotAllowedError):
        propose(market.acting("ann", "ALPHA", capacity))
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    reference = propose(ann).reference
    with pytest.raises(NotAllowedError):
        _decide(ann, reference, accept=True, reason="")
    with pytest.raises(NotAllowedError):
        _decide(market.staff("stella", StaffRole.MARKET_ENTRY), reference, accept=True, reason="")


def _decide(actor, reference, *, accept, reason):
    market_exit.decide_proposal(
        actor=actor, reference=reference, accept=accept, reason=reason, now=NOW
    )
