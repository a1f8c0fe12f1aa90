"""The company's bank accounts on screen: masked, and in full for a moment to who may see them."""

import reflex as rx

from state.domain.change_words import BANK_PURPOSE_WORDS
from state.domain.permissions import Permission
from state.services import registered
from state.services.registered import Entry, Tab
from state.ui.access import for_people
from state.ui.register_list import RegisterList, look, when
from state.ui.session import company_here

_PATH = "/account/bank"


class BankAccountsState(RegisterList, rx.State):
    """The accounts of the chosen tab. A revealed number is sent once and kept nowhere here."""

    lacking: list[dict[str, str]] = []
    may_reveal: bool = False

    @rx.event
    @for_people
    async def load(self):
        """Read them."""
        actor, organisation_id = await company_here(self)
        found = await look(
            self,
            registered.bank_accounts_of,
            path=_PATH,
            permission=Permission.BANK_PREPARE,
            row=lambda entry, _: _row(entry),
        )
        self.may_reveal = actor.may(Permission.BANK_REVEAL, organisation_id)
        there = {entry.words["purpose"] for entry in found if entry.tab is not Tab.ENDED}
        self.lacking = [
            {"purpose": purpose, "name": name, "hint": hint}
            for purpose, (name, hint) in BANK_PURPOSE_WORDS.items()
            if purpose not in there
        ]


def _row(entry: Entry) -> dict[str, str]:
    words = entry.words
    return {
        "public_id": entry.public_id,
        "purpose": words["purpose"],
        "title": BANK_PURPOSE_WORDS[words["purpose"]][0],
        "name": words["account_name"],
        "code": words["sort_code"] or words["bic"],
        "number": words["account_number"] or words["iban"],
        "country": words["country"],
        "when": when(entry),
        "is_active": "yes" if entry.tab is Tab.ACTIVE else "",
        "waits": "Waits for its date" if entry.waits else "",
    }
