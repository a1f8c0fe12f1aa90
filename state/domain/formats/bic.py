"""A Business Identifier Code of a bank (ISO 9362)."""

from schwifty import BIC
from schwifty.exceptions import SchwiftyException

from state.domain.formats.plain_text import squeezed

PATTERN = r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?"


def normal(text: str) -> str:
    """In capitals, without spaces."""
    return squeezed(text).replace("-", "")


def problem(text: str) -> str | None:
    """What is wrong with a BIC; or None."""
    if not normal(text):
        return "Enter a BIC"
    try:
        BIC(normal(text))
    except SchwiftyException:
        return "Enter a valid BIC, like ABNANL2A"
    return None


def confirmation(text: str) -> str:
    """A good BIC, with the country of the bank."""
    code = BIC(normal(text))
    return f"Valid: {code.formatted}, a bank in {code.country_code}"
