"""One expression of interest on the staff's screen, and the decision."""

from collections.abc import Callable
from datetime import datetime

import reflex as rx

from state.domain.dates import spoken_date, spoken_moment
from state.domain.identity_check import IdentityStatus
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
from state.services import identity_checks, market_entry
from state.services.identity_checks import HeldIdentityCheck, IdentityRefusedError
from state.services.market_entry import InterestInFull, InterestRefusedError
from state.ui.access import for_staff
from state.ui.forms import answer, problems_of, yes_or_no
from state.ui.session import ask, clock, here
from state.ui.staff.queues import QueuesState

_LONGEST_ID = 40
_IDENTITY_TONES = {
    IdentityStatus.VERIFIED: "good",
    IdentityStatus.FAILED: "bad",
    IdentityStatus.REFUSED: "bad",
    IdentityStatus.EXPIRED: "warn",
}
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
    may_prove: bool = False
    is_individual: bool = False
    checks: list[dict[str, str]] = []
    said: str = ""
    problems: dict[str, str] = {}

    @rx.event
    @for_staff
    async def load(self):
        """Read the one that the address names."""
        self.problems, self.said = {}, ""
        actor = await here(self)
        reference = str(self.router.url.query_parameters.get("reference", ""))[:20]
        try:
            found = await ask(market_entry.interest_in_full, actor=actor, reference=reference)
        except InterestRefusedError as refused:
            self.told, self.problems = {}, problems_of(refused)
            return
        self.told = _shown(found, clock())
        self.may_decide = actor.may(Permission.EOI_TRIAGE) and found.decided_at is None
        self.may_prove = actor.may(Permission.EOI_TRIAGE) and found.summary.status != "declined"
        self.is_individual = found.told.applicant is Applicant.INDIVIDUAL
        await _read_checks(self)

    @rx.event
    @for_staff
    async def ask_for_identity(self):
        """Mail the link of an identity check."""
        return await _do(
            self,
            identity_checks.ask_for_identity,
            "The link of the identity check is on its way.",
            reference=self.told.get("reference", ""),
        )

    @rx.event
    @for_staff
    async def decide_identity(self, form: dict):
        """Confirm by hand who they are, or refuse what was found."""
        accept = {"confirm": True, "refuse": False}.get(answer(form, "identity"))
        if accept is None:
            self.problems = {"identity": "Select whether you confirm or refuse"}
            return rx.set_focus("error-summary")
        return await _do(
            self,
            identity_checks.decide_identity,
            "Your decision on their identity is kept.",
            public_id=answer(form, "check")[:_LONGEST_ID],
            accept=accept,
            note=answer(form, "note"),
        )

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


async def _do(
    screen: InterestState, service: Callable[..., object], said: str, **arguments: object
) -> object:
    try:
        await ask(service, actor=await here(screen), now=clock(), **arguments)
    except IdentityRefusedError as refused:
        screen.problems, screen.said = problems_of(refused), ""
        return rx.set_focus("error-summary")
    screen.problems, screen.said = {}, said
    await _read_checks(screen)
    return None


async def _read_checks(screen: InterestState) -> None:
    found = await ask(
        identity_checks.identity_checks_of,
        actor=await here(screen),
        reference=screen.told.get("reference", ""),
        now=clock(),
    )
    screen.checks = [_check(one, is_newest=at == 0) for at, one in enumerate(found)]


def _check(one: HeldIdentityCheck, *, is_newest: bool) -> dict[str, str]:
    by_hand = f"{one.note} ({one.decided_by})" if one.decided_by else ""
    return {
        "public_id": one.public_id,
        "status": one.status.value.capitalize(),
        "tone": _IDENTITY_TONES.get(one.status, "info"),
        "why": by_hand or one.why,
        "provider": one.provider,
        "level": one.assurance_level.capitalize(),
        "asked": f"{spoken_moment(one.asked_at)}, by {one.asked_by}",
        "checked": spoken_moment(one.checked_at) if one.checked_at else "",
        "until": spoken_date(one.verified_until) if one.verified_until else "",
        "can_decide": "yes" if is_newest and one.status is not IdentityStatus.REFUSED else "",
    }


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
