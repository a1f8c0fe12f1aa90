"""What may be typed into a field: said once, for every form and every file."""

import re
import unicodedata

import phonenumbers
from email_validator import EmailNotValidError, validate_email

_NUMBERED_COMPANY = re.compile(r"(?:[0-9]{8}|[A-Z]{2}[0-9]{6}|R[0-9]{7})")
_MOST_DIGITS = 8


def tidy(text: str) -> str:
    """The same text in composed Unicode, without space at its ends or doubled inside a line."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def text_problem(thing: str, text: str, *, longest: int, needed: bool = True) -> str | None:
    """What is wrong with a line of text, in words for the person who typed it; or None.

    Control, direction-changing, invisible and unassigned characters and emoji are refused: they
    hide what a reader would see.
    """
    if not text:
        return f"Enter {thing}" if needed else None
    if len(text) > longest:
        return f"{_sentence(thing)} must be {longest:,} characters or fewer"
    if hidden := _hidden(text):
        return f"{_sentence(thing)} must not include {hidden}"
    return None


def email_problem(email: str) -> str | None:
    """What is wrong with an e-mail address; or None. Nothing is looked up."""
    if not email:
        return "Enter an email address"
    if len(email) > 80:  # noqa: PLR2004  # NETA IDD: text(80)
        return "Email address must be 80 characters or fewer"
    try:
        validate_email(email, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        return "Enter an email address in the correct format, like name@example.com"
    return None


def phone_problem(phone: str) -> str | None:
    """What is wrong with a telephone number; or None. Without a country it is British."""
    if not phone:
        return "Enter a telephone number"
    try:
        possible = phonenumbers.is_possible_number(phonenumbers.parse(phone, "GB"))
    except phonenumbers.NumberParseException:
        possible = False
    return None if possible else "Enter a telephone number, like 01632 960 001"


def company_number(text: str) -> str | None:
    """A UK company number as Companies House writes it, or None: `1234567` is `01234567`."""
    squeezed = re.sub(r"[\s-]", "", text).upper()
    if squeezed.isascii() and squeezed.isdigit() and len(squeezed) >= _MOST_DIGITS - 2:
        squeezed = squeezed.zfill(_MOST_DIGITS)
    return squeezed if _NUMBERED_COMPANY.fullmatch(squeezed) else None


def _sentence(thing: str) -> str:
    words = re.sub(r"^(a|an|the|your) ", "", thing)
    return words[0].upper() + words[1:]


def _hidden(text: str) -> str | None:
    kinds = {
        "Cc": "control characters",
        "Cf": "invisible or direction-changing characters",
        "Cs": "broken characters",
        "Co": "private characters",
        "Cn": "unassigned characters",
        "So": "emoji or pictures",
    }
    for character in text:
        if character != "\n" and (kind := kinds.get(unicodedata.category(character))):
            return kind
    return None
