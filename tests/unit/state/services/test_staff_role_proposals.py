from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from state.domain.actor import ANYONE, NotAllowedError, NotSignedInError, SignInAgainError
from state.domain.permissions import Capacity, Permission, StaffRole
from state.domain.staff_roles import ProposalStatus
from state.persistence.models.staff_roles import StaffRoleProposalRow
from state.persistence.queries.who_may import staff_roles_of
from state.persistence.transaction import reading, transaction
from state.services import staff_role_proposals as service
from state.services import staff_roles
from state.services.staff_role_proposals import StaffRoleRefusedError
from tests.invited import events, notices_of
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    return tiny_market()


def administrator(market, subject="ada"):
    return market.staff(subject, StaffRole.ADMINISTRATOR)


def propose(market, subject, role, *, gives=True, by="ada", reason="She joins us"):
    service.propose_role(
        actor=administrator(market, by),
        email=f"{subject}@People.example",
        role=role,
        gives=gives,
        reason=reason,
        now=NOW,
    )


def newest() -> StaffRoleProposalRow:
    with reading() as session:
        return session.exec(
            select(StaffRoleProposalRow).order_by(StaffRoleProposalRow.id.desc())
        ).first()


def decide(market, by="abe", *, agrees=True, now=NOW):
    service.decide_role(
        actor=administrator(market, by), public_id=newest().public_id, agrees=agrees, now=now
    )


def held(market, subject, now=NOW):
    with reading() as session:
        return staff_roles_of(session, market.people[subject], now.date())


def refused(call, *arguments, **named) -> list[str]:
    with pytest.raises(StaffRoleRefusedError) as error:
        call(*arguments, **named)
    return [reason.reason for reason in error.value.reasons]


def test_a_role_is_given_by_two_administrators_and_ended_by_two(market) -> None:
    propose(market, "stella", "participant_management")
    assert StaffRole.PARTICIPANT_MANAGEMENT not in held(market, "stella")
    assert notices_of(market.people["abe"]) == ["staff_role.proposed"]
    decide(market)
    assert held(market, "stella") == {StaffRole.MARKET_ENTRY, StaffRole.PARTICIPANT_MANAGEMENT}
    assert notices_of(market.people["stella"]) == ["staff_role.changed"]
    propose(market, "stella", "participant_management", gives=False)
    decide(market)
    assert held(market, "stella") == {StaffRole.MARKET_ENTRY}
    propose(market, "stella", "participant_management")
    decide(market)
    assert StaffRole.PARTICIPANT_MANAGEMENT in held(market, "stella")
    assert events().count("staff_role.agreed") == 3


def test_nobody_has_a_part_in_their_own_role_or_decides_on_their_own_proposal(market) -> None:
    own = "Nobody has a part in a change of their own roles. Ask two other administrators"
    assert own in refused(propose, market, "ada", "market_entry")
    propose(market, "abe", "market_entry")
    for agrees in (True, False):
        assert own in refused(decide, market, "abe", agrees=agrees)
    assert refused(decide, market, "ada") == [
        "Another administrator must decide on what you proposed"
    ]
    assert held(market, "abe") == {StaffRole.ADMINISTRATOR}


def test_the_database_itself_wants_two_others(market) -> None:
    propose(market, "stella", "participant_management")
    for subject in ("ada", "stella"):
        with pytest.raises(IntegrityError):
            _decided_by_force(market.people[subject])


def _decided_by_force(person_id: int) -> None:
    with transaction() as session:
        row = session.exec(select(StaffRoleProposalRow)).one()
        row.status, row.decided_by = ProposalStatus.DONE, person_id
        session.add(row)


def test_an_auditor_is_nothing_else(market) -> None:
    assert refused(propose, market, "otto", "market_entry") == [
        "An auditor holds no other role. End that role first"
    ]
    assert refused(propose, market, "stella", "auditor") == [
        "An auditor holds no other role. End their other roles first"
    ]
    propose(market, "ben", "auditor")
    decide(market)
    assert held(market, "ben") == {StaffRole.AUDITOR}


def test_what_changed_meanwhile_counts_when_it_is_agreed_to(market) -> None:
    propose(market, "ben", "auditor")
    first = newest().public_id
    propose(market, "ben", "market_entry")
    decide(market)
    with pytest.raises(StaffRoleRefusedError, match="no other role"):
        service.decide_role(
            actor=administrator(market, "abe"), public_id=first, agrees=True, now=NOW
        )
    service.decide_role(actor=administrator(market, "abe"), public_id=first, agrees=False, now=NOW)


def test_two_administrators_remain(market) -> None:
    propose(market, "stella", "administrator")
    decide(market)
    propose(market, "stella", "administrator", gives=False)
    decide(market)
    assert refused(propose, market, "abe", "administrator", gives=False) == [
        "At least 2 administrators must remain"
    ]


def test_every_reason_is_told_at_once(market) -> None:
    assert refused(propose, market, "nobody", "king", reason="") == [
        "Enter a reason",
        "Nobody who can sign in has this address. Check it",
        "Select a role",
    ]
    assert refused(propose, market, "stella", "market_entry") == ["They are market entry already"]
    assert refused(propose, market, "stella", "auditor", gives=False) == ["They are not auditor"]
    propose(market, "stella", "participant_management")
    assert refused(propose, market, "stella", "participant_management") == [
        "This is proposed already. Decide on it"
    ]


def test_a_proposal_is_taken_back_or_runs_out(market) -> None:
    propose(market, "stella", "participant_management")
    with pytest.raises(NotAllowedError):
        service.withdraw_role(
            actor=administrator(market, "abe"), public_id=newest().public_id, now=NOW
        )
    service.withdraw_role(actor=administrator(market), public_id=newest().public_id, now=NOW)
    assert refused(decide, market) == ["It was decided on meanwhile, or ran out"]
    propose(market, "stella", "participant_management")
    late = NOW + timedelta(days=31)
    assert refused(decide, market, now=late) == ["It was decided on meanwhile, or ran out"]
    assert _seen(market, late)[0].status is ProposalStatus.LAPSED
    with pytest.raises(NotAllowedError):
        service.withdraw_role(actor=administrator(market), public_id="none", now=NOW)


def test_who_sees_the_roles_and_who_changes_them(market) -> None:
    propose(market, "stella", "participant_management")
    auditor = staff_roles.staff_roles(actor=market.staff("otto", StaffRole.AUDITOR), now=NOW)
    assert not auditor.may_manage
    assert not auditor.proposals[0].may_decide
    assert {(one.name, one.role) for one in auditor.holders} >= {("Ada", StaffRole.ADMINISTRATOR)}
    mine = _seen(market, NOW)[0]
    assert (mine.may_decide, mine.may_withdraw) == (False, True)
    for actor, error in (
        (market.staff("otto", StaffRole.AUDITOR), NotAllowedError),
        (market.staff("peter", StaffRole.PARTICIPANT_MANAGEMENT), NotAllowedError),
        (market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A"), NotAllowedError),
        (ANYONE, NotSignedInError),
    ):
        with pytest.raises(error):
            service.propose_role(
                actor=actor, email="x", role="auditor", gives=True, reason="x", now=NOW
            )
        with pytest.raises(error):
            service.decide_role(actor=actor, public_id=newest().public_id, agrees=True, now=NOW)


def test_it_needs_a_fresh_sign_in(market) -> None:
    stale = replace(administrator(market), fresh=False)
    assert stale.may(Permission.STAFF_ROLE_MANAGE)
    with pytest.raises(SignInAgainError):
        service.propose_role(
            actor=stale, email="x", role="auditor", gives=True, reason="x", now=NOW
        )


def _seen(market, now):
    return staff_roles.staff_roles(actor=administrator(market), now=now).proposals
