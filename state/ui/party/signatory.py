"""The form of a signatory on screen: which categories a colleague holds."""

import reflex as rx

from state.domain.changes import ChangeAction, ChangeKind
from state.domain.signatory import Grant, grants_after, grants_in_words, read_grants, write_grants
from state.services import change_beginnings, changes
from state.services.changes import ChangeRefusedError, Proposal
from state.ui.access import for_people
from state.ui.forms import answer, date_answer, problems_of, ticked
from state.ui.session import ask, clock, company_here


class SignatoryState(rx.State):
    """One colleague's categories: those held stay as they are, new ones get role and dates."""

    title: str = ""
    loaded: str = ""
    is_end: bool = False
    held_words: str = ""
    held_letters: str = ""
    problems: dict[str, str] = {}

    _held: str = ""
    _row_version: int = 0

    @rx.event
    @for_people
    async def load(self):
        """Begin with what the colleague holds."""
        self.problems = {}
        named = self.router.url.query_parameters
        subject = str(named.get("id", ""))[:40]
        self.is_end = named.get("end", "") == "yes"
        actor, organisation_id = await company_here(self)
        held = await ask(
            change_beginnings.record_to_change,
            actor=actor,
            organisation_id=organisation_id,
            kind=ChangeKind.SIGNATORY,
            subject=subject,
        )
        self._held = held.values.get("categories", "")
        self._row_version = held.row_version
        self.held_words = grants_in_words(self._held)
        self.held_letters = " ".join(grant.category for grant in read_grants(self._held))
        self.title, self.loaded = held.title, subject

    @rx.event
    @for_people
    async def keep(self, typed: dict):
        """Keep it as a draft to be looked at, or say all that is wrong with it."""
        actor, organisation_id = await company_here(self)
        new = Grant(
            "",
            answer(typed, "role_code"),
            date_answer(typed, "since"),
            date_answer(typed, "until"),
        )
        letters = () if self.is_end else ticked(typed, "categories")
        if not letters and not self.is_end:
            self.problems = {"categories": "Select at least one category, or end them all instead"}
            return rx.set_focus("error-summary")
        grants = grants_after(read_grants(self._held), letters, new)
        try:
            draft = await ask(
                changes.prepare_change,
                actor=actor,
                organisation_id=organisation_id,
                proposal=Proposal(
                    kind=ChangeKind.SIGNATORY,
                    action=ChangeAction.END if self.is_end else ChangeAction.CHANGE,
                    subject=self.loaded,
                    values={"categories": write_grants(grants)},
                    base_version=self._row_version,
                    effective_on=date_answer(typed, "effective_on"),
                    reason=answer(typed, "reason"),
                    seen={"categories": self._held},
                ),
                now=clock(),
            )
        except ChangeRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        return rx.redirect(f"/account/change?id={draft}")
