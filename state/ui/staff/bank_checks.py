"""Changes to bank accounts that wait for the operator's people, on screen."""

import reflex as rx

from state.domain.change_words import BANK_PURPOSE_WORDS, STATUS_WORDS
from state.domain.changes import ChangeStatus
from state.domain.dates import spoken_moment
from state.services import bank_checks
from state.services.bank_checks import BankChangeToCheck
from state.services.changes import ChangeRefusedError
from state.ui.access import for_staff
from state.ui.forms import answer, problems_of
from state.ui.session import ask, clock, here


class BankChecksState(rx.State):
    """The list, oldest first, and the one that is worked on."""

    loaded: bool = False
    rows: list[dict[str, str]] = []
    chosen: dict[str, str] = {}
    facts: list[dict[str, str]] = []
    flags: list[str] = []
    to_call: list[dict[str, str]] = []
    problems: dict[str, str] = {}
    said: str = ""

    _digests: dict[str, str] = {}

    @rx.event
    @for_staff
    async def load(self):
        """Read them, and the one that the address names."""
        self.problems, self.said = {}, ""
        await _look(self, str(self.router.url.query_parameters.get("id", ""))[:40])

    @rx.event
    @for_staff
    async def call_back(self, typed: dict):
        """Write down how the call went."""
        outcome = answer(typed, "outcome")
        if outcome not in {"confirmed", "not_confirmed"}:
            self.problems = {"outcome": "Select whether they confirmed it"}
            return rx.set_focus("error-summary")
        return await _do(
            self,
            bank_checks.record_call_back,
            confirmed=outcome == "confirmed",
            comment=answer(typed, "comment"),
        )

    @rx.event
    @for_staff
    async def activate(self):
        """Put it to use after the cooling-off."""
        return await _do(self, bank_checks.activate_account)


async def _do(screen: BankChecksState, service, **arguments: object) -> object:  # noqa: ANN001
    public_id = screen.chosen.get("public_id", "")
    try:
        came_to = await ask(
            service,
            actor=await here(screen),
            public_id=public_id,
            digest=screen._digests.get(public_id, ""),
            now=clock(),
            **arguments,
        )
    except ChangeRefusedError as refused:
        screen.problems = problems_of(refused)
        return rx.set_focus("error-summary")
    screen.problems = {}
    company = screen.chosen["company"]
    await _look(screen, "")
    screen.said = f"{company}: {STATUS_WORDS[ChangeStatus(came_to)][0].lower()}."
    return None


async def _look(screen: BankChecksState, public_id: str) -> None:
    found = await ask(bank_checks.bank_changes_to_check, actor=await here(screen))
    screen.rows = [_row(one) for one in found]
    screen._digests = {one.public_id: one.digest for one in found}
    one = next((one for one in found if one.public_id == public_id), None)
    screen.chosen = _row(one) if one else {}
    screen.facts = _facts(one) if one else []
    screen.flags = list(one.flags) if one else []
    screen.to_call = (
        [{"name": who.name, "phone": who.phone} for who in one.whom_to_call] if one else []
    )
    screen.loaded = True


def _row(one: BankChangeToCheck) -> dict[str, str]:
    waits_for_call = one.status is ChangeStatus.AWAITING_CALL_BACK
    return {
        "public_id": one.public_id,
        "company": one.company,
        "purpose": BANK_PURPOSE_WORDS[one.purpose][0],
        "waits_for": "A call-back" if waits_for_call else "Putting to use",
        "step": "call" if waits_for_call else "activate",
        "by": one.made_by,
        "at": spoken_moment(one.submitted_at),
        "odd": f"{len(one.flags)} odd" if one.flags else "",
        "mine": "yes" if one.checked_by_me else "",
    }


def _facts(one: BankChangeToCheck) -> list[dict[str, str]]:
    labels = [*one.after, *(label for label in one.before if label not in one.after)]
    return [
        {"label": label, "before": one.before.get(label, ""), "after": one.after.get(label, "")}
        for label in labels
    ]
