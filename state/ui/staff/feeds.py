"""Every feed on the staff's screen: how each does, and what can be done about it."""

from datetime import datetime
from typing import Final

import reflex as rx

from state.domain.completeness_words import age_words
from state.domain.feed_faults import FAULTS
from state.domain.feed_health import FeedHealth
from state.domain.feed_words import HEALTH_WORDS, ahead_words, every_words
from state.domain.permissions import Permission
from state.services import feeds
from state.services.feeds import FeedLine
from state.ui.access import for_staff
from state.ui.session import ask, clock, here

_WATCHED: Final = (FeedHealth.FAILING, FeedHealth.RESTING, FeedHealth.LATE, FeedHealth.PAUSED)
LOOKS_AFTER_A_RUN: Final = 30
"""How often a page looks again by itself after a run was asked for."""

_SHOWN: Final = (("all", "All"), ("attention", "Needs attention"))


class FeedsState(rx.State):
    """A line a feed, the most urgent first."""

    loaded: bool = False
    rows: list[dict[str, str]] = []
    counts: list[dict[str, str]] = []
    choices: list[dict[str, str]] = []
    empty: str = ""
    may_manage: bool = False
    said: str = ""
    is_waiting: bool = False

    _show: str = "all"
    _looks_left: int = 0

    @rx.event
    @for_staff
    async def load(self):
        """Read how every feed does."""
        wanted = str(self.router.url.query_parameters.get("show", ""))
        self._show = wanted if wanted in dict(_SHOWN) else "all"
        self.choices = [
            {
                "text": text,
                "href": f"/staff/feeds?show={name}",
                "current": "page" if name == self._show else "false",
            }
            for name, text in _SHOWN
        ]
        self.said = ""
        return FeedsState.look

    @rx.event
    @for_staff
    async def look(self):
        """Look again: feeds run by themselves."""
        actor, now = await here(self), clock()
        lines = await ask(feeds.feed_lines, actor=actor, now=now)
        shown = [one for one in lines if self._show == "all" or one.health in _WATCHED]
        self.rows = [line_shown(one, now) for one in shown]
        self.counts = _counts(lines)
        self.may_manage = actor.may(Permission.FEED_MANAGE)
        self.empty = "No feed needs you: each is well, or has never run."
        self._looks_left = max(self._looks_left - 1, 0)
        self.is_waiting = self._looks_left > 0
        self.loaded = True

    @rx.event
    @for_staff
    async def run_now(self, code: str):
        """Have one asked as soon as may be."""
        await ask(feeds.run_feed_now, actor=await here(self), code=str(code), now=clock())
        self._looks_left = LOOKS_AFTER_A_RUN
        self.said = f"{str(code)[:20]} is asked for as soon as the worker comes to it."
        return FeedsState.look


def line_shown(line: FeedLine, now: datetime) -> dict[str, str]:
    """One feed in words."""
    words, tone = HEALTH_WORDS[line.health]
    waits = line.next_run_at is not None and not line.paused
    return {
        "code": line.code,
        "title": line.definition.title,
        "href": f"/staff/feed?code={line.code}",
        "health": words,
        "tone": tone,
        "fault": FAULTS[line.fault].words if line.fault else "",
        "every": every_words(line.plan.every_minutes).capitalize(),
        "last": f"{age_words(line.last_run_at, now)} ago" if line.last_run_at else "Never",
        "next": ahead_words(line.next_run_at - now).capitalize() if waits else "–",
        "stored": f"{line.stored:,}",
        "refused": f"{line.refused:,}",
        "has_refused": "yes" if line.refused else "",
        "is_off": "yes" if line.is_off else "",
    }


def _counts(lines: tuple[FeedLine, ...]) -> list[dict[str, str]]:
    return [
        {
            "label": words,
            "value": str(sum(line.health is health for line in lines)),
            "tone": tone,
        }
        for health, (words, tone) in HEALTH_WORDS.items()
    ]
