from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import CONSOLE_OPERATOR, THE_CLOCK, NotAllowedError
from state.domain.permissions import Capacity
from state.persistence.models.notices import NoticeRow
from state.persistence.transaction import reading
from state.services.audit import audit_trail
from state.services.contact_reviews import confirm_contact, remind_of_contacts
from state.services.registered import contacts_of
from tests.market import NOW, tiny_market

DUE = NOW.replace(year=2028)


@pytest.fixture
def market(either_database):
    return tiny_market()


@pytest.fixture
def ann(market):
    return market.acting("ann", "ALPHA", Capacity.CATEGORY_A)


def own(actor) -> dict[str, object]:
    return {"actor": actor, "organisation_id": actor.organisation_id}


def test_a_contact_that_is_still_right_is_asked_about_again_in_two_years(ann) -> None:
    [before] = contacts_of(**own(ann), now=DUE - timedelta(days=61))
    assert not before.is_to_be_reviewed
    [before] = contacts_of(**own(ann), now=DUE - timedelta(days=60))
    assert before.is_to_be_reviewed
    assert confirm_contact(**own(ann), public_id="contact-alpha", now=DUE) == "Carol of ALPHA"
    [after] = contacts_of(**own(ann), now=DUE)
    assert not after.is_to_be_reviewed
    assert after.review_due_on == DUE.date().replace(year=2030)
    assert (
        audit_trail(actor=CONSOLE_OPERATOR, search="").entries[0].event
        == "account.contact.reviewed"
    )


def test_it_takes_the_right_to_approve_contacts_and_a_contact_of_ones_own(ann, market) -> None:
    al = market.acting("al", "ALPHA", Capacity.ASSISTANT)
    for actor, public_id in ((al, "contact-alpha"), (ann, "contact-beta"), (ann, "none")):
        with pytest.raises(NotAllowedError):
            confirm_contact(**own(actor), public_id=public_id, now=DUE)


def test_the_clock_brings_contacts_to_mind_60_30_and_7_days_before_and_when_due(market) -> None:
    told = []
    for days in (61, 60, 59, 30, 7, 1, 0, -20):
        remind_of_contacts(actor=THE_CLOCK, now=DUE - timedelta(days=days))
        with reading() as session:
            rows = session.exec(
                select(NoticeRow).where(NoticeRow.key == "contact.review_due")
            ).all()
        told.append(len(rows))
    assert told == [0, 3, 3, 6, 9, 9, 12, 12]
    assert {row.person_id for row in rows} == {
        market.people[name] for name in ("ann", "amy", "ben")
    }
