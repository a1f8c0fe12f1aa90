"""The company's identifiers on screen."""

import reflex as rx

from state.domain.identifiers import SCHEMES
from state.domain.permissions import Permission
from state.services import registered
from state.services.registered import Entry
from state.ui.access import for_people
from state.ui.register_list import RegisterList, look, row_of

_PATH = "/account/identifiers"
_FORM = "/account/identifier"


class IdentifiersState(RegisterList, rx.State):
    """The identifiers of the chosen tab, and the one that is ours."""

    @rx.event
    @for_people
    async def load(self):
        """Read them."""
        await look(
            self,
            registered.identifiers_of,
            path=_PATH,
            permission=Permission.ORG_PREPARE,
            row=_row,
        )


def _row(entry: Entry, may_change: bool) -> dict[str, str]:  # noqa: FBT001
    lines = tuple(entry.words[name] for name in SCHEMES)
    return row_of(entry, lines, _FORM, may_change=may_change) | {"title": entry.words["scheme"]}
