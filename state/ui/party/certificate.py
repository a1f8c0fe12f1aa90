"""What a company confirmed of its signatories, on screen and on paper."""

import reflex as rx

from state.domain.dates import spoken_date
from state.services import signatory_confirmations
from state.ui.access import for_people
from state.ui.session import ask, company_here


class CertificateState(rx.State):
    """One certificate."""

    facts: dict[str, str] = {}
    lines: list[dict[str, str]] = []

    @rx.event
    @for_people
    async def load(self):
        """Read the one that the address names."""
        self.facts = {}
        actor, organisation_id = await company_here(self)
        found = await ask(
            signatory_confirmations.certificate,
            actor=actor,
            organisation_id=organisation_id,
            public_id=str(self.router.url.query_parameters.get("id", ""))[:40],
        )
        self.facts = {
            "company": found.company,
            "by": found.confirmed_by,
            "on": spoken_date(found.confirmed_on),
            "due": spoken_date(found.due_on),
            "digest": found.digest,
        }
        self.lines = [
            {"name": one.name, "signs_for": one.signs_for, "since": one.since}
            for one in found.lines
        ]
