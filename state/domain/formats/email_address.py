"""An e-mail address. Nothing is looked up."""

from email_validator import EmailNotValidError, validate_email

from state.domain.formats.plain_text import tidy

LONGEST = 80  # NETA IDD Part 1: text(80)


def normal(text: str) -> str:
    """The address with its domain in small letters."""
    address = tidy(text)
    try:
        return _read(address)
    except EmailNotValidError:
        return address


def problem(text: str) -> str | None:
    """What is wrong with an e-mail address; or None."""
    address = tidy(text)
    if not address:
        return "Enter an email address"
    if len(address) > LONGEST:
        return f"Email address must be {LONGEST} characters or fewer"
    try:
        _read(address)
    except EmailNotValidError:
        return "Enter an email address in the correct format, like name@example.com"
    return None


def _read(address: str) -> str:
    return validate_email(
        address, check_deliverability=False, globally_deliverable=False
    ).normalized
