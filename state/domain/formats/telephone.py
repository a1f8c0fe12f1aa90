"""A telephone number, kept as E.164. Without a country it is British."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from state.domain.formats.plain_text import tidy

PATTERN = r"\+[1-9][0-9]{5,14}"  # ITU-T E.164: 15 digits at most
_BRITISH = 44


def normal(text: str) -> str:
    """`+441632960001`; what is no number stays as it was typed."""
    number = _number(text)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else tidy(text)


def problem(text: str) -> str | None:
    """What is wrong with a telephone number; or None."""
    if not tidy(text):
        return "Enter a telephone number"
    number = _number(text)
    if number is None:
        return "Enter a telephone number, like 01632 960 001"
    if number.extension:
        return "Enter a telephone number without an extension, like 01632 960 001"
    return None


def confirmation(text: str) -> str:
    """A good number, as a caller from abroad dials it."""
    return f"Valid: {shown(text, abroad=True)}"


def shown(text: str, *, abroad: bool = False) -> str:
    """A kept number as people read it: a British one as it is dialled in Britain."""
    number = _number(text)
    if number is None:
        return text
    british = number.country_code == _BRITISH and not abroad
    style = PhoneNumberFormat.NATIONAL if british else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _number(text: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(tidy(text), "GB")
    except NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
