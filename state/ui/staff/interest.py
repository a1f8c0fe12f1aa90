"""One expression of interest on the staff's screen, and the decision."""

from datetime import datetime

import reflex as rx

from state.domain.dates import spoken_date, spoken_moment
from state.domain.market_entry import (
    NOT_SURE,
    OWN_ASSETS,
    AccessClock,
    Applicant,
    access_clock,
    access_closes_at,
)
from state.domain.permissions import Permission
from state.domain.roles import ROLE_NAMES
from state.services import market_entry
from state.services.market_entry import InterestInFull, InterestRefusedError
from state.ui.access import for_staff
from state.ui.forms import answer, problems_of, yes_or_no
from state.ui.session import ask, clock, here
from state.ui.staff.queues import QueuesState

_APPLICANT = {
    Applicant.ORGANISATION: "Organisation",
    Applicant.INDIVIDUAL: "Private individual",
}
_CLOCK = {
    AccessClock.RUNNING: ("Within two working days", "good"),
    AccessClock.OVERDUE: ("Overdue", "bad"),
    AccessClock.IN_TIME: ("Answered in time", "good"),
    AccessClock.LATE: ("Answered late", "warn"),
}
"""The chip of the answer that is owed, and its tone."""


class InterestState(rx.State):
    """What was said, and what can be decided."""

    told: dict[str, str] = {}
    may_decide: bool = False
    problems: dict[str, str] = {}

    @rx.event
    @for_staff
    async def load(self):
        """Read the one that the address names."""
        self.problems = {}
        actor = await here(self)
        reference = str(self.router.url.query_parameters.get("reference", ""))[:20]
        try:
            found = await ask(market_entry.interest_in_full, actor=actor, reference=reference)
        except InterestRefusedError as refused:
            self.told, self.problems = {}, problems_of(refused)
            return
        self.told = _shown(found, clock())
        self.may_decide = actor.may(Permission.EOI_TRIAGE) and found.decided_at is None

    @rx.event
    @for_staff
    async def decide(self, form: dict):
        """Accept or decline, or say what is missing."""
        reference, accept = self.told.get("reference", ""), yes_or_no(form)
        if accept is None:
            self.problems = {"decision": "Select whether you accept or decline"}
            return rx.set_focus("error-summary")
        try:
            decided = await ask(
                market_entry.decide_interest,
                actor=await here(self),
                reference=reference,
                accept=accept,
                reason=answer(form, "reason"),
                now=clock(),
            )
        except InterestRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        screen = await self.get_state(QueuesState)
        screen.done = f"{reference} is {decided.status}. The company can see your answer."
        return rx.redirect("/staff")


def _shown(found: InterestInFull, now: datetime) -> dict[str, str]:
    told, due_on = found.told, found.summary.access_due_on
    names = ROLE_NAMES | {NOT_SURE: "Not sure yet", OWN_ASSETS: "Owns assets"}
    stands = access_clock(due_on, found.decided_at, now)
    return {
        "reference": found.summary.reference,
        "status": found.summary.status.value.capitalize(),
        "legal_name": told.legal_name,
        "applicant": _APPLICANT[told.applicant],
        "company_number": told.company_number,
        "country": told.country,
        "roles": ", ".join(names.get(code, code) for code in told.role_codes),
        "target_date": spoken_date(told.target_date) if told.target_date else "",
        "description": told.description or "Not provided",
        "contact": told.contact_name + (f", {told.job_title}" if told.job_title else ""),
        "email": told.email,
        "phone": told.phone,
        "received": spoken_moment(found.summary.received_at),
        "due": spoken_moment(access_closes_at(due_on)),
        "clock": _CLOCK[stands][0],
        "clock_tone": _CLOCK[stands][1],
        "same_company": ", ".join(found.same_company),
        "decided": spoken_moment(found.decided_at) if found.decided_at else "",
        "reason": found.reason,
    }
