"""The expression of interest on screen: one form, its problems, and where it has got to."""

import reflex as rx

from state.domain.dates import spoken_date, spoken_moment
from state.domain.market_entry import Applicant, ExpressionOfInterest, InterestStatus
from state.services import market_entry
from state.services.market_entry import InterestProgress, InterestRefusedError
from state.ui.access import for_anyone, for_anyone_seldom
from state.ui.forms import answer, date_answer, problems_of, ticked
from state.ui.session import ask, clock, here

_STATUS = {
    InterestStatus.RECEIVED: "We have it, and will answer by the date below.",
    InterestStatus.ACCEPTED: "Accepted. We will be in touch to set up your access.",
    InterestStatus.DECLINED: "Declined.",
}


class MarketEntryState(rx.State):
    """One newcomer's form."""

    loaded: bool = False
    problems: dict[str, str] = {}
    in_uk: bool = True
    is_individual: bool = False
    reference: str = ""
    due: str = ""
    progress: dict[str, str] = {}

    @rx.event
    @for_anyone
    async def load(self):
        """Begin with an empty form, for whom the address says or for an organisation."""
        asked = str(self.router.url.query_parameters.get("as", ""))
        self.is_individual = asked == Applicant.INDIVIDUAL
        self.problems = {}
        self.progress = {}
        self.loaded = True

    @rx.event
    @for_anyone
    async def choose_applicant(self, value: str):
        """A private individual is asked for no company number, but for a date of birth."""
        self.is_individual = value == Applicant.INDIVIDUAL
        self.problems = {}

    @rx.event
    @for_anyone
    async def choose_registration(self, value: str):
        """In the UK a company number is asked for, elsewhere a country."""
        self.in_uk = value != "elsewhere"

    @rx.event
    @for_anyone_seldom
    async def send(self, form: dict):
        """Send the form, or say all that is wrong with it."""
        if answer(form, "website"):  # people do not see this box; programs fill it in
            return None
        try:
            receipt = await ask(
                market_entry.express_interest,
                actor=await here(self),
                interest=_read(form),
                now=clock(),
            )
        except InterestRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        self.problems = {}
        self.reference, self.due = receipt.reference, spoken_date(receipt.access_due_on)
        return rx.redirect("/market-entry/sent")

    @rx.event
    @for_anyone_seldom
    async def track(self, form: dict):
        """Say where an expression of interest has got to."""
        reference, email = answer(form, "reference"), answer(form, "email")
        found = await ask(
            market_entry.interest_progress,
            actor=await here(self),
            reference=reference,
            email=email,
        )
        self.progress = _shown(found) if found else {}
        self.problems = {} if found else {"reference": _NOT_FOUND}


_NOT_FOUND = (
    "We do not have an expression of interest with that reference and email address. Check both: "
    "the reference looks like EOI-2026-000123."
)


def _read(form: dict) -> ExpressionOfInterest:
    return ExpressionOfInterest(
        legal_name=answer(form, "legal_name"),
        registered_in_uk=answer(form, "registered") != "elsewhere",
        company_number=answer(form, "company_number"),
        country=answer(form, "country"),
        role_codes=ticked(form, "role_codes"),
        target_date=date_answer(form, "target_date"),
        description=answer(form, "description"),
        contact_name=answer(form, "contact_name"),
        job_title=answer(form, "job_title"),
        email=answer(form, "email"),
        phone=answer(form, "phone"),
        may_act=bool(ticked(form, "may_act")),
        applicant=_applicant(form),
        born_on=date_answer(form, "born_on"),
    )


def _applicant(form: dict) -> Applicant:
    is_individual = answer(form, "applicant") == Applicant.INDIVIDUAL
    return Applicant.INDIVIDUAL if is_individual else Applicant.ORGANISATION


def _shown(found: InterestProgress) -> dict[str, str]:
    return {
        "reference": found.reference,
        "status": found.status.value.capitalize(),
        "words": _STATUS[found.status],
        "due": spoken_date(found.access_due_on),
        "decided": spoken_moment(found.decided_at) if found.decided_at else "",
        "reason": found.reason,
    }
