"""Changing a contact on screen."""

import reflex as rx

from state.domain.account import Contact
from state.services import account
from state.services.account import ContactRefusedError
from state.ui.access import for_people
from state.ui.forms import answer, problems_of
from state.ui.party.account import AccountState
from state.ui.session import ask, clock, company_here


class ContactState(rx.State):
    """One contact's form."""

    loaded_id: str = ""
    purpose: str = ""
    values: dict[str, str] = {}
    problems: dict[str, str] = {}

    _row_version: int = 0

    @rx.event
    @for_people
    async def load(self):
        """Read the contact that the address names."""
        self.problems = {}
        actor, organisation_id = await company_here(self)
        held = await ask(
            account.contact_to_change,
            actor=actor,
            organisation_id=organisation_id,
            public_id=str(self.router.url.query_parameters.get("id", ""))[:40],
        )
        self.purpose = held.purpose
        self.values = {
            "name": held.contact.name,
            "job_title": held.contact.job_title,
            "email": held.contact.email,
            "phone": held.contact.phone,
        }
        self.loaded_id, self._row_version = held.public_id, held.row_version

    @rx.event
    @for_people
    async def save(self, form: dict):
        """Save it, or say all that is wrong with it."""
        actor, organisation_id = await company_here(self)
        try:
            held = await ask(
                account.change_contact,
                actor=actor,
                organisation_id=organisation_id,
                public_id=self.loaded_id,
                contact=Contact(
                    *(answer(form, field) for field in ("name", "job_title", "email", "phone"))
                ),
                row_version=self._row_version,
                now=clock(),
            )
        except ContactRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        screen = await self.get_state(AccountState)
        screen.saved = f"{held.contact.name} is saved."
        return rx.redirect("/account")
