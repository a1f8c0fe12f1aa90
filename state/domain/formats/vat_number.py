"""A United Kingdom VAT number."""

from stdnum.exceptions import ValidationError
from stdnum.gb import vat

from state.domain.formats.plain_text import squeezed


def normal(text: str) -> str:
    """`GB123456782`; Northern Ireland keeps its XI."""
    number = squeezed(text)
    prefix = "XI" if number.startswith("XI") else "GB"
    compact = vat.compact(number)
    return f"{prefix}{compact}" if compact else ""


def problem(text: str) -> str | None:
    """What is wrong with a VAT number; or None."""
    number = squeezed(text)
    if not number:
        return "Enter a VAT number"
    try:
        vat.validate(number)
    except ValidationError:
        return "Enter a valid VAT number, like GB123456782"
    return None


def confirmation(text: str) -> str:
    """A good VAT number, grouped as it is printed."""
    return f"Valid: {normal(text)[:2]} {vat.format(squeezed(text))}"
