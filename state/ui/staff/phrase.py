"""Checking the phrase that a caller says, on screen."""

import reflex as rx

from state.domain.permissions import Permission
from state.services import verification_phrases
from state.services.verification_phrases import PhraseRefusedError
from state.ui.access import for_staff
from state.ui.forms import answer, problems_of
from state.ui.session import ask, clock, here


class PhraseState(rx.State):
    """The form, and what came of it."""

    problems: dict[str, str] = {}
    right: str = ""
    wrong: str = ""

    @rx.event
    @for_staff
    async def load(self):
        """Begin with nothing."""
        (await here(self)).require(Permission.PEOPLE_VIEW)
        self.problems, self.right, self.wrong = {}, "", ""

    @rx.event
    @for_staff
    async def check(self, typed: dict):
        """Say whether it is right."""
        self.problems, self.right, self.wrong = {}, "", ""
        return await _check(self, typed)


async def _check(screen: PhraseState, typed: object) -> object:
    try:
        found = await ask(
            verification_phrases.check_phrase,
            actor=await here(screen),
            email=answer(typed, "email"),
            phrase=answer(typed, "phrase"),
            now=clock(),
        )
    except PhraseRefusedError as refused:
        screen.problems = problems_of(refused)
        return rx.set_focus("error-summary")
    if found.is_right:
        screen.right = f"Right. You are speaking to {found.name}."
    else:
        screen.wrong = "Not right. Tell the caller nothing, and do nothing that they ask for."
    return None
