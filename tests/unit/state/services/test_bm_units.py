from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from state.domain.actor import ANYONE
from state.services.bm_units import NoSuchUnitError, unit_day, unit_named, units_found
from tests.public_data import DAY, UNIT, everything


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with everything(tmp_path_factory.mktemp("units")) as folder:
        yield folder


@pytest.mark.parametrize("text", ["", "t_test", "TEST-1", "x1"])
def test_a_unit_is_found_by_any_id_or_name(text: str, filled: Path) -> None:
    found, count = units_found(actor=ANYONE, text=text)
    assert (count, [one["elexonBmUnit"] for one in found]) == (1, [UNIT])


def test_what_is_not_there_is_not_found(filled: Path) -> None:
    assert units_found(actor=ANYONE, text="(.*)") == ((), 0)
    with pytest.raises(NoSuchUnitError, match="no BM Unit T_OTHER"):
        unit_day(actor=ANYONE, unit="T_OTHER", day=DAY)


def test_a_day_of_a_unit(filled: Path) -> None:
    found = unit_day(actor=ANYONE, unit="test-1", day=DAY)
    assert found.unit["elexonBmUnit"] == UNIT
    assert found.offer_cash_gbp == 5
    assert [one["acceptanceNumber"] for one in found.acceptances] == [5]
    assert found.outages == ()  # the message is of another asset


def test_cash_of_a_day_that_is_not_settled_is_not_known(filled: Path) -> None:
    found = unit_day(actor=ANYONE, unit=UNIT, day=date(2026, 11, 12))
    assert found.offer_cash_gbp is None
    assert found.acceptances == ()


@pytest.mark.parametrize("text", ["test-1", " T_test-1 ", "x1"])
def test_any_id_or_the_whole_name_is_the_unit(text: str, filled: Path) -> None:
    assert unit_named(actor=ANYONE, text=text) == UNIT


def test_a_part_of_a_name_is_no_unit(filled: Path) -> None:
    assert unit_named(actor=ANYONE, text="TEST") is None
