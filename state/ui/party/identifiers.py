"""The company's identifiers on screen."""

import reflex as rx

from state.domain.identifiers import SCHEMES
from state.domain.permissions import Permission
from state.services import registered
from state.services.registered import Entry
from state.ui.access import for_people
from state.ui.register_list import row_of, tab_here, tabs_of
from state.ui.session import ask, clock, company_here

_PATH = "/account/identifiers"
_FORM = "/account/identifier"


class IdentifiersState(rx.State):
    """The identifiers of the chosen tab, and the one that is ours."""

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
            registered.identifiers_of, actor=actor, organisation_id=organisation_id, now=clock()
        )
        self.may_change = actor.may(Permission.ORG_PREPARE, organisation_id)
        self.tabs = tabs_of(found, _PATH, tab)
        self.rows = [_row(entry, self.may_change) for entry in found if entry.tab is tab]
        self.loaded = True


def _row(entry: Entry, may_change: bool) -> dict[str, str]:  # noqa: FBT001
    lines = tuple(entry.words[name] for name in SCHEMES)
    return row_of(entry, lines, _FORM, may_change=may_change) | {"title": entry.words["scheme"]}
