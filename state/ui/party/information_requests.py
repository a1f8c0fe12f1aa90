"""What the company is asked for, on screen."""

import reflex as rx

from state.domain.information_requests import RequestStatus
from state.services import information_requests
from state.ui.access import for_people
from state.ui.information_words import line_words
from state.ui.session import ask, clock, company_here


class InformationRequestsState(rx.State):
    """The company's requests: what waits for it, and what is done."""

    loaded: bool = False
    waiting: list[dict[str, str]] = []
    others: list[dict[str, str]] = []

    @rx.event
    @for_people
    async def load(self):
        """Read what the company that is acted for is asked for."""
        actor, organisation_id = await company_here(self)
        found = await ask(
            information_requests.requests_of_company,
            actor=actor,
            organisation_id=organisation_id,
            now=clock(),
        )
        waits = [one for one in found if one.status is RequestStatus.ASKED]
        self.waiting = [line_words(one) for one in waits]
        self.others = [line_words(one) for one in reversed(found) if one not in waits]
        self.loaded = True
