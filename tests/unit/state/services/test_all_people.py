import pytest

from state.domain.actor import NotAllowedError
from state.domain.permissions import Capacity, StaffRole
from state.services import all_people
from tests.market import NOW, tiny_market


def found(market, search="", role=StaffRole.PARTICIPANT_MANAGEMENT):
    return all_people.find_people(actor=market.staff("peter", role), search=search, now=NOW)


def test_people_are_found_by_name_address_company_and_party(either_database) -> None:
    market = tiny_market()
    assert [one.name for one in found(market, "AMY").people] == ["Amy"]
    assert [one.name for one in found(market, "nick@people").people] == ["Nick"]
    assert {one.name for one in found(market, "beta energy").people} == {"Ann", "Ben"}
    assert {one.name for one in found(market, "BETA").people} == {"Ann", "Ben"}
    assert [one.name for one in found(market, "BETA").companies] == ["BETA ENERGY LTD"]
    assert found(market, "%").people == ()
    everyone = found(market)
    assert everyone.people_total == len(everyone.people) == len(market.people)
    ann = next(one for one in everyone.people if one.name == "Ann")
    assert ann.companies == ("ALPHA ENERGY LTD", "BETA ENERGY LTD")
    assert not ann.is_staff
    assert ann.last_seen_at is None


def test_a_company_shows_how_many_it_has_and_whether_anyone_signs(database) -> None:
    market = tiny_market()
    alpha = found(market, "ALPHA").companies[0]
    assert (alpha.people, alpha.has_category_a, alpha.party_ids) == (4, True, ("ALPHA",))


def test_only_those_who_look_after_people_find_them(database) -> None:
    market = tiny_market()
    found(market, role=StaffRole.AUDITOR)
    with pytest.raises(NotAllowedError):
        found(market, role=StaffRole.SETTLEMENT_OPERATIONS)
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A")
    with pytest.raises(NotAllowedError):
        all_people.find_people(actor=ann, search="", now=NOW)
