"""Numbers brought to the precision in which a market publishes them."""

import polars as pl


def whole(amount: pl.Expr) -> pl.Expr:
    """The nearest whole number, halves upwards."""
    nearest: pl.Expr = (amount + 0.5).floor()
    return nearest.cast(pl.Int64)


def to_places(amount: pl.Expr, places: int) -> pl.Expr:
    """The amount to so many decimal places, as the Float64 nearest to that decimal number."""
    return decimal(whole(amount * 10**places), places)


def decimal(counts: pl.Expr, places: int) -> pl.Expr:
    """Counts of the last decimal place as the Float64 nearest to the decimal number they mean.

    The divisor is a column: Polars divides by a single number by multiplying with its inverse,
    which misses the nearest number (22520 hundredths would be 225.20000000000002).
    """
    scale = counts * 0 + pl.lit(10**places, dtype=pl.Int64)
    return counts.truediv(scale)


def between(amount: pl.Expr, low: float, high: float) -> pl.Expr:
    """The amount, held between two bounds."""
    return amount.clip(low, high)


def share_of_way(amount: pl.Expr, start: float, end: float) -> pl.Expr:
    """How far the amount is from start to end: 0 before, 1 after, eased between."""
    way = between((amount - start) / (end - start), 0.0, 1.0)
    return way * way * (3 - 2 * way)
