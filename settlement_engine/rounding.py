"""Exact numbers: decimals in and out, whole numbers in between. The only file that rounds.

What is summed or compared with a threshold is an Int64 that counts a decimal place: volumes 1e-9
MWh, prices 1e-5 GBP/MWh, multipliers 1e-7 or 1e-12, money 1e-8 GBP. So a sum has one value,
whatever the order of its rows.
Products of such numbers are Int128: the bounds of `frames.py` keep them below 2**127.

Mode: half away from zero (`settlement.md` 1.4, tag [U]), everywhere.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import polars as pl

VOLUME_DIGITS: Final = 9
PRICE_DIGITS: Final = 5
MULTIPLIER_DIGITS: Final = 7  # as published; loss multipliers are worked out to FACTOR_DIGITS
FACTOR_DIGITS: Final = 12
LEVEL_DIGITS: Final = 6
MONEY_DIGITS: Final = 8
PERCENT_DIGITS: Final = 5
PENNY_DIGITS: Final = 2
PUBLISHED_MARKET_PRICE_DIGITS: Final = 2


def whole(value: Decimal, digits: int) -> int:
    """A number as a count of its last decimal place: 0.1 with 9 digits is 100,000,000."""
    return int(value.scaleb(digits).to_integral_value(ROUND_HALF_UP))


def whole_column(decimals: pl.Expr, digits: int) -> pl.Expr:
    """A column of decimals as counts of their last decimal place, rounded half away from zero."""
    scaled = decimals.cast(pl.Float64) * float(10**digits)
    return scaled.round(0, mode="half_away_from_zero").cast(pl.Int64, strict=False)


def decimal_column(counts: pl.Expr, digits: int) -> pl.Expr:
    """A column of counts as decimals, each the nearest float: 22,000,000 of 1e-5 is 220.0.

    Polars turns a division by one number into a product with its reciprocal, which gives
    220.00000000000003; rounding to the same places divides once, exactly.
    """
    near = counts.cast(pl.Float64) / float(10**digits)
    return near.round(digits, mode="half_away_from_zero")


def quotient(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """`numerator / denominator` (> 0) as a whole number, rounded half away from zero, exactly."""
    size = numerator.abs()
    below = size // denominator
    rounded = below + (2 * (size - below * denominator) >= denominator).cast(pl.Int128)
    return (numerator.sign() * rounded).cast(pl.Int64)


def product(*counts: tuple[pl.Expr, int], digits: int) -> pl.Expr:
    """The product of counted numbers, each with its digits, as a count of `digits`; rounded once.

    Exact before it is rounded: the factors are multiplied as Int128.
    """
    value = counts[0][0].cast(pl.Int128)
    for factor, _ in counts[1:]:
        value = value * factor.cast(pl.Int128)
    surplus: int = 10 ** (sum(places for _, places in counts) - digits)
    return quotient(value, pl.lit(surplus, pl.Int128))


def exact_sum(decimals: pl.Expr, digits: int) -> pl.Expr:
    """The sum of a column of decimals as a decimal: counted, so that no order of rows matters."""
    return decimal_column(whole_column(decimals, digits).sum(), digits)


def whole_pence(amount: pl.Expr) -> pl.Expr:
    """An amount of money rounded to the penny, still counted in 1e-8."""
    penny: int = 10 ** (MONEY_DIGITS - PENNY_DIGITS)
    return quotient(amount.cast(pl.Int128), pl.lit(penny, pl.Int128)) * penny


def pence(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """`numerator / denominator` of a price that is published to the penny, still counted in 1e-5.

    One rounding: to the penny at once, not to 1e-5 first.
    """
    penny: int = 10 ** (PRICE_DIGITS - PUBLISHED_MARKET_PRICE_DIGITS)
    return quotient(numerator, denominator * penny) * penny
