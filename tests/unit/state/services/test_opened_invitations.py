from datetime import timedelta

import pytest
from sqlmodel import func, select

from state.domain.actor import ANYONE, NotAllowedError
from state.domain.invitations import InvitationStatus
from state.persistence.models.notices import OutboxMailRow
from state.persistence.transaction import reading
from state.services import opened_invitations as service
from state.services.sent_invitations import invitations_of
from state.services.sessions import WAYS_IN
from tests.invited import SIGNATORY, a_of_alpha, invite, newest_secret
from tests.market import NOW, tiny_market

LATER = NOW + timedelta(days=1)


@pytest.fixture
def market(database):
    return tiny_market()


def mails() -> int:
    with reading() as session:
        return session.exec(select(func.count()).select_from(OutboxMailRow)).one()


def status(market, now=LATER):
    return (
        invitations_of(
            actor=a_of_alpha(market), organisation_id=market.organisations["ALPHA"], now=now
        )[0]
    ).status


def test_opening_the_link_uses_nothing_up(market) -> None:
    held = invite(market)
    for _ in range(3):
        assert (
            service.open_invitation(actor=ANYONE, secret=newest_secret(), now=LATER)
            == held.public_id
        )
    assert status(market) is InvitationStatus.OPENED
    assert service.open_invitation(actor=ANYONE, secret="x" * 43, now=LATER) is None


def test_the_page_says_who_invites_to_what_and_no_secret(market) -> None:
    held = invite(market, SIGNATORY)
    words = service.invitation_words(actor=ANYONE, public_id=held.public_id, now=LATER)
    assert (words.company, words.invited_by, words.offered) == (
        "ALPHA ENERGY LTD",
        "Ann",
        "Signatory: BM Units (F)",
    )
    assert words.to == "n•••@people.example"
    assert newest_secret() not in repr(words)
    assert service.invitation_words(actor=ANYONE, public_id="nothing", now=LATER) is None


def test_an_invitation_that_ran_out_is_sent_anew_to_the_same_address(market) -> None:
    held = invite(market)
    late = NOW + timedelta(days=20)
    words = service.invitation_words(actor=ANYONE, public_id=held.public_id, now=late)
    assert words.status is InvitationStatus.EXPIRED
    service.ask_again_here(actor=ANYONE, public_id=held.public_id, now=late)
    assert mails() == 2
    assert status(market, late) is InvitationStatus.SENT


def test_asking_by_address_says_nothing_and_sends_only_what_is_due(market) -> None:
    invite(market)
    for email, now, sent in (
        ("nobody@people.example", LATER, 1),
        (" NEW@people.example ", NOW + timedelta(minutes=1), 1),
        (" NEW@people.example ", LATER, 2),
        ("new@people.example", LATER, 2),
    ):
        assert service.ask_again(actor=ANYONE, email=email, now=now) is None
        assert mails() == sent
    assert service.ask_again_here(actor=ANYONE, public_id="nothing", now=LATER) is None
    assert mails() == 2


def test_the_development_sign_in_knows_the_invited_by_their_address(market, monkeypatch) -> None:
    invite(market)
    secret = newest_secret()
    monkeypatch.setattr(WAYS_IN, "development", False)
    with pytest.raises(NotAllowedError):
        service.development_identity(actor=ANYONE, secret=secret)
    monkeypatch.setattr(WAYS_IN, "development", True)
    identity = service.development_identity(actor=ANYONE, secret=secret)
    assert identity.subject.startswith("invited-")
    assert identity.email == "new@people.example"
    with pytest.raises(NotAllowedError):
        service.development_identity(actor=ANYONE, secret="")
