"""By when the operator owes an answer, in Working Days; after closing time the next day counts."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from settlement_engine.working_days import is_working_day, working_days_after
from state.domain.rules import office_closes_at_hour

_LONDON = ZoneInfo("Europe/London")


def due_on(received_at: datetime, working_days: int) -> date:
    """The Working Day by whose end an answer is owed to what came at that moment."""
    local = received_at.astimezone(_LONDON)
    started = local.date()
    if local.hour >= office_closes_at_hour(started) or not is_working_day(started):
        started = working_days_after(started, 1)
    return working_days_after(started, working_days)
