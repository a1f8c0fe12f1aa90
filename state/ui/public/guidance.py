"""Help on screen: what is asked often and guidance, by search and by topic."""

from urllib.parse import urlencode

import reflex as rx

from state.domain.dates import spoken_date
from state.domain.public_content import AUDIENCES, TOPICS, EntryKind
from state.services import public_content
from state.services.public_content import ShownEntry
from state.ui.access import for_anyone
from state.ui.forms import answer
from state.ui.need_help import NeedHelpState
from state.ui.session import ask, clock, here

_LONGEST = 80
_FEW = 3
"""So few entries are shown unfolded."""


class GuidanceState(rx.State):
    """The entries that the address asks for."""

    loaded: bool = False
    search: str = ""
    topic: str = ""
    questions: list[dict[str, str]] = []
    guidance: list[dict[str, str]] = []
    found: str = ""

    @rx.event
    @for_anyone
    async def load(self):
        """Find what the address names."""
        asked = self.router.url.query_parameters
        self.search = str(asked.get("search", ""))[:_LONGEST]
        topic = str(asked.get("topic", ""))
        self.topic = TOPICS.get(topic, "")
        found = await ask(
            public_content.help_entries,
            actor=await here(self),
            search=self.search,
            topic=topic if topic in TOPICS else "",
            now=clock(),
        )
        narrowed = bool(self.search or self.topic)
        is_open = narrowed and len(found) <= _FEW
        shown = [(one.entry.kind, _shown(one, is_open=is_open)) for one in found]
        self.questions = [row for kind, row in shown if kind is EntryKind.QUESTION]
        self.guidance = [row for kind, row in shown if kind is EntryKind.GUIDANCE]
        self.found = _counted(len(found)) if narrowed else ""
        self.loaded = True
        return NeedHelpState.look

    @rx.event
    @for_anyone
    async def find(self, form: dict):
        """Search for what was typed."""
        asked = {"search": answer(form, "search")[:_LONGEST]}
        return rx.redirect(f"/customer/help?{urlencode(asked)}")


def _counted(many: int) -> str:
    return f"{many} {'entry' if many == 1 else 'entries'} found"


def _shown(one: ShownEntry, *, is_open: bool) -> dict[str, str]:
    audience = one.entry.audience
    return {
        "id": one.public_id,
        "title": one.entry.title,
        "body": one.entry.body,
        "topics": ", ".join(TOPICS[topic] for topic in one.entry.topics if topic in TOPICS),
        "audience": "" if audience == "anyone" else f"For {AUDIENCES[audience].lower()}",
        "changed": spoken_date(one.changed_at.date()),
        "open": "yes" if is_open else "",
    }
