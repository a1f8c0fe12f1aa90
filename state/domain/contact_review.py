"""Contacts are looked at again every two years (`customer.md` 2.4)."""

from calendar import monthrange
from datetime import date
from typing import Final

from state.domain.rules import contact_review_months

_MONTHS_A_YEAR: Final = 12


def review_due_on(reviewed_on: date) -> date:
    """By when a contact that was last looked at on a day must be looked at again."""
    months = reviewed_on.month - 1 + contact_review_months(reviewed_on)
    year, month = reviewed_on.year + months // _MONTHS_A_YEAR, months % _MONTHS_A_YEAR + 1
    return date(year, month, min(reviewed_on.day, monthrange(year, month)[1]))
