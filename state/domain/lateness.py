"""When a dataset is late, by its own timetable: its steps, and how often it is asked for.

What tells of the past is late when no new row has come for longer than some of its steps. What
looks ahead comes a few times a day and is late when nothing that is held reaches today. What comes
as it does (messages, instructions) is never late.
"""

from datetime import date, datetime, timedelta

from settlement_engine.periods import period_start
from state.domain import rules
from state.domain.datasets import Dataset

_DAY = timedelta(days=1)


def step_of(definition: Dataset) -> timedelta | None:
    """How often a new row is to be expected; None where nothing says so."""
    if definition.chart is None:
        return None
    asked = definition.feed.every_minutes * 60 if definition.feed else 0
    return timedelta(seconds=max(definition.chart.step_seconds, asked))


def late_from(definition: Dataset, *, updated_at: datetime, last_day: date) -> datetime | None:
    """From when on the dataset is late unless a row comes; None where it never is.

    `updated_at` is when it last grew, `last_day` the last Settlement Date that it holds.
    """
    step = step_of(definition)
    if step is None:
        return None
    if definition.looks_ahead:
        return period_start(last_day + _DAY, 1)
    return updated_at + step * rules.number_on("dataset_late_after_steps", updated_at.date())
