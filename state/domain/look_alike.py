"""Mail domains that could be taken for one another (R-129)."""

import unicodedata
from collections.abc import Iterable
from typing import Final

_TAKEN_FOR: Final = str.maketrans(
    {
        "0": "o",
        "1": "l",
        "3": "e",
        "5": "s",
        "8": "b",
        "i": "l",
        "-": "",
        "\u0430": "a",  # Cyrillic, as all below
        "\u0435": "e",
        "\u043e": "o",
        "\u0440": "p",
        "\u0441": "c",
        "\u0443": "y",
        "\u0445": "x",
        "\u0455": "s",
        "\u0456": "l",
        "\u0458": "j",
        "\u04cf": "l",
        "\u0501": "d",
    }
)
_PAIRS: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_LEAST_LETTERS: Final = 5
"""Of two short names one letter makes two names, not one that is mistaken for the other."""

_ANYBODYS: Final = frozenset({"mail", "post", "info", "office", "www"})


def domain_of(address: str) -> str:
    """What stands behind the @, in small letters; empty where there is none."""
    return address.rpartition("@")[2].strip().lower() if "@" in address else ""


def looks_like_another(domain: str, known: Iterable[str]) -> bool:
    """Whether it is none of the known domains, and could be taken for one of them."""
    theirs = {one for one in known if one}
    if not domain or domain in theirs:
        return False
    return any(_could_be_taken_for(domain, one) for one in theirs)


def _could_be_taken_for(domain: str, known: str) -> bool:
    if domain.endswith(f".{known}") or known.endswith(f".{domain}"):
        return False  # a part of it
    ours, theirs = _as_read(domain), _as_read(known)
    name, their_name = ours.partition(".")[0], theirs.partition(".")[0]
    if ours == theirs:
        return True
    if min(len(name), len(their_name)) < _LEAST_LETTERS or name in _ANYBODYS:
        return False
    return name == their_name or _is_one_slip(ours, theirs)


def _as_read(domain: str) -> str:
    """As a hurried eye reads it."""
    read = unicodedata.normalize("NFKC", _in_letters(domain)).casefold().translate(_TAKEN_FOR)
    for two, one in _PAIRS:
        read = read.replace(two, one)
    return read


def _in_letters(domain: str) -> str:
    """`xn--…` as a browser shows it."""
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain


def _is_one_slip(one: str, other: str) -> bool:
    """One letter more, less or another, or two that changed places."""
    for _ in range(2):  # what they begin with alike, then what they end with
        alike = 0
        while alike < min(len(one), len(other)) and one[alike] == other[alike]:
            alike += 1
        one, other = one[alike:][::-1], other[alike:][::-1]
    return max(len(one), len(other)) <= 1 or (len(one) == 2 and one == other[::-1])  # noqa: PLR2004
