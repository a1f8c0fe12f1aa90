"""When something that is due on a day is brought to mind."""

from collections.abc import Iterable
from datetime import date


def reminder_now(due_on: date, days_before: Iterable[int], today: date) -> int | None:
    """The newest reminder whose day has come, as its days before; 0 once it is due, or none yet."""
    come = [days for days in (*days_before, 0) if (due_on - today).days <= days]
    return min(come, default=None)
