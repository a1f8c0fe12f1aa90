"""Published data on the staff's screen: every dataset, and the changes to it."""

import reflex as rx

from state.domain.change_words import KIND_WORDS, STATUS_WORDS
from state.domain.corrections import is_correctable
from state.domain.dates import spoken_date, spoken_moment
from state.domain.kept_rows import kept_words
from state.domain.permissions import Permission
from state.services import published_data
from state.services.published_data import DataChange, PublishedDataset
from state.ui.access import for_staff
from state.ui.public.data import closed_words, kept_reason, lag_line
from state.ui.session import ask, here


class PublishedDataState(rx.State):
    """A line a dataset, and above them what waits."""

    loaded: bool = False
    datasets: list[dict[str, str]] = []
    waiting: list[dict[str, str]] = []
    done: list[dict[str, str]] = []
    may_propose: bool = False

    @rx.event
    @for_staff
    async def load(self):
        """Read them."""
        actor = await here(self)
        found = await ask(published_data.published_data, actor=actor)
        self.may_propose = actor.may(Permission.PUBLISHING_PROPOSE)
        self.datasets = [_dataset(one) for one in found.datasets]
        self.waiting = [_change(one) for one in found.waiting]
        self.done = [_change(one) for one in found.done]
        self.loaded = True


def _dataset(one: PublishedDataset) -> dict[str, str]:
    of = one.definition
    can_correct = one.last_day is not None and is_correctable(of)
    return {
        "name": of.name,
        "title": of.title,
        "rows": f"{one.rows:,}" if one.rows else "No data",
        "last": spoken_date(one.last_day) if one.last_day else "No data",
        "kept": kept_words(one.kept),
        "kept_because": kept_reason(one.kept),
        "removed": f"{one.removed:,} rows removed" if one.removed else "",
        "open": "Open" if one.setting.is_published else "Closed",
        "tone": "good" if one.setting.is_published else "warn",
        "why": "" if one.setting.is_published else closed_words(one.setting),
        "lag": lag_line(one.setting.lag_minutes),
        "feed": "Feed off" if not one.setting.feed_is_on else "",
        "setting_href": f"/staff/publishing-setting?id={of.name}",
        "correct_href": f"/staff/correction?dataset={of.name}&on={one.last_day}"
        if can_correct
        else "",
    }


def _change(one: DataChange) -> dict[str, str]:
    words, tone = STATUS_WORDS[one.status]
    return {
        "what": KIND_WORDS[one.kind],
        "title": one.title,
        "status": words,
        "tone": tone,
        "at": spoken_moment(one.at),
        "by": "You" if one.is_mine else one.made_by,
        "href": f"/staff/data-change?id={one.public_id}",
    }
