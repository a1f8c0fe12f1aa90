from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, NotSignedInError
from state.domain.permissions import StaffRole
from state.domain.user_group import MemberStatus, Newcomer
from state.persistence.models.notices import OutboxMailRow
from state.persistence.transaction import reading
from state.services import user_group
from state.services.user_group import UserGroupRefusedError
from tests.market import NOW, tiny_market

KAY = Newcomer("Kay Boardman", "Kay@X.example", "Keyboard Power", ("data", "programs"))


def mails() -> list[OutboxMailRow]:
    with reading() as session:
        return list(session.exec(select(OutboxMailRow).order_by(OutboxMailRow.id)).all())


def secret() -> str:
    return mails()[-1].link.removeprefix("/customer/user-group?link=")


def ask(now=NOW, newcomer=KAY) -> None:
    user_group.ask_to_join(actor=ANYONE, newcomer=newcomer, now=now)


def test_who_asks_belongs_to_the_group_once_they_confirm_and_can_leave(database) -> None:
    peter = tiny_market().staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)
    ask()
    link = {"actor": ANYONE, "secret": secret(), "now": NOW}
    assert user_group.members(actor=peter) == ()
    assert user_group.membership_of_link(**link).status is MemberStatus.ASKED
    assert user_group.confirm_membership(**link)
    assert user_group.confirm_membership(**link)  # pressed twice
    (member,) = user_group.members(actor=peter)
    assert (member.name, member.email, member.interests) == (
        "Kay Boardman",
        "kay@x.example",
        ("data", "programs"),
    )
    years_later = link | {"now": NOW + timedelta(days=900)}
    assert user_group.membership_of_link(**years_later).address == "k•••@x.example"
    assert user_group.leave_group(**years_later)
    assert user_group.members(actor=peter) == ()
    assert user_group.membership_of_link(**link) is None
    assert not user_group.leave_group(**link)


def test_a_link_that_ran_out_or_is_nobodys_joins_nobody(database) -> None:
    ask()
    late = {"actor": ANYONE, "now": NOW + timedelta(days=7)}
    assert not user_group.confirm_membership(secret=secret(), **late)
    assert user_group.membership_of_link(secret=secret(), **late) is None
    assert user_group.membership_of_link(actor=ANYONE, secret="", now=NOW) is None


def test_asking_again_at_once_sends_no_second_mail_and_later_a_new_link(database) -> None:
    ask()
    ask(newcomer=replace(KAY, email="KAY@x.example"))
    first = secret()
    assert len(mails()) == 1
    later = NOW + timedelta(hours=1)
    ask(later, replace(KAY, name="Kay B."))
    assert len(mails()) == 2
    assert not user_group.confirm_membership(actor=ANYONE, secret=first, now=later)
    assert user_group.confirm_membership(actor=ANYONE, secret=secret(), now=later)


def test_bad_answers_are_refused_and_strangers_see_no_members(database) -> None:
    with pytest.raises(UserGroupRefusedError, match="email: Enter an email address"):
        ask(newcomer=replace(KAY, email=""))
    assert mails() == []
    with pytest.raises(NotSignedInError):
        user_group.members(actor=ANYONE)
