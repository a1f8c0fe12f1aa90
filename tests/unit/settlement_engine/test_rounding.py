"""Exact numbers in and out."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement_engine import rounding


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [("0.1", 9, 100_000_000), ("1", 9, 10**9), ("0.000005", 5, 1), ("-0.000005", 5, -1)],
)
def test_a_number_counts_its_last_place(value, digits, expected):
    assert rounding.whole(Decimal(value), digits) == expected


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1), st.sampled_from([5, 7, 9]))
def test_a_decimal_is_the_nearest_float_and_comes_back_as_it_was(counts, digits):
    frame = pl.DataFrame({"counts": counts})
    decimals = frame.select(rounding.decimal_column(pl.col("counts"), digits))
    assert decimals["counts"].to_list() == [count / 10**digits for count in counts]
    back = decimals.select(rounding.whole_column(pl.col("counts"), digits))
    assert back["counts"].to_list() == counts


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (1, 2, 1),
        (-1, 2, -1),
        (1, 3, 0),
        (2, 3, 1),
        (-5, 2, -3),
        (10**36, 10**25, 10**11),
        (0, 7, 0),
    ],
)
def test_a_quotient_rounds_half_away_from_zero(numerator, denominator, expected):
    frame = pl.DataFrame(
        {"n": [numerator], "d": [denominator]}, schema={"n": pl.Int128, "d": pl.Int128}
    )
    assert frame.select(rounding.quotient(pl.col("n"), pl.col("d"))).item() == expected


def test_a_price_to_the_penny_is_rounded_once():
    frame = pl.DataFrame({"n": [1_499_999], "d": [1000]}).cast(pl.Int128)
    assert frame.select(rounding.pence(pl.col("n"), pl.col("d"))).item() == 1000
