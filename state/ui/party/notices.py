"""One's own notices on screen."""

import reflex as rx

from state.domain.dates import spoken_moment
from state.services import notices
from state.services.notices import PAGE_NOTICES, HeldNotice
from state.ui.access import for_people
from state.ui.bell import BellState
from state.ui.session import ask, clock, here


class NoticesState(rx.State):
    """All of them or the unread ones, a page at a time; the address says which."""

    loaded: bool = False
    notices: list[dict[str, str]] = []
    choices: list[dict[str, str]] = []
    total: int = 0
    unread: int = 0
    page: int = 1
    pages: int = 1
    done: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Begin with what the address names."""
        self.page, self.done = 1, ""
        await _read(self)

    @rx.event
    @for_people
    async def mark_read(self, public_id: str):
        """One is read."""
        await ask(
            notices.mark_read,
            actor=await here(self),
            public_id=str(public_id)[:40],
            now=clock(),
        )
        await _read(self)

    @rx.event
    @for_people
    async def open_notice(self, public_id: str, link: str):
        """Read it, and go where it leads: to a page of ours and nowhere else."""
        await ask(
            notices.mark_read,
            actor=await here(self),
            public_id=str(public_id)[:40],
            now=clock(),
        )
        known = any(one["link"] == link for one in self.notices)
        return rx.redirect(link if known and link.startswith("/") else "/notices")

    @rx.event
    @for_people
    async def mark_all_read(self):
        """All are read."""
        await ask(notices.mark_all_read, actor=await here(self), now=clock())
        await _read(self)
        self.done = "All notices are marked as read."

    @rx.event
    @for_people
    async def newer(self):
        """A page on."""
        self.page = max(self.page - 1, 1)
        await _read(self)

    @rx.event
    @for_people
    async def older(self):
        """A page back in time."""
        self.page = min(self.page + 1, self.pages)
        await _read(self)


async def _read(screen: NoticesState) -> None:
    unread_only = screen.router.url.query_parameters.get("show", "") == "unread"
    found = await ask(
        notices.notices_of, actor=await here(screen), unread_only=unread_only, page=screen.page
    )
    screen.notices = [_shown(notice) for notice in found.notices]
    screen.total, screen.unread = found.total, found.unread
    screen.pages = max(-(-found.total // PAGE_NOTICES), 1)
    screen.choices = [
        {"text": "All", "href": "/notices", "current": "false" if unread_only else "page"},
        {
            "text": f"Unread ({found.unread})",
            "href": "/notices?show=unread",
            "current": "page" if unread_only else "false",
        },
    ]
    (await screen.get_state(BellState)).unread = found.unread
    screen.loaded = True


def _shown(notice: HeldNotice) -> dict[str, str]:
    company = notice.organisation_name
    return {
        "public_id": notice.public_id,
        "title": notice.title,
        "sentence": notice.sentence,
        "over": " · ".join(filter(None, [spoken_moment(notice.created_at), company])),
        "link": notice.link,
        "state": "" if notice.is_read else "Unread",
    }
