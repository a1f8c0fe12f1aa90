from state.domain.actor import ANYONE
from state.domain.permissions import Capacity
from state.services import sessions, sign_in
from tests.market import tiny_market


def test_the_people_of_the_demo_market_where_that_way_is_open(database, monkeypatch) -> None:
    tiny_market()
    monkeypatch.setattr(sessions.WAYS_IN, "development", True)
    ann, ben, stella, peter, *_ = sign_in.people_to_choose(actor=ANYONE)
    assert ann.companies == (("ALPHA ENERGY LTD", "Category A"), ("BETA ENERGY LTD", "Viewer"))
    assert (ben.subject, stella.staff_roles, peter.name) == ("ben", ("market_entry",), "Peter")


def test_whom_of_the_demo_market_one_is(database, monkeypatch) -> None:
    market = tiny_market()
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A)
    monkeypatch.setattr(sessions.WAYS_IN, "development", True)
    assert sign_in.own_subject(actor=ben) == "ben"
    monkeypatch.setattr(sessions.WAYS_IN, "development", False)
    assert sign_in.own_subject(actor=ben) == ""


def test_nobody_where_it_is_shut(database, monkeypatch) -> None:
    tiny_market()
    monkeypatch.setattr(sessions.WAYS_IN, "development", False)
    assert sign_in.people_to_choose(actor=ANYONE) == ()
