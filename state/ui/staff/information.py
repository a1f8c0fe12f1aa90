"""One request for information on the staff's screen, and what becomes of the answer."""

import reflex as rx

from state.domain.information_requests import RequestStatus, usual_due_date
from state.domain.permissions import Permission
from state.services import information_decisions, information_requests
from state.services.information_requests import InformationRefusedError
from state.ui.access import for_staff
from state.ui.forms import answer, date_answer, problems_of
from state.ui.information_words import file_words, line_words, step_words
from state.ui.session import ask, clock, here
from state.ui.staff.doing import done


class InformationState(rx.State):
    """The request that the address names."""

    loaded: bool = False
    request: dict[str, str] = {}
    steps: list[dict[str, str]] = []
    files: list[dict[str, str]] = []
    may_decide: bool = False
    may_withdraw: bool = False
    usual_due: str = ""
    problems: dict[str, str] = {}
    said: str = ""
    version: int = 0

    _reference: str = ""

    @rx.event
    @for_staff
    async def load(self):
        """Read it."""
        self._reference = str(self.router.url.query_parameters.get("reference", ""))[:20]
        self.problems, self.said, self.request = {}, "", {}
        self.may_decide = self.may_withdraw = False
        try:
            await _read(self)
        except InformationRefusedError as refused:
            self.problems = problems_of(refused)
        self.loaded = True

    @rx.event
    @for_staff
    async def decide(self, form: dict):
        """Accept the answer, or return it with what is missing."""
        reason, decision = answer(form, "reason"), answer(form, "decision")
        if decision not in {"accept", "return"}:
            self.problems = {"decision": "Select whether you accept or return the answer"}
            return rx.set_focus("error-summary")
        told = {"reference": self._reference, "reason": reason}
        if decision == "accept":
            said = "The answer is accepted. The company is told."
            return await done(self, _read, information_decisions.accept_answer, said, **told)
        return await done(
            self,
            _read,
            information_decisions.return_answer,
            "The answer is returned. The company is told what is missing.",
            **told,
            due_on=date_answer(form, "due_on"),
        )

    @rx.event
    @for_staff
    async def withdraw(self, form: dict):
        """Ask no more."""
        result = await done(
            self,
            _read,
            information_decisions.withdraw_request,
            "The request is withdrawn. The company is told.",
            reference=self._reference,
            reason=answer(form, "why"),
        )
        if "reason" in self.problems:
            self.problems = {"why": self.problems["reason"]}
        return result


async def _read(screen: InformationState) -> None:
    actor, now = await here(screen), clock()
    found = await ask(
        information_requests.request_for_staff,
        actor=actor,
        reference=screen._reference,
        now=now,
    )
    status, asks = found.line.status, actor.may(Permission.INFORMATION_ASK)
    screen.request = line_words(found.line) | {"text": found.text}
    screen.steps = [step_words(step) for step in found.steps]
    screen.files = [file_words(file) for file in found.files]
    screen.may_decide = asks and status is RequestStatus.ANSWERED
    screen.may_withdraw = asks and status in {RequestStatus.ASKED, RequestStatus.ANSWERED}
    screen.usual_due = usual_due_date(now.date()).isoformat()
