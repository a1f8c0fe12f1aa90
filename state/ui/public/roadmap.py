"""What comes next, on screen."""

import reflex as rx

from state.domain.public_content import STAGES, quarter_words
from state.services import public_content
from state.ui.access import for_anyone
from state.ui.session import ask, clock, here

_TONES = {"planned": "plain", "underway": "info", "done": "good"}


class RoadmapState(rx.State):
    """The plans."""

    loaded: bool = False
    plans: list[dict[str, str]] = []

    @rx.event
    @for_anyone
    async def load(self):
        """Read what is published."""
        found = await ask(public_content.plans, actor=await here(self), now=clock())
        self.plans = [
            {
                "title": one.entry.title,
                "body": one.entry.body,
                "stage": STAGES[one.entry.stage],
                "tone": _TONES[one.entry.stage],
                "when": quarter_words(one.entry.quarter),
            }
            for one in found
        ]
        self.loaded = True
