"""An Energy Identification Code of ENTSO-E, with the letter of its kind of object."""

import re

from stdnum.eu import eic
from stdnum.exceptions import ValidationError

from state.domain.formats.plain_text import squeezed

_LENGTH = 16
_ALPHABET = re.compile(r"[0-9A-Z-]*")
_HOLDERS = {
    "X": "An organisation needs an X code",
    "Y": "An area needs a Y code",
    "Z": "A metering point needs a Z code",
    "W": "An asset needs a W code",
    "T": "A tie-line needs a T code",
    "V": "A location needs a V code",
    "A": "A substation needs an A code",
}


def normal(text: str) -> str:
    """In capitals, without spaces."""
    return squeezed(text)


def problem(text: str, letter: str = "X") -> str | None:
    """What is wrong with a code of the letter; or None."""
    code = normal(text)
    if not code:
        return "Enter an EIC"
    if len(code) != _LENGTH:
        return f"EIC must be {_LENGTH} characters"
    if not _ALPHABET.fullmatch(code):
        return "EIC must only include A to Z, 0 to 9 and hyphens"
    wrong_kind = code[2] != letter
    if wrong_kind and code[2] not in _HOLDERS:
        return _kind_problem(code, letter)
    try:
        eic.validate(code)
    except ValidationError:  # also where the check character would be a hyphen: none is issued
        return "Check the EIC – the last character does not match"
    return _kind_problem(code, letter) if wrong_kind else None


def confirmation(text: str) -> str:
    """A good code, and what it is for."""
    kinds = {"X": "an organisation", "W": "an asset", "Z": "a metering point", "Y": "an area"}
    return f"Valid: {normal(text)}, a code for {kinds.get(normal(text)[2], 'a grid object')}"


def _kind_problem(code: str, letter: str) -> str:
    article = "an" if code[2] in "AEFHILMNORSX" else "a"
    return f"{_HOLDERS[letter]}; this is {article} {code[2]} code"
