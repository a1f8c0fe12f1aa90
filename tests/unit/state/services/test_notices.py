from datetime import timedelta

import pytest

from state.domain.actor import ANYONE, THE_CLOCK, NotAllowedError, NotSignedInError
from state.domain.permissions import Capacity
from state.persistence.notices import notify
from state.persistence.transaction import transaction
from state.services import audit, mail
from state.services import notices as service
from tests.market import NOW, tiny_market


@pytest.fixture
def market(database):
    return tiny_market()


@pytest.fixture
def ann(market):
    return market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A")


def tell(market, subject, *, times=1, key="change.applied", organisation="ALPHA") -> None:
    with transaction() as session:
        for of in range(times):
            notify(
                session,
                key=key,
                people=[market.people[subject]],
                organisation_id=market.organisations[organisation],
                link="/account",
                now=NOW + timedelta(minutes=of),
                company=f"{organisation} ENERGY LTD",
                what=f"number {of}",
                who="Amy",
            )


def page(actor, *, unread_only=False, number=1):
    return service.notices_of(actor=actor, unread_only=unread_only, page=number)


def test_a_person_reads_their_own_the_newest_first(market, ann) -> None:
    tell(market, "ann", times=30)
    tell(market, "amy")
    found = page(ann)
    assert (found.total, found.unread, len(found.notices)) == (30, 30, 25)
    newest = found.notices[0]
    assert newest.title == "A change of ALPHA ENERGY LTD is done"
    assert newest.sentence == "This is done for ALPHA ENERGY LTD: number 29."
    assert (newest.organisation_name, newest.link) == ("ALPHA ENERGY LTD", "/account")
    assert len(page(ann, number=2).notices) == 5
    assert service.unread_count(actor=ann) == 30


def test_one_is_read_then_all(market, ann) -> None:
    tell(market, "ann", times=3)
    first = page(ann).notices[0]
    service.mark_read(actor=ann, public_id=first.public_id, now=NOW)
    assert page(ann).notices[0].is_read
    assert page(ann, unread_only=True).total == 2
    service.mark_all_read(actor=ann, now=NOW)
    assert service.unread_count(actor=ann) == 0


def test_another_persons_notice_is_left_alone(market, ann) -> None:
    tell(market, "ann")
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A, "A")
    service.mark_read(actor=ben, public_id=page(ann).notices[0].public_id, now=NOW)
    service.mark_all_read(actor=ben, now=NOW)
    assert service.unread_count(actor=ann) == 1
    assert page(ben).notices == ()


def test_mail_is_chosen_by_topic_and_what_protects_is_always_on(market, ann) -> None:
    choices = {choice.topic: choice for choice in service.mail_choices(actor=ann)}
    assert all(choice.by_mail for choice in choices.values())
    assert choices["bank"].always_because
    service.choose_mail(actor=ann, topics={"access", "no such"}, now=NOW)
    chosen = {choice.topic: choice.by_mail for choice in service.mail_choices(actor=ann)}
    assert chosen == {
        "security": True,
        "signatories": True,
        "bank": True,
        "access": True,
        "details": False,
        "changes": False,
        "information": False,
        "alerts": False,
        "programs": False,
    }
    tell(market, "ann")
    assert mail.mail_to_send(actor=THE_CLOCK, now=NOW) is None
    tell(market, "ann", key="bank.change_requested")
    assert mail.mail_to_send(actor=THE_CLOCK, now=NOW) is not None
    adam = market.staff("peter", "administrator")
    trail = audit.audit_trail(actor=adam, search="notices.mail", page=1)
    assert trail.entries[0].details == '{"topics": ["access"]}'


@pytest.mark.parametrize(
    "call",
    [
        lambda who: service.unread_count(actor=who),
        page,
        lambda who: service.mark_read(actor=who, public_id="x", now=NOW),
        lambda who: service.mark_all_read(actor=who, now=NOW),
        lambda who: service.mail_choices(actor=who),
        lambda who: service.choose_mail(actor=who, topics=(), now=NOW),
    ],
)
def test_a_stranger_has_no_notices_and_neither_has_the_clock(database, call) -> None:
    with pytest.raises(NotSignedInError):
        call(ANYONE)
    with pytest.raises(NotAllowedError):
        call(THE_CLOCK)
