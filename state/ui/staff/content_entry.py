"""One entry on the staff's screen: its form, its end, and its versions."""

from datetime import date

import reflex as rx

from state.domain.dates import spoken_moment
from state.domain.permissions import Permission
from state.domain.public_content import HELP, KIND_NAMES, Entry, EntryKind
from state.services import content_entries
from state.services.content_entries import ContentRefusedError, HeldEntry
from state.ui.access import for_staff
from state.ui.forms import answer, date_answer, problems_of, ticked, unreal_date
from state.ui.session import ask, clock, here

_LONGEST_ID = 40


class ContentEntryState(rx.State):
    """The entry that the address names, or a new one of the kind that it names."""

    loaded: str = ""
    kind: str = ""
    kind_name: str = ""
    is_new: bool = True
    is_help: bool = False
    may_write: bool = False
    may_publish: bool = False
    values: dict[str, str] = {}
    status: str = ""
    versions: list[dict[str, str]] = []
    problems: dict[str, str] = {}
    said: str = ""

    _public_id: str = ""
    _version: int = 0

    @rx.event
    @for_staff
    async def load(self):
        """Read it, with all of its versions."""
        asked = self.router.url.query_parameters
        actor = await here(self)
        self.problems, self.said = {}, ""
        self._public_id = str(asked.get("id", ""))[:_LONGEST_ID]
        found = await ask(
            content_entries.versions_of_entry, actor=actor, public_id=self._public_id, now=clock()
        )
        _show(self, found, _kind(str(asked.get("kind", ""))))
        self.may_write = actor.may(Permission.CONTENT_PREPARE)
        self.may_publish = actor.may(Permission.CONTENT_PUBLISH)
        self.loaded = f"{self.kind}/{self._public_id}/{self._version}"

    @rx.event
    @for_staff
    async def save(self, form: dict):
        """Write the next version, as a draft or for everyone to read."""
        publish = answer(form, "publish") == "yes"
        try:
            await ask(
                content_entries.save_entry,
                actor=await here(self),
                entry=_read(form, _kind(self.kind)),
                publish=publish,
                now=clock(),
                public_id=self._public_id,
                version=self._version,
            )
        except ContentRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        title = answer(form, "title")
        self.said = f"“{title}” is {'published' if publish else 'kept as a draft'}."
        return rx.redirect("/staff/content")

    @rx.event
    @for_staff
    async def retire(self, form: dict):
        """Let it end."""
        if refusal := unreal_date(form, "last_day", "Last day"):
            self.problems = {refusal.field: refusal.reason}
            return rx.set_focus("error-summary")
        try:
            await ask(
                content_entries.retire_entry,
                actor=await here(self),
                public_id=self._public_id,
                version=self._version,
                last_day=date_answer(form, "last_day"),
                now=clock(),
            )
        except ContentRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        self.said = f"“{self.values['title']}” is retired."
        return rx.redirect("/staff/content")


def _kind(text: str) -> EntryKind:
    return EntryKind(text) if text in set(EntryKind) else EntryKind.QUESTION


def _read(form: dict, kind: EntryKind) -> Entry:
    return Entry(
        kind=kind,
        title=answer(form, "title"),
        body=answer(form, "body"),
        since=date_answer(form, "since"),
        topics=ticked(form, "topics"),
        audience=answer(form, "audience"),
        stage=answer(form, "stage"),
        quarter=answer(form, "quarter"),
        mailbox=answer(form, "mailbox"),
        hours=answer(form, "hours"),
    )


def _show(screen: ContentEntryState, found: tuple[HeldEntry, ...], kind: EntryKind) -> None:
    newest = found[0] if found else None
    today: date = clock().date()
    entry = newest.entry if newest else Entry(kind, "", "", today)
    screen.kind, screen.kind_name = entry.kind.value, KIND_NAMES[entry.kind]
    screen.is_new, screen.is_help = newest is None, entry.kind in HELP
    screen._version = newest.version if newest else 0
    screen.status = newest.status if newest else ""
    since = entry.since or today
    screen.values = {
        "title": entry.title,
        "body": entry.body,
        "since": f"{since.year}-{since.month}-{since.day}",
        "topics": " ".join(entry.topics),
        "audience": entry.audience,
        "stage": entry.stage,
        "quarter": entry.quarter,
        "mailbox": entry.mailbox,
        "hours": entry.hours,
    }
    screen.versions = [
        {
            "version": str(one.version),
            "title": one.entry.title,
            "status": one.status,
            "by": one.written_by,
            "at": spoken_moment(one.written_at),
        }
        for one in found
    ]
