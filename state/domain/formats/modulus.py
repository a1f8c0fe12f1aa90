"""Whether a sort code and an account number belong together: the modulus check of Pay.UK.

The method is public; the official table of weights (`valacdos.txt`) may not be shipped: the
operator gives it. What comes with Kinnect is a made-up table for tests and the demo market.
Exception 5 needs a second official file, of substituted sort codes, and is not worked out.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final

NOT_WORKED_OUT: Final = frozenset({5})
"""The exceptions for which the answer is always that it could not be checked."""

NO_MATCH: Final = "Check the sort code and account number – they do not match each other"
"""What a person is told when the check fails."""

_ROW = re.compile(
    r"([0-9]{6})\s+([0-9]{6})\s+(MOD10|MOD11|DBLAL)((?:\s+[0-9]{1,3}){14})(\s+[0-9]{1,2})?"
)
_SORT_CODE, _LENGTH = 6, 14
_A, _B, _C, _G, _H = 6, 7, 8, 12, 13  # places of the account's digits, as the method names them
_EITHER_WILL_DO = ({2, 9}, {10, 11}, {12, 13})
_FOREIGN_FIRST_DIGITS = range(4, 9)
_SUBSTITUTED = {8: "090126", 9: "309634"}
_EXCEPTION_2 = {
    False: (0, 0, 1, 2, 5, 3, 6, 4, 8, 7, 10, 9, 3, 1),
    True: (0, 0, 0, 0, 0, 0, 0, 0, 8, 7, 10, 9, 3, 1),
}


class Modulus(StrEnum):
    """What the check came to."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Weights:
    """One row of the table: how the accounts of a range of sort codes are checked."""

    first: str
    last: str
    method: str
    weights: tuple[int, ...]
    exception: int = 0


Table = tuple[Weights, ...]


def check(sort_code: str, account_number: str, table: Table) -> Modulus:
    """Check an account of six and eight digits. A range that the table has not is not checked."""
    rows = [row for row in table if row.first <= sort_code <= row.last]
    digits = [int(digit) for digit in sort_code + account_number]
    if len(digits) != _LENGTH or not rows:
        return Modulus.NOT_CHECKED
    exceptions = {row.exception for row in rows}
    if exceptions & NOT_WORKED_OUT or (6 in exceptions and _is_foreign(digits)):  # noqa: PLR2004
        return Modulus.NOT_CHECKED
    wanted = [row for row in rows if not _is_needless(row, digits)]
    passed = [_passes(row, digits) for row in wanted]
    good = any(passed) if exceptions in _EITHER_WILL_DO else all(passed)
    return Modulus.PASSED if good else Modulus.FAILED


def read_table(text: str) -> Table:
    """The table of a file in the official layout: first, last, method, 14 weights, exception.

    Raises:
        ValueError: A line is not of that layout; it is named.
    """
    table = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        row = _ROW.fullmatch(line.strip())
        if row is None:
            raise ValueError(f"Line {number} of the table of weights is not as it must be.")
        first, last, method, weights, exception = row.groups()
        read = tuple(int(weight) for weight in weights.split())
        table.append(Weights(first, last, method, read, int(exception or 0)))
    return tuple(table)


@cache
def made_up_table() -> Table:
    """The table that comes with Kinnect: no bank's, for tests and the demo market."""
    path = resources.files("state.domain") / "formats" / "made_up_modulus_weights.txt"
    return read_table(path.read_text("utf-8"))


def _passes(row: Weights, digits: Sequence[int]) -> bool:
    special = _SPECIAL.get(row.exception)
    return special(row, digits) if special else _remainder(row, digits) == 0


def _remainder(row: Weights, digits: Sequence[int]) -> int:
    products = [weight * digit for weight, digit in zip(row.weights, digits, strict=True)]
    if row.method == "DBLAL":
        extra = 27 if row.exception == 1 else 0
        return (sum(int(digit) for product in products for digit in str(product)) + extra) % 10
    return sum(products) % (11 if row.method == "MOD11" else 10)


def _is_foreign(digits: Sequence[int]) -> bool:
    """Accounts in another currency, which cannot be checked (exception 6)."""
    return digits[_A] in _FOREIGN_FIRST_DIGITS and digits[_G] == digits[_H]


def _is_needless(row: Weights, digits: Sequence[int]) -> bool:
    """The DBLAL check of exception 3 is left out for some accounts."""
    return row.exception == 3 and row.method == "DBLAL" and digits[_C] in {6, 9}  # noqa: PLR2004


def _exception_2(row: Weights, digits: Sequence[int]) -> bool:
    if digits[_A] != 0:
        row = replace(row, weights=_EXCEPTION_2[digits[_G] == 9])  # noqa: PLR2004
    return _remainder(row, digits) == 0


def _exception_4(row: Weights, digits: Sequence[int]) -> bool:
    return _remainder(row, digits) == 10 * digits[_G] + digits[_H]


def _exception_7(row: Weights, digits: Sequence[int]) -> bool:
    return _remainder(_from_c(row) if digits[_G] == 9 else row, digits) == 0  # noqa: PLR2004


def _exception_10(row: Weights, digits: Sequence[int]) -> bool:
    special = digits[_A] in {0, 9} and digits[_B] == digits[_G] == 9  # noqa: PLR2004
    return _remainder(_from_c(row) if special else row, digits) == 0


def _exception_14(row: Weights, digits: Sequence[int]) -> bool:
    if _remainder(row, digits) == 0:
        return True
    moved = [*digits[:_SORT_CODE], 0, *digits[_SORT_CODE:_H]]
    return digits[_H] in {0, 1, 9} and _remainder(row, moved) == 0


def _substituted(row: Weights, digits: Sequence[int]) -> bool:
    sort_code = [int(digit) for digit in _SUBSTITUTED[row.exception]]
    return _remainder(row, [*sort_code, *digits[_SORT_CODE:]]) == 0


def _from_c(row: Weights) -> Weights:
    return replace(row, weights=(0,) * _C + row.weights[_C:])


_SPECIAL: Final[dict[int, Callable[[Weights, Sequence[int]], bool]]] = {
    2: _exception_2,
    4: _exception_4,
    7: _exception_7,
    8: _substituted,
    9: _substituted,
    10: _exception_10,
    14: _exception_14,
}
