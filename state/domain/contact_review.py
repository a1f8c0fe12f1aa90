"""Contacts are looked at again every two years (`customer.md` 2.4)."""

from datetime import date, timedelta

from state.domain.dates import months_after
from state.domain.rules import contact_review_months, contact_review_reminder_days


def review_due_on(reviewed_on: date) -> date:
    """By when a contact that was last looked at on a day must be looked at again."""
    return months_after(reviewed_on, contact_review_months(reviewed_on))


def is_to_be_reviewed(reviewed_on: date, today: date) -> bool:
    """Whether it is time to look at a contact again: from the first reminder on."""
    first = timedelta(days=max(contact_review_reminder_days(today)))
    return review_due_on(reviewed_on) - first <= today
