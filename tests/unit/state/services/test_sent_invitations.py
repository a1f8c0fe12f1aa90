from datetime import timedelta

import pytest

from state.domain.actor import ANYONE, NotAllowedError, NotSignedInError
from state.domain.invitations import InvitationStatus
from state.domain.permissions import Capacity
from state.services import joining, opened_invitations
from state.services import sent_invitations as service
from state.services.sent_invitations import InvitationRefusedError
from tests.invited import NELL, a_of_alpha, events, invite, newest_secret
from tests.market import NOW, tiny_market

LATER = NOW + timedelta(days=1)


@pytest.fixture
def market(database):
    return tiny_market()


@pytest.fixture
def which(market):
    public_id = invite(market).public_id
    return {
        "actor": a_of_alpha(market),
        "organisation_id": market.organisations["ALPHA"],
        "public_id": public_id,
        "now": LATER,
    }


def opened(secret: str):
    return opened_invitations.open_invitation(actor=ANYONE, secret=secret, now=LATER)


def test_sent_again_the_old_link_is_dead(which) -> None:
    old = newest_secret()
    assert opened(old)
    held = service.resend(**which)
    assert held.status is InvitationStatus.SENT
    assert held.expires_at == LATER + timedelta(days=14)
    assert opened(old) is None
    assert opened(newest_secret()) == which["public_id"]


def test_it_is_not_sent_for_ever(which) -> None:
    for _ in range(11):
        service.resend(**which)
    with pytest.raises(InvitationRefusedError, match="too often"):
        service.resend(**which)


def test_withdrawn_it_opens_nothing_and_cannot_be_sent_again(which) -> None:
    secret = newest_secret()
    assert service.revoke(**which).status is InvitationStatus.REVOKED
    with pytest.raises(InvitationRefusedError, match="withdrawn"):
        joining.accept_invitation(actor=ANYONE, identity=NELL, secret=secret, now=LATER)
    with pytest.raises(InvitationRefusedError, match="cannot be sent again: it is revoked"):
        service.resend(**which)
    assert events()[-1] == "invitation.revoked"


def test_accepted_it_can_no_longer_be_withdrawn(which) -> None:
    joining.accept_invitation(actor=ANYONE, identity=NELL, secret=newest_secret(), now=LATER)
    with pytest.raises(InvitationRefusedError, match="end their access instead"):
        service.revoke(**which)


def test_who_may_not_invite_sees_who_is_invited_but_no_address(market, which) -> None:
    where = {"organisation_id": market.organisations["ALPHA"], "now": LATER}
    al = market.acting("al", "ALPHA", Capacity.ASSISTANT)
    (seen,) = service.invitations_of(actor=al, **where)
    assert (seen.name, seen.email, seen.can_be_revoked) == ("Nell New", "", False)
    (mine,) = service.invitations_of(actor=which["actor"], **where)
    assert (mine.email, mine.can_be_revoked) == ("new@people.example", True)
    (late,) = service.invitations_of(
        actor=al, organisation_id=where["organisation_id"], now=NOW + timedelta(days=15)
    )
    assert late.status is InvitationStatus.EXPIRED


@pytest.mark.parametrize("call", [service.resend, service.revoke, service.approve_invitation])
def test_another_companys_invitation_is_as_one_that_is_not_there(market, which, call) -> None:
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A, "A")
    for public_id in (which["public_id"], "nothing"):
        with pytest.raises(NotAllowedError, match="no such invitation"):
            call(actor=ben, organisation_id=ben.organisation_id, public_id=public_id, now=NOW)
    with pytest.raises(NotAllowedError):
        call(**which | {"actor": ben})
    with pytest.raises(NotSignedInError):
        call(**which | {"actor": ANYONE})
