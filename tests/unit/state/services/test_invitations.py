from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlmodel import select

from state.domain.actor import (
    ANYONE,
    THE_CLOCK,
    NotAllowedError,
    NotSignedInError,
    SignInAgainError,
)
from state.domain.invitations import InvitationStatus, OfferedCategory
from state.domain.permissions import Capacity, StaffRole
from state.persistence.models.invitations import InvitationRow
from state.persistence.models.person import MembershipRow
from state.persistence.transaction import reading, transaction
from state.services import invitations as service
from state.services import mail
from state.services.sent_invitations import InvitationRefusedError, approve_invitation
from tests.invited import (
    OF_MONEY,
    SIGNATORY,
    VIEWER,
    a_of_alpha,
    events,
    invite,
    newest_secret,
    notices_of,
)
from tests.market import NOW, tiny_market


@pytest.fixture
def market(database):
    return tiny_market()


def rows() -> list[InvitationRow]:
    with reading() as session:
        return list(session.exec(select(InvitationRow)))


def test_a_colleague_is_invited_by_mail_and_no_secret_is_kept(market) -> None:
    held = invite(market)
    assert (held.status, held.offered, held.invited_by) == (InvitationStatus.SENT, "Viewer", "Ann")
    (row,) = rows()
    sent = mail.mail_to_send(actor=THE_CLOCK, now=NOW)
    assert sent.address == "new@people.example"
    assert sent.subject == "You are invited to act for ALPHA ENERGY LTD"
    assert newest_secret() not in repr(row)
    assert len(newest_secret()) == 43
    assert (row.expires_at - NOW).days == 14
    assert events() == ["invitation.made"]


def test_all_reasons_at_once_and_nothing_is_stored(market) -> None:
    wrong = replace(SIGNATORY, email="amy@people.example", categories=(OfferedCategory("I"),))
    with pytest.raises(InvitationRefusedError) as refused:
        invite(market, replace(wrong, name=""))
    assert [one.field for one in refused.value.reasons] == ["name", "categories", "email"]
    assert rows() == []


def test_nobody_is_invited_twice_not_even_at_the_same_moment(either_database) -> None:
    market = tiny_market()

    def once(_):
        try:
            return invite(market, replace(VIEWER, email="NEW@people.example"))
        except InvitationRefusedError as refused:
            return refused

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(once, range(8)))
    assert len(rows()) == 1
    refused = next(one for one in done if isinstance(one, InvitationRefusedError))
    assert "is invited already" in str(refused)


def test_money_and_category_a_wait_for_a_second_category_a(market) -> None:
    held = invite(market, OF_MONEY)
    assert held.status is InvitationStatus.DRAFT
    assert mail.mail_to_send(actor=THE_CLOCK, now=NOW).address == "amy@people.example"
    assert notices_of(market.people["amy"]) == ["invite.awaiting_approval"]
    ann, amy = a_of_alpha(market), a_of_alpha(market, "amy")
    where = {"organisation_id": ann.organisation_id, "public_id": held.public_id, "now": NOW}
    with pytest.raises(InvitationRefusedError, match="Another Category A"):
        approve_invitation(actor=ann, **where)
    assert approve_invitation(actor=amy, **where).status is InvitationStatus.SENT
    assert newest_secret()
    with pytest.raises(InvitationRefusedError, match="does not await"):
        approve_invitation(actor=amy, **where)


def test_the_only_category_a_invites_alone_and_the_trail_says_so(market) -> None:
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A, "A")
    held = service.invite(actor=ben, organisation_id=ben.organisation_id, offer=OF_MONEY, now=NOW)
    assert held.status is InvitationStatus.SENT


@pytest.mark.parametrize(
    ("capacity", "letters"),
    [(Capacity.ASSISTANT, ()), (Capacity.VIEWER, ()), (Capacity.SIGNATORY, ("N", "F"))],
)
def test_only_a_category_a_invites(market, capacity, letters) -> None:
    with pytest.raises(NotAllowedError):
        invite(market, actor=market.acting("nick", "ALPHA", capacity, *letters))


def test_a_stranger_a_stale_sign_in_and_another_company_are_kept_out(market) -> None:
    with pytest.raises(NotSignedInError):
        invite(market, actor=ANYONE)
    with pytest.raises(SignInAgainError):
        invite(market, actor=a_of_alpha(market, fresh=False))
    with pytest.raises(NotAllowedError):
        invite(market, actor=market.acting("ben", "BETA", Capacity.CATEGORY_A, "A"))


def test_staff_invite_the_first_people_of_a_company_and_no_others(market) -> None:
    stella = market.staff("stella", StaffRole.MARKET_ENTRY)
    with pytest.raises(InvitationRefusedError, match="who invites its people"):
        invite(market, actor=stella)
    with transaction() as session:
        for row in session.exec(select(MembershipRow)):
            row.until = NOW.date().replace(year=2025)
    assert invite(market, actor=stella).status is InvitationStatus.SENT
    with pytest.raises(NotAllowedError):
        service.invite(actor=stella, organisation_id=999, offer=VIEWER, now=NOW)


def test_many_are_invited_at_once_and_who_cannot_be_is_named(market) -> None:
    ann = a_of_alpha(market)
    invite(market)
    lines = service.invite_many(
        actor=ann,
        organisation_id=ann.organisation_id,
        addresses=[
            " one@x.example",
            "ONE@x.example",
            "new@people.example",
            "no",
            "amy@people.example",
        ],
        offer=replace(VIEWER, email="", name=""),
        now=NOW,
    )
    assert [(line.email, bool(line.reason)) for line in lines] == [
        ("one@x.example", False),
        ("new@people.example", True),
        ("no", True),
        ("amy@people.example", True),
    ]
    assert rows()[1].batch


@pytest.mark.parametrize(
    ("addresses", "offer", "why"),
    [
        (["  "], VIEWER, "at least one"),
        ([f"{of}@x.example" for of in range(51)], VIEWER, "50 email addresses or fewer"),
        (["a@x.example"], SIGNATORY, "one by one"),
    ],
)
def test_a_batch_that_cannot_be(market, addresses, offer, why) -> None:
    ann = a_of_alpha(market)
    with pytest.raises(InvitationRefusedError, match=why):
        service.invite_many(
            actor=ann,
            organisation_id=ann.organisation_id,
            addresses=addresses,
            offer=offer,
            now=NOW,
        )
