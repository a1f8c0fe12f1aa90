"""Who may sign for the company, on screen: the list, its yearly confirmation, one's own phrase."""

import reflex as rx

from state.domain.dates import spoken_date
from state.domain.permissions import SIGNS, Permission
from state.services import registered, signatory_confirmations, verification_phrases
from state.services.registered import Entry
from state.services.signatory_confirmations import ConfirmationRefusedError, ListToConfirm
from state.ui.access import for_people
from state.ui.forms import problems_of
from state.ui.register_list import RegisterList, look, row_of
from state.ui.session import ask, clock, company_here

_PATH = "/account/signatories"
_FORM = "/account/signatory"


class SignatoriesState(RegisterList, rx.State):
    """The signatories of the chosen tab."""

    duty: dict[str, str] = {}
    lines: list[dict[str, str]] = []
    problems: dict[str, str] = {}
    signs: bool = False
    phrase_made: str = ""

    _digest: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Read them."""
        self.problems = {}
        await _look(self)

    @rx.event
    @for_people
    async def confirm(self):
        """Confirm the list as it is shown."""
        return await _confirm(self)


async def _confirm(screen: SignatoriesState) -> object:
    actor, organisation_id = await company_here(screen)
    try:
        public_id = await ask(
            signatory_confirmations.confirm_signatories,
            actor=actor,
            organisation_id=organisation_id,
            digest=screen._digest,
            now=clock(),
        )
    except ConfirmationRefusedError as refused:
        await _look(screen)
        screen.problems = problems_of(refused)
        return rx.set_focus("error-summary")
    return rx.redirect(f"/account/signatories/certificate?id={public_id}")


async def _look(screen: SignatoriesState) -> None:
    actor, organisation_id = await company_here(screen)
    duty = await ask(
        signatory_confirmations.list_to_confirm,
        actor=actor,
        organisation_id=organisation_id,
        now=clock(),
    )
    made_at = await ask(verification_phrases.phrase_made_at, actor=actor)
    screen.duty = _duty(duty, may=actor.may(Permission.SIGNATORY_CONFIRM, organisation_id))
    screen.lines = [{"name": one.name, "signs_for": one.signs_for} for one in duty.lines]
    screen._digest = duty.digest
    screen.signs = actor.capacity in SIGNS
    screen.phrase_made = spoken_date(made_at.date()) if made_at else ""
    await look(
        screen,
        registered.signatories_of,
        path=_PATH,
        permission=Permission.SIGNATORY_PREPARE,
        row=_row,
    )


def _row(entry: Entry, may_change: bool) -> dict[str, str]:  # noqa: FBT001
    lines = (entry.words["categories"], entry.words["email"])
    return row_of(entry, lines, _FORM, may_change=may_change)


def _duty(found: ListToConfirm, *, may: bool) -> dict[str, str]:
    """What is to be confirmed by when, for whoever may; and what was confirmed last."""
    due = spoken_date(found.due_on) if found.due_on else ""
    return {
        "overdue": f"The list should have been confirmed by {due}." if found.is_overdue else "",
        "soon": f"Confirm the list by {due}." if found.is_asked and not found.is_overdue else "",
        "may": "yes" if may and found.due_on else "",
        "due": due,
        "last": spoken_date(found.last_on) if found.last_on else "",
        "certificate": f"/account/signatories/certificate?id={found.last_public_id}",
    }
