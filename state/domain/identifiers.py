"""What else a company is known by: scheme and value, and what to choose where that is taken."""

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Final

SCHEMES: Final[Mapping[str, str]] = {
    "mpid": "Market Participant ID (MPID)",
    "eic": "Energy Identification Code (EIC)",
    "lei": "Legal Entity Identifier (LEI)",
    "company_number": "Company number",
    "vat_number": "VAT number",
    "duns": "D-U-N-S number",
}
"""Each scheme and its words; a value's field in the form has the scheme's name."""

CHOSEN_FREELY: Final = frozenset({"mpid"})
"""Schemes of the market, in which a company may choose any value that nobody has."""

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_SHOWN: Final = 3


def value_of(values: Mapping[str, str]) -> str:
    """The value of an identifier, in the field that its scheme names."""
    return values.get(values.get("scheme", ""), "")


def values_of(scheme: str, value: str) -> dict[str, str]:
    """The answers of the form for an identifier that is held."""
    return {"scheme": scheme} | {name: value if name == scheme else "" for name in SCHEMES}


def alternatives(wanted: str, taken: Collection[str], *, longest: int) -> tuple[str, ...]:
    """Up to three codes like the one wanted that nobody has: a letter more, or another last one."""
    return tuple(islice((one for one in _like(wanted, longest) if one not in taken), _SHOWN))


def taken_words(wanted: str, thing: str, taken: Collection[str], *, longest: int) -> str:
    """`That MPID is in use or was used before. Try ABCA, ABCB or ABCC`."""
    found = alternatives(wanted, taken, longest=longest)
    said = f"That {thing} is in use or was used before."
    if not found:
        return f"{said} Choose another"
    return f"{said} Try {', '.join(found[:-1]) + ' or ' if found[:-1] else ''}{found[-1]}"


def _like(wanted: str, longest: int) -> Iterator[str]:
    stem = wanted if len(wanted) < longest else wanted[:-1]
    for letter in _LETTERS:
        if stem + letter != wanted:
            yield stem + letter
