"""Completeness and status on screen: every public dataset, how fresh and how whole."""

from datetime import datetime

import reflex as rx

from state.domain.completeness_words import age_words, day_letters, strip_words
from state.domain.dates import spoken_date, spoken_moment
from state.domain.lateness import step_of
from state.domain.settlement_runs import market_day
from state.services import completeness
from state.services.completeness import DatasetStatus, StatusOfAll
from state.ui.access import for_anyone
from state.ui.public.alerts import alert_address
from state.ui.session import ask, clock, here


class StatusState(rx.State):
    """A row a dataset that is held, and the names of the others."""

    loaded: bool = False
    rows: list[dict[str, str]] = []
    empty: list[dict[str, str]] = []
    counts: list[dict[str, str]] = []

    @rx.event
    @for_anyone
    async def load(self):
        """Read how whole everything is now."""
        now = clock()
        found = await ask(completeness.status_of_all, actor=await here(self), today=market_day(now))
        self.rows = [_shown(one, now) for one in found.held]
        self.empty = [{"title": one.title, "code": one.code or one.name} for one in found.empty]
        self.counts = _counts(found)
        self.loaded = True


def _counts(found: StatusOfAll) -> list[dict[str, str]]:
    regular = [one for one in found.held if any(day.expected is not None for day in one.days)]
    whole = sum(one.days_with_gaps == 0 for one in regular)
    facts = (
        ("Datasets held", len(found.held), "info"),
        ("Whole over 28 days", whole, "good"),
        ("With gaps", len(regular) - whole, "warn"),
        ("Not held yet", len(found.empty), "plain"),
    )
    return [{"label": label, "value": str(value), "tone": tone} for label, value, tone in facts]


def _shown(one: DatasetStatus, now: datetime) -> dict[str, str]:
    is_regular = any(day.expected is not None for day in one.days)
    return {
        "title": one.definition.title,
        "code": one.definition.code or one.definition.name,
        "updated": spoken_moment(one.updated_at),
        "age": age_words(one.updated_at, now),
        "late": "yes" if one.is_late(now) else "",
        "alert": alert_address(dataset=one.definition.name) if step_of(one.definition) else "",
        "rows": f"{one.rows:,}",
        "days": f"{spoken_date(one.first_day)} to {spoken_date(one.last_day)}",
        "gaps": str(one.days_with_gaps) if is_regular else "–",
        "has_gaps": "yes" if one.days_with_gaps else "",
        "strip": day_letters(one.days),
        "words": strip_words(one.days),
    }
