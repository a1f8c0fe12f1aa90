"""Noise that is the same everywhere: a number between 0 and 1 for each seed, stream and key.

Nothing here keeps a state, so a row's value depends on neither the rows before it, nor the machine,
nor the number of threads. Only integer arithmetic and the four operations of IEEE 754 are used:
sines and logarithms differ in their last digit from one machine to the next.
"""

from typing import Final
from zlib import crc32

import polars as pl

_WORD: Final = 2**64
_STEP: Final = 0x9E3779B97F4A7C15
_MIXERS: Final = ((2**30, 0xBF58476D1CE4E5B9), (2**27, 0x94D049BB133111EB))
_FINAL_SHIFT: Final = 2**31
_MANTISSA_SHIFT: Final = 2**11
_MANTISSA: Final = 2**53


def draw(seed: int, stream: str, *keys: int) -> float:
    """One number from 0 (included) to 1 (excluded)."""
    word = _start(seed, stream)
    for key in keys:
        word = _mixed(word + key * _STEP)
    return (word // _MANTISSA_SHIFT) / _MANTISSA


def noise(seed: int, stream: str, *keys: pl.Expr) -> pl.Expr:
    """The numbers `draw` gives, for columns of keys that are whole and not negative."""
    word = _word(_start(seed, stream))
    for key in keys:
        word = _mixed_expression(word + key.cast(pl.UInt64) * _word(_STEP))
    return (word // _word(_MANTISSA_SHIFT)).cast(pl.Float64) / _MANTISSA


def smooth_noise(
    seed: int, stream: str, minute: pl.Expr, knot_minutes: int, *keys: pl.Expr
) -> pl.Expr:
    """Noise that moves gently in time: drawn at knots so many minutes apart, eased between."""
    knot = minute // knot_minutes
    way = (minute % knot_minutes).cast(pl.Float64) / knot_minutes
    eased = way * way * (3 - 2 * way)
    before = noise(seed, stream, *keys, knot)
    after = noise(seed, stream, *keys, knot + 1)
    return before * (1 - eased) + after * eased


def _start(seed: int, stream: str) -> int:
    return _mixed(seed * _STEP + crc32(stream.encode()))


def _mixed(word: int) -> int:
    word %= _WORD
    for shift, factor in _MIXERS:
        word = (word ^ (word // shift)) * factor % _WORD
    return word ^ (word // _FINAL_SHIFT)


def _mixed_expression(word: pl.Expr) -> pl.Expr:
    for shift, factor in _MIXERS:
        word = (word ^ (word // _word(shift))) * _word(factor)
    return word ^ (word // _word(_FINAL_SHIFT))


def _word(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.UInt64)
