from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import THE_CLOCK, NotAllowedError
from state.domain.permissions import Capacity
from state.persistence.models.notices import NoticeRow
from state.persistence.transaction import reading
from state.services import access, people_with_access
from state.services.access_reviews import remind_of_access
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    return tiny_market()


def told() -> list[NoticeRow]:
    with reading() as session:
        return list(session.exec(select(NoticeRow).where(NoticeRow.key == "access.review_due")))


def test_access_is_brought_to_mind_a_month_before_it_is_to_be_confirmed_and_when_due(
    market,
) -> None:
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A")
    people = people_with_access.people_of(actor=ann, organisation_id=ann.organisation_id, now=NOW)
    access.confirm_people(
        actor=ann,
        organisation_id=ann.organisation_id,
        public_ids=[one.public_id for one in people],
        now=NOW,
    )
    due = NOW + timedelta(days=365)
    of_alpha = []
    for days in (31, 30, 29, 1, 0, -1):
        remind_of_access(actor=THE_CLOCK, now=due - timedelta(days=days))
        of_alpha.append(sum(row.organisation_id == market.organisations["ALPHA"] for row in told()))
    assert of_alpha == [0, 2, 2, 2, 4, 4]
    assert '"4 people, by 21 Nov 2027"' in told()[-1].words
    assert {row.person_id for row in told()} == {
        market.people[name] for name in ("ann", "amy", "ben")
    }


def test_what_is_overdue_on_the_page_is_what_was_brought_to_mind(market) -> None:
    """The people of BETA were never confirmed, and have had access since 2020."""
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A, "A")
    people = people_with_access.people_of(actor=ben, organisation_id=ben.organisation_id, now=NOW)
    remind_of_access(actor=THE_CLOCK, now=NOW)
    [notice] = [row for row in told() if row.person_id == market.people["ben"]]
    assert f'"{sum(one.is_overdue for one in people)} people' in notice.words


def test_only_the_clock_reminds(market) -> None:
    with pytest.raises(NotAllowedError):
        remind_of_access(actor=market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A"), now=NOW)
