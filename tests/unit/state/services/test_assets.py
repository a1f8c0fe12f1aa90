import pytest

from state.domain.actor import NotAllowedError
from state.domain.permissions import Capacity
from state.services import assets
from tests.market import tiny_market


def test_units_come_in_pages_of_the_company_alone(database) -> None:
    market = tiny_market()
    ann = market.acting("ann", "ALPHA", Capacity.VIEWER)
    first = assets.assets_of_company(actor=ann, organisation_id=ann.organisation_id)
    second = assets.assets_of_company(actor=ann, organisation_id=ann.organisation_id, page=2)
    assert (first.total, len(first.assets), len(second.assets)) == (60, 50, 10)
    assert all("ALPHA" in asset.name for asset in (*first.assets, *second.assets))


@pytest.mark.parametrize(
    ("search", "total"), [("wind", 30), ("T_ALPH-7", 1), ("_A", 60), ("%", 0), ("nothing", 0)]
)
def test_a_search_looks_in_id_name_fuel_and_group(database, search: str, total: int) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.VIEWER)
    found = assets.assets_of_company(
        actor=ann, organisation_id=ann.organisation_id, search=search, page=-3
    )
    assert found.total == total


def test_another_companys_units_are_closed(database) -> None:
    market = tiny_market()
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A)
    with pytest.raises(NotAllowedError):
        assets.assets_of_company(actor=ben, organisation_id=market.organisations["ALPHA"])
