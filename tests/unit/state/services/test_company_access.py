from datetime import date

import pytest
from sqlmodel import select

from state.domain.actor import NotAllowedError
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus
from state.domain.invitations import InvitationStatus, Offer, OfferedCategory
from state.domain.permissions import Capacity, StaffRole
from state.persistence.models.invitations import InvitationRow
from state.persistence.models.notices import OutboxMailRow
from state.persistence.models.person import AuthorisationRow, MembershipRow
from state.persistence.transaction import reading, transaction
from state.services import change_decisions, change_views, changes, company_access
from state.services.changes import ChangeRefusedError, Proposal
from state.services.sent_invitations import InvitationRefusedError
from tests.invited import events, notices_of
from tests.market import NOW, tiny_market

FIRST = Offer("dora@beta.example", "Dora First", "signatory", (OfferedCategory("A"),))


@pytest.fixture
def market(either_database):
    return tiny_market()


@pytest.fixture
def empty_beta(market):
    """BETA has nobody any more who signs."""
    with transaction() as session:
        for row in session.exec(
            select(MembershipRow).where(
                MembershipRow.organisation_id == market.organisations["BETA"]
            )
        ):
            row.until = date(2025, 1, 1)
            session.add(row)
    return market


def stella(market):
    return market.staff("stella", StaffRole.MARKET_ENTRY)


def peter(market):
    return market.staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)


def invited(market, actor=None, offer=FIRST):
    return company_access.invite_first(
        actor=actor or stella(market), public_id="beta", offer=offer, now=NOW
    )


def confirmed(market, actor, invitation, reference="LET-1"):
    return company_access.confirm_first(
        actor=actor, public_id="beta", invitation=invitation, reference=reference, now=NOW
    )


def links() -> list[str]:
    with reading() as session:
        return [link for link in session.exec(select(OutboxMailRow.link)) if "/join/" in link]


def test_a_first_category_a_needs_two_of_staff_and_a_letter(empty_beta) -> None:
    market = empty_beta
    made = invited(market)
    assert made.status is InvitationStatus.DRAFT
    assert links() == []
    assert notices_of(market.people["peter"]) == ["invite.awaiting_letter"]
    with pytest.raises(InvitationRefusedError, match="Another of us"):
        confirmed(market, stella(market), made.public_id)
    with pytest.raises(InvitationRefusedError, match="reference"):
        confirmed(market, peter(market), made.public_id, "")
    with pytest.raises(NotAllowedError):
        confirmed(market, market.staff("otto", StaffRole.AUDITOR), made.public_id)
    sent = confirmed(market, peter(market), made.public_id)
    assert sent.status is InvitationStatus.SENT
    assert len(links()) == 1
    with reading() as session:
        row = session.exec(select(InvitationRow)).one()
    assert (row.letter_reference, row.approved_by) == ("LET-1", market.people["peter"])
    assert "invitation.letter_confirmed" in events()
    with pytest.raises(InvitationRefusedError, match="not await"):
        confirmed(market, peter(market), made.public_id)


def test_a_first_assistant_is_invited_at_once(empty_beta) -> None:
    offer = Offer("dora@beta.example", "Dora First", "assistant")
    assert invited(empty_beta, offer=offer).status is InvitationStatus.SENT


def test_a_company_that_has_a_category_a_invites_its_own(market) -> None:
    with pytest.raises(InvitationRefusedError, match="who invites its people"):
        invited(market)
    with pytest.raises(NotAllowedError):
        company_access.invite_first(actor=stella(market), public_id="none", offer=FIRST, now=NOW)


def test_a_letter_comes_too_late_when_the_company_has_a_category_a(empty_beta) -> None:
    market = empty_beta
    made = invited(market)
    with transaction() as session:
        for row in session.exec(select(MembershipRow)):
            row.until = None
            session.add(row)
    with pytest.raises(InvitationRefusedError, match="who invites its people"):
        confirmed(market, peter(market), made.public_id)


def test_staff_see_who_has_access(empty_beta) -> None:
    seen = company_access.access_of_company(actor=stella(empty_beta), public_id="beta", now=NOW)
    assert [(one.name, one.has_ended) for one in seen.people] == [("Ann", True), ("Ben", True)]
    assert seen.people[0].email == "ann@people.example"
    assert seen.may_invite_first
    auditor = empty_beta.staff("otto", StaffRole.AUDITOR)
    read_only = company_access.access_of_company(actor=auditor, public_id="beta", now=NOW)
    assert not read_only.may_invite_first
    assert not read_only.may_confirm
    administrator = empty_beta.staff("ada", StaffRole.ADMINISTRATOR)
    company_access.access_of_company(actor=administrator, public_id="beta", now=NOW)
    with pytest.raises(NotAllowedError):
        company_access.access_of_company(
            actor=empty_beta.staff("silas", StaffRole.SETTLEMENT_OPERATIONS),
            public_id="beta",
            now=NOW,
        )


def _bens_change(market):
    """Ben, alone at BETA, gives Ann a category: nobody else can approve it."""
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A, "A")
    own = {"actor": ben, "organisation_id": ben.organisation_id}
    proposal = Proposal(
        ChangeKind.SIGNATORY, ChangeAction.CHANGE, "p-ann", {"categories": "F"}, base_version=1
    )
    public_id = changes.prepare_change(**own, proposal=proposal, now=NOW)
    view = change_views.change_to_see(**own, public_id=public_id)
    changes.submit_change(**own, public_id=public_id, digest=view.digest, now=NOW)
    return ben, public_id, view.digest


def by_letter(actor, public_id, digest, letter="LET-2"):
    return change_decisions.approve_for_director(
        actor=actor, public_id=public_id, digest=digest, letter_reference=letter, now=NOW
    )


def test_a_letter_of_the_director_stands_for_the_second_signature(market) -> None:
    ben, public_id, digest = _bens_change(market)
    waiting = company_access.access_of_company(actor=peter(market), public_id="beta", now=NOW)
    assert [one.line.public_id for one in waiting.for_the_director] == [public_id]
    with pytest.raises(ChangeRefusedError, match="reference"):
        by_letter(peter(market), public_id, digest, " ")
    with pytest.raises(ChangeRefusedError, match="quicker"):
        by_letter(peter(market), public_id, "0" * 64)
    for actor in (ben, market.staff("otto", StaffRole.AUDITOR)):
        with pytest.raises(NotAllowedError):
            by_letter(actor, public_id, digest)
    assert by_letter(peter(market), public_id, digest) is ChangeStatus.APPLIED
    view = change_views.change_to_see(
        actor=ben, organisation_id=ben.organisation_id, public_id=public_id
    )
    assert [(one.name, one.comment) for one in view.signatures] == [
        ("The operator, by a director's letter", "LET-2")
    ]
    with reading() as session:
        held = session.exec(select(AuthorisationRow.category)).all()
    assert "F" in held


def test_where_a_colleague_can_approve_no_letter_counts(market) -> None:
    _, public_id, digest = _bens_change(market)
    _make_category_a(market, "ann", "BETA")
    with pytest.raises(NotAllowedError, match="Someone of the company"):
        by_letter(peter(market), public_id, digest)
    seen = company_access.access_of_company(actor=peter(market), public_id="beta", now=NOW)
    assert seen.for_the_director == ()


def test_staff_who_are_of_the_company_do_not_sign_for_its_director(market) -> None:
    _, public_id, digest = _bens_change(market)
    with transaction() as session:
        session.add(
            MembershipRow(
                person_id=market.people["peter"],
                organisation_id=market.organisations["BETA"],
                kind="viewer",
                since=date(2020, 1, 1),
                created_at=NOW,
                updated_at=NOW,
            )
        )
    with pytest.raises(NotAllowedError, match="You are of this company"):
        by_letter(peter(market), public_id, digest)
    with pytest.raises(NotAllowedError, match="no such change"):
        by_letter(stella(market), "none", digest)


def _make_category_a(market, subject: str, party_id: str) -> None:
    with transaction() as session:
        row = session.exec(
            select(MembershipRow).where(
                MembershipRow.person_id == market.people[subject],
                MembershipRow.organisation_id == market.organisations[party_id],
            )
        ).one()
        row.kind = "signatory"
        session.add(row)
        session.add(
            AuthorisationRow(
                public_id="made-a",
                membership_id=row.id,
                category="A",
                since=date(2020, 1, 1),
                created_at=NOW,
                updated_at=NOW,
            )
        )
