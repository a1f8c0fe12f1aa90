"""Everything that everyone is told, on the staff's screen."""

import reflex as rx

from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.domain.public_content import KIND_NAMES
from state.services import content_entries
from state.services.content_entries import HeldEntry
from state.ui.access import for_staff
from state.ui.session import ask, clock, here
from state.ui.staff.content_entry import ContentEntryState

_TONES = {"Published": "good", "Draft": "warn", "Retired": "plain"}


class ContentState(rx.State):
    """The newest version of each entry."""

    loaded: bool = False
    entries: list[dict[str, str]] = []
    may_write: bool = False

    @rx.event
    @for_staff
    async def load(self):
        """Read them. The form of the entry that was open is no more: none types into an old one."""
        (await self.get_state(ContentEntryState)).loaded = ""
        actor = await here(self)
        found = await ask(content_entries.held_entries, actor=actor, now=clock())
        self.entries = [_row(one) for one in found]
        self.may_write = actor.may(Permission.CONTENT_PREPARE)
        self.loaded = True


def _row(one: HeldEntry) -> dict[str, str]:
    return {
        "id": one.public_id,
        "kind": KIND_NAMES[one.entry.kind],
        "title": one.entry.title,
        "status": one.status,
        "tone": _TONES.get(one.status, "info"),
        "until": spoken_date(one.until) if one.until and one.status != "Retired" else "",
        "by": one.written_by,
        "at": spoken_date(one.written_at.date()),
    }
