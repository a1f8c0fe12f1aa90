"""Choosing the company to act for: one at a time, never two by accident."""

import reflex as rx

from state.domain.capacity_words import capacity_words
from state.domain.next_page import safe_next
from state.services import choose_company
from state.ui.access import for_people
from state.ui.session import ask, clock, forget_everything, here


class ChooseCompanyState(rx.State):
    """The companies of this person."""

    companies: list[dict[str, str]] = []

    @rx.event
    @for_people
    async def load(self):
        """List them."""
        now = clock()
        theirs = await ask(choose_company.companies_of, actor=await here(self), now=now)
        self.companies = [
            {
                "public_id": company.public_id,
                "name": company.name,
                "capacity": capacity_words(company.capacity, company.authorisations, now.date()),
            }
            for company in theirs
        ]

    @rx.event
    @for_people
    async def choose(self, public_id: str):
        """Act for this one from now on."""
        await ask(
            choose_company.choose_company,
            actor=await here(self),
            public_id=str(public_id)[:40],
            now=clock(),
        )
        wanted = safe_next(self.router.url.query_parameters.get("next"))
        await forget_everything(self)
        return rx.redirect(wanted or "/account")
