from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, THE_CLOCK, NotAllowedError
from state.persistence.models.notices import OutboxMailRow
from state.persistence.transaction import reading
from state.services import joining
from state.services import mail as mail_service
from state.services.invitation_reminders import InvitationRound, remind_and_expire
from state.services.sent_invitations import invitations_of
from tests.invited import NELL, a_of_alpha, events, invite, newest_secret, notices_of
from tests.market import NOW, tiny_market


def on_day(days: float) -> InvitationRound:
    return remind_and_expire(actor=THE_CLOCK, now=NOW + timedelta(days=days))


def mail_keys() -> list[str]:
    with reading() as session:
        return list(session.exec(select(OutboxMailRow.key).order_by(OutboxMailRow.id)))


def test_an_invitation_is_brought_to_mind_thrice_and_then_runs_out(either_database) -> None:
    market = tiny_market()
    invite(market)
    done = [on_day(day) for day in (1, 2.9, 3, 3.1, 7, 12, 13, 14, 15)]
    assert [one.reminded for one in done] == [0, 0, 1, 0, 1, 1, 0, 0, 0]
    assert [one.expired for one in done] == [0, 0, 0, 0, 0, 0, 0, 1, 0]
    assert mail_keys() == ["invite.sent", "invite.reminder", "invite.reminder", "invite.expiring"]
    assert events()[-1] == "invitation.expired"


def test_the_link_of_a_reminder_works_and_only_the_newest_mail_is_sent(database) -> None:
    invite(tiny_market())
    on_day(3)
    now = NOW + timedelta(days=3)
    joining.accept_invitation(actor=ANYONE, identity=NELL, secret=newest_secret(), now=now)
    assert on_day(7) == InvitationRound(0, 0)
    sent = mail_service.mail_to_send(actor=THE_CLOCK, now=now)
    assert sent.link.endswith(newest_secret())


def test_two_clocks_bring_it_to_mind_once(either_database) -> None:
    invite(tiny_market())
    with ThreadPoolExecutor(8) as pool:
        assert sum(one.reminded for one in pool.map(on_day, [3] * 8)) == 1


def test_a_mail_that_bounces_ends_it_and_who_invited_is_told(database) -> None:
    market = tiny_market()
    invite(market)
    sent = mail_service.mail_to_send(actor=THE_CLOCK, now=NOW)
    mail_service.mail_failed(
        actor=THE_CLOCK, mail_id=sent.mail_id, reason="no", for_good=True, now=NOW
    )
    (held,) = invitations_of(
        actor=a_of_alpha(market), organisation_id=market.organisations["ALPHA"], now=NOW
    )
    assert (held.status, held.can_be_sent_again) == ("bounced", True)
    assert notices_of(market.people["ann"]) == ["invite.bounced"]


def test_only_the_clock_does_this(database) -> None:
    with pytest.raises(NotAllowedError):
        remind_and_expire(actor=ANYONE, now=NOW)
