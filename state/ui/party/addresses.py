"""The company's addresses on screen."""

import reflex as rx

from state.domain.permissions import Permission
from state.services import registered
from state.services.registered import Entry
from state.ui.access import for_people
from state.ui.register_list import RegisterList, look, row_of

_PATH = "/account/addresses"
_FORM = "/account/address"


class AddressesState(RegisterList, rx.State):
    """The addresses of the chosen tab."""

    @rx.event
    @for_people
    async def load(self):
        """Read them."""
        await look(
            self,
            registered.addresses_of,
            path=_PATH,
            permission=Permission.ADDRESS_PREPARE,
            row=_row,
        )


def _row(entry: Entry, may_change: bool) -> dict[str, str]:  # noqa: FBT001
    words = entry.words
    lines = (
        *(words[f"line_{number}"] for number in range(1, 6)),
        words["postcode"],
        words["country"],
    )
    return row_of(entry, lines, _FORM, may_change=may_change) | {"title": words["purpose"]}
