from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from state.domain.actor import NotAllowedError
from state.domain.permissions import Permission, StaffRole
from state.domain.staff_roles import ProposalStatus
from state.persistence.models.publishers import PublisherProposalRow
from state.persistence.transaction import transaction
from state.services import publisher_proposals as service
from state.services.api_tokens import UnknownProgramError
from state.services.named_publishers import named_publishers
from state.services.publishers import PublisherRefusedError
from tests.invited import events, notices_of
from tests.market import NOW, tiny_market
from tests.programs import (
    MadeProgram,
    acting_for,
    agreed_publisher,
    made_publisher,
    who_takes_data_in,
)


@pytest.fixture
def market(either_database):
    return tiny_market()


def admin(market, subject="ada"):
    return market.staff(subject, StaffRole.ADMINISTRATOR)


def propose(market, *, by="ada", name="Outages", networks="192.0.2.0/24", reason="It has them"):
    service.propose_publisher(
        actor=admin(market, by),
        name=name,
        acts_for=who_takes_data_in(market),
        allowed_addresses=networks,
        reason=reason,
        now=NOW,
    )
    return listed(market).proposals[0].public_id


def listed(market, by="ada", now=NOW):
    return named_publishers(actor=admin(market, by), now=now)


def decide(market, public_id, by="abe", *, agrees=True, now=NOW):
    own = {"actor": admin(market, by), "public_id": public_id, "now": now}
    service.decide_publisher(**own, agrees=agrees)


def why(call, *arguments, **named) -> list[str]:
    with pytest.raises(PublisherRefusedError) as refused:
        call(*arguments, **named)
    return [one.reason for one in refused.value.reasons]


def test_two_administrators_let_a_program_in_and_end_it(market) -> None:
    public_id = propose(market)
    assert listed(market).programs == ()
    assert "must decide" in why(decide, market, public_id, by="ada")[0]
    decide(market, public_id)
    (held,) = listed(market).programs
    assert (held.name, held.has_secret, held.may_make_secret) == ("Outages", False, True)
    assert not listed(market, "abe").programs[0].may_make_secret
    secret = {"public_id": held.public_id, "now": NOW}
    with pytest.raises(NotAllowedError):
        service.publisher_secret(actor=admin(market, "abe"), **secret)
    made = service.publisher_secret(actor=admin(market), **secret)
    with pytest.raises(NotAllowedError, match="once"):
        service.publisher_secret(actor=admin(market), **secret)
    program = MadeProgram(held.public_id, made.client_id, made.secret)
    assert acting_for(program).may(Permission.DATA_INGEST)

    end = {"actor": admin(market, "abe"), "public_id": held.public_id, "now": NOW}
    service.propose_publisher_end(**end, reason="Another sends them")
    assert "proposed already" in why(service.propose_publisher_end, **end, reason="Again")[0]
    assert acting_for(program).may(Permission.DATA_INGEST)
    decide(market, listed(market).proposals[0].public_id, by="ada")
    assert listed(market).programs[0].until == NOW.date()
    with pytest.raises(UnknownProgramError):
        acting_for(program)
    assert [one for one in events() if one.startswith("publisher.")] == [
        "publisher.proposed",
        "publisher.agreed",
        "publisher.secret_made",
        "publisher.proposed",
        "publisher.agreed",
    ]


def test_everything_wrong_is_told_at_once_and_nothing_twice(market) -> None:
    made_publisher(market)
    reasons = why(propose, market, name="Prices", networks="here", reason="")
    assert len(reasons) == 3
    propose(market)
    assert why(propose, market, by="abe", name="outages") == [
        "This is proposed already. Decide on it"
    ]


def test_what_is_refused_taken_back_or_ran_out_lets_nothing_in(market) -> None:
    refused, taken_back, late = (propose(market, name=name) for name in ("A", "B", "C"))
    decide(market, refused, agrees=False)
    with pytest.raises(NotAllowedError):
        service.withdraw_publisher(actor=admin(market, "abe"), public_id=taken_back, now=NOW)
    service.withdraw_publisher(actor=admin(market), public_id=taken_back, now=NOW)
    much_later = NOW + timedelta(days=365)
    for one in (refused, taken_back, late):
        assert "ran out" in why(decide, market, one, now=much_later)[0]
    assert [one.status for one in listed(market, now=much_later).proposals] == [
        ProposalStatus.LAPSED,
        ProposalStatus.WITHDRAWN,
        ProposalStatus.REFUSED,
    ]
    assert listed(market).programs == ()


def test_what_was_fit_must_be_so_still(market) -> None:
    public_id = propose(market, name="Prices")
    made_publisher(market)
    assert why(decide, market, public_id) == ["Another program has that name. Choose another"]


def test_the_other_is_told_and_the_database_holds_to_two(market) -> None:
    agreed_publisher(market)
    assert notices_of(market.people["abe"]) == ["publisher.proposed"]
    assert "publisher.changed" in notices_of(market.people["sid"])
    alone = sa.update(PublisherProposalRow).values(decided_by=PublisherProposalRow.proposed_by)
    with pytest.raises(IntegrityError), transaction() as session:
        session.execute(alone)
