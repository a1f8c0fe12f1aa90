"""How many webhooks there may be and how often each is tried: the operator's dated numbers."""

from datetime import date

from state.domain.rules import number_on


def webhooks_most(on: date) -> int:
    """How many webhooks a company may have."""
    return number_on("webhooks_most", on)


def webhook_first_wait_seconds(on: date) -> int:
    """How long after the first failure a webhook is tried again."""
    return number_on("webhook_first_wait_seconds", on)


def webhook_last_wait_hours(on: date) -> int:
    """How long before the last try a webhook waits."""
    return number_on("webhook_last_wait_hours", on)


def webhook_tries_most(on: date) -> int:
    """How often a webhook is tried."""
    return number_on("webhook_tries_most", on)


def webhook_failing_days(on: date) -> int:
    """After how many days of failing a webhook is switched off."""
    return number_on("webhook_failing_days", on)


def webhook_kept_days(on: date) -> int:
    """For how many days what was sent to a webhook is kept."""
    return number_on("webhook_kept_days", on)
