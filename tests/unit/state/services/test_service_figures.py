from dataclasses import replace
from datetime import timedelta

from state.domain.actor import ANYONE
from state.domain.permissions import StaffRole
from state.persistence.models.person import UserSessionRow
from state.persistence.transaction import transaction
from state.services import market_entry
from state.services.service_figures import service_figures
from tests.market import NOW, tiny_market
from tests.unit.state.services.test_market_entry import INTEREST


def seen(person_id: int, at) -> None:
    with transaction() as session:
        session.add(
            UserSessionRow(
                id=f"{person_id}-{at}",
                person_id=person_id,
                method="oidc",
                began_at=at,
                authenticated_at=at,
                seen_at=at,
            )
        )


def test_people_are_counted_once_there_are_enough_of_them(database) -> None:
    market = tiny_market()
    for subject in ("ann", "amy", "nick", "al"):
        seen(market.people[subject], NOW - timedelta(days=29))
    seen(market.people["ann"], NOW)  # of two companies, and seen twice
    seen(market.people["ben"], NOW - timedelta(days=31))
    seen(market.people["peter"], NOW)  # staff
    before = service_figures(actor=ANYONE, now=NOW)
    assert (before.parties, before.active_people) == (None, None)
    assert (before.least, before.active_days) == (5, 30)
    seen(market.people["ben"], NOW)
    assert service_figures(actor=ANYONE, now=NOW).active_people == 5


def test_how_long_an_answer_takes_is_told_once_there_are_enough(database) -> None:
    stella = tiny_market().staff("stella", StaffRole.MARKET_ENTRY)
    for number in range(5):
        told = replace(INTEREST, email=f"n{number}@x.example")
        receipt = market_entry.express_interest(actor=ANYONE, interest=told, now=NOW)
        assert service_figures(actor=ANYONE, now=NOW).median_working_days_to_answer is None
        market_entry.decide_interest(
            actor=stella,
            reference=receipt.reference,
            accept=True,
            reason="",
            now=NOW + timedelta(days=2),
        )
    figures = service_figures(actor=ANYONE, now=NOW + timedelta(days=2))
    assert figures.median_working_days_to_answer == 1  # a Saturday to a Monday
