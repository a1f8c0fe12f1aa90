import polars as pl

from settlement_engine.holds.finding import ROWS_NAMED, faults, numbered
from tests.small_market import small_market
from tests.unit.settlement_engine.holds.held import DAY, held, market


def test_a_good_market_is_not_held():
    assert held(market()) == []
    assert held(small_market(DAY), whole_days=True) == []


def test_rows_are_counted_from_one_and_named_in_order():
    frame = pl.DataFrame({"unit": ["a", "b", "c"], "wrong": [False, True, True]})
    found = faults(
        numbered(frame).filter("wrong"),
        source="metered_volumes",
        column="bm_unit",
        what=pl.format("{} is wrong.", "unit"),
        cure="Mend it.",
    )
    assert [str(fault) for fault in found] == [
        "metered_volumes, row 2, column bm_unit: b is wrong. Mend it.",
        "metered_volumes, row 3, column bm_unit: c is wrong. Mend it.",
    ]


def test_after_a_hundred_rows_of_one_kind_the_others_are_counted():
    frame = pl.DataFrame({"n": range(ROWS_NAMED + 25)})
    found = list(
        faults(numbered(frame), source="s", column=None, what=pl.format("{}.", "n"), cure="Mend.")
    )
    assert len(found) == ROWS_NAMED + 1
    assert str(found[-1]) == "s: The same in 25 more rows. Mend."
