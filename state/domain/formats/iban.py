"""An International Bank Account Number."""

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from state.domain.formats.plain_text import squeezed

PATTERN = r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}"


def normal(text: str) -> str:
    """In capitals, without spaces."""
    return squeezed(text).replace("-", "").removeprefix("IBAN")


def problem(text: str) -> str | None:
    """What is wrong with an IBAN; or None: its check digits and its country's."""
    if not normal(text):
        return "Enter an IBAN"
    try:
        IBAN(normal(text), validate_bban=True)
    except SchwiftyException:
        return "Enter a valid IBAN, like NL91 ABNA 0417 1643 00"
    return None


def confirmation(text: str) -> str:
    """A good IBAN, in fours."""
    return f"Valid: {IBAN(normal(text)).formatted}"
