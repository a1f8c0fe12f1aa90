"""Who may sign for the company, on screen."""

import reflex as rx

from state.domain.permissions import Permission
from state.services import registered
from state.ui.access import for_people
from state.ui.register_list import row_of, tab_here, tabs_of
from state.ui.session import ask, clock, company_here

_PATH = "/account/signatories"
_FORM = "/account/signatory"


class SignatoriesState(rx.State):
    """The signatories of the chosen tab."""

    loaded: bool = False
    rows: list[dict[str, str]] = []
    tabs: list[dict[str, str]] = []
    may_change: bool = False

    @rx.event
    @for_people
    async def load(self):
        """Read them."""
        actor, organisation_id = await company_here(self)
        tab = tab_here(self)
        found = await ask(
            registered.signatories_of, actor=actor, organisation_id=organisation_id, now=clock()
        )
        self.may_change = actor.may(Permission.SIGNATORY_PREPARE, organisation_id)
        self.tabs = tabs_of(found, _PATH, tab)
        self.rows = [
            row_of(
                entry,
                (entry.words["categories"], entry.words["email"]),
                _FORM,
                may_change=self.may_change,
            )
            for entry in found
            if entry.tab is tab
        ]
        self.loaded = True
