"""The company's contacts on screen."""

import reflex as rx

from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.services import registered
from state.services.registered import Entry, Tab
from state.ui.access import for_people
from state.ui.register_list import row_of, tab_here, tabs_of
from state.ui.session import ask, clock, company_here

_PATH = "/account/contacts"
_FORM = "/account/contact"


class ContactsState(rx.State):
    """The contacts of the chosen tab."""

    loaded: bool = False
    rows: list[dict[str, str]] = []
    tabs: list[dict[str, str]] = []
    may_change: bool = False

    @rx.event
    @for_people
    async def load(self):
        """Read them."""
        actor, organisation_id = await company_here(self)
        now, tab = clock(), tab_here(self)
        found = await ask(
            registered.contacts_of, actor=actor, organisation_id=organisation_id, now=now
        )
        self.may_change = actor.may(Permission.CONTACT_PREPARE, organisation_id)
        self.tabs = tabs_of(found, _PATH, tab)
        self.rows = [
            _row(entry, self.may_change, now.date()) for entry in found if entry.tab is tab
        ]
        self.loaded = True


def _row(entry: Entry, may_change: bool, today: object) -> dict[str, str]:  # noqa: FBT001
    words = entry.words
    hours = "Can be reached day and night" if words["out_of_hours"] == "Yes" else ""
    lines = (
        words["purposes"],
        words["job_title"],
        words["email"],
        " · ".join(number for number in (words["phone"], words["mobile"]) if number),
        hours,
    )
    row = row_of(entry, lines, _FORM, may_change=may_change)
    due = entry.review_due_on
    if due is not None and entry.tab is Tab.ACTIVE and due <= today:
        return row | {"tag": f"To be reviewed since {spoken_date(due)}", "tone": "warn"}
    return row
