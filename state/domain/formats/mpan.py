"""The core of an MPAN (an SVA Metering System Id); an asset meter's is of the same make."""

from functools import cache
from importlib import resources

import yaml

from state.domain.formats.plain_text import squeezed

PATTERN = r"[0-9]{13}"
_LENGTH = 13
_WITH_TOP_LINE = 21
_PRIMES = (3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43)  # eleven is left out


def normal(text: str) -> str:
    """Thirteen digits: of a whole supply number only the core."""
    number = squeezed(text).replace("-", "")
    supply = number.removeprefix("S")
    if len(supply) == _WITH_TOP_LINE and supply.isdigit():
        return supply[-_LENGTH:]
    return number


def problem(text: str, *, own_code: str = "") -> str | None:
    """What is wrong with an MPAN; or None. `own_code` is the operator's, for asset meters."""
    number = normal(text)
    if not number:
        return "Enter an MPAN"
    if not (number.isascii() and number.isdigit()):
        return "MPAN must only include numbers"
    if len(number) != _LENGTH:
        return "MPAN must be 13 digits"
    if number[:2] not in {*_areas(), own_code}:
        return "We do not recognise the first two digits of this MPAN"
    if check_digit(number[:-1]) != number[-1]:
        return "Check the MPAN – the last digit does not match"
    return None


def check_digit(twelve: str) -> str:
    """The last digit that belongs to the first twelve."""
    weighed = sum(int(digit) * prime for digit, prime in zip(twelve, _PRIMES, strict=True))
    return str(weighed % 11 % 10)


def confirmation(text: str) -> str:
    """A good MPAN, and whose network it is on."""
    return f"Valid: {_areas().get(normal(text)[:2], 'an asset meter')}"


@cache
def _areas() -> dict[str, str]:
    text = (resources.files("state.domain") / "formats" / "distributors.yaml").read_text("utf-8")
    return {row["code"]: row["words"] for row in yaml.safe_load(text)}
