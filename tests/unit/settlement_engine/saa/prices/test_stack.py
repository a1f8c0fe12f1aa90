"""The cheapest and the dearest volume of a side, ties by volume, over several periods at once."""

from datetime import date

import polars as pl
import pytest

from settlement_engine.saa.prices import stack

FIRST, LAST = date(1990, 1, 1), date(2199, 12, 31)


def ranked(rows):
    """Rows of date, period, side, price and volume, in order, with their places."""
    names = ["settlement_date", "settlement_period", "side", "price", "volume"]
    frame = pl.DataFrame(rows, schema=names, orient="row")
    rank = pl.int_range(1, pl.len() + 1).over(*names[:3])
    return frame.lazy().with_columns(stack_place=stack.place(stack.side_key(), rank))


def parts(frame, formula, take):
    return (
        formula(frame, pl.col("volume"), pl.lit(take), price="price", into="part")
        .collect()["part"]
        .to_list()
    )


ROWS = [
    (FIRST, 1, "buy", 10, 4), (FIRST, 1, "buy", 20, 3), (FIRST, 1, "buy", 20, 1),
    (FIRST, 1, "buy", None, 5), (FIRST, 1, "sell", 20, 2), (FIRST, 2, "buy", 20, 9),
]  # fmt: skip


@pytest.mark.parametrize(
    ("take", "expected"),
    [
        (0, [0, 0, 0, 0, 0, 0]),
        (4, [4, 0, 0, 0, 2, 4]),
        (5, [4, 1, 0, 0, 2, 5]),
        (6, [4, 2, 0, 0, 2, 6]),
        (10, [4, 3, 1, 2, 2, 9]),
        (99, [4, 3, 1, 5, 2, 9]),
    ],
)
def test_the_cheapest_volume_is_taken_level_by_level(take, expected):
    assert parts(ranked(ROWS), stack.with_cheapest, take) == expected


def test_the_dearest_volume_is_what_the_cheapest_leaves():
    assert parts(ranked(ROWS), stack.with_dearest, 6) == [0, 1, 0, 5, 2, 6]


def test_places_rise_from_the_first_date_to_the_last():
    rows = [(FIRST, 50, "sell", 1, 1), (LAST, 1, "buy", 1, 1), (LAST, 1, "sell", 1, 1)]
    places = ranked(rows).collect()["stack_place"]
    assert places.is_sorted()
    assert places.n_unique() == 3


def test_one_number_orders_date_period_side_and_cost_with_unpriced_last():
    dearest, cheapest = 10**11, -(10**11)
    rows = [
        (LAST, 50, "buy", cheapest, 1), (LAST, 50, "buy", dearest, 1), (LAST, 50, "buy", None, 1),
        (LAST, 50, "sell", dearest, 1), (LAST, 50, "sell", cheapest, 1),
        (LAST, 50, "sell", None, 1),
    ]  # fmt: skip
    orders = ranked(rows).select(stack.order(stack.side_key(), "price")).collect().to_series()
    assert orders.is_sorted()
    assert orders.n_unique() == 6


def test_what_is_said_of_a_period_reaches_its_actions_and_no_other():
    said = pl.LazyFrame(
        {"settlement_date": [FIRST], "settlement_period": [2], "word": ["here"]},
        schema_overrides={"settlement_period": pl.Int64},
    )
    found = stack.with_period(ranked([*ROWS, (LAST, 1, "buy", 1, 1)]), said, "word").collect()
    assert found["word"].to_list() == [None] * 5 + ["here", None]
