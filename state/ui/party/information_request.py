"""One request for information on the company's screen: what is asked, the files and the answer."""

import reflex as rx

from state.domain.information_requests import RequestStatus, RequestStep
from state.domain.permissions import Permission
from state.domain.rules import largest_upload_megabytes
from state.services import information_answers, information_requests
from state.services.information_requests import InformationRefusedError
from state.ui.access import for_people
from state.ui.drafts import draft_here, filled, forget_draft_here, kept_words
from state.ui.forms import answer, problems_of
from state.ui.information_words import file_words, line_words, step_words
from state.ui.session import ask, clock, company_here


class InformationRequestState(rx.State):
    """The request that the address names."""

    loaded: bool = False
    request: dict[str, str] = {}
    steps: list[dict[str, str]] = []
    added: list[dict[str, str]] = []
    files: list[dict[str, str]] = []
    missing: str = ""
    may_answer: bool = False
    most_megabytes: int = 0
    problems: dict[str, str] = {}
    values: dict[str, str] = {}
    kept: str = ""
    drawn: int = 0
    said: str = ""
    form_key: str = ""

    _reference: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Read it, and what was typed and not sent."""
        self._reference = str(self.router.url.query_parameters.get("reference", ""))[:20]
        self.problems, self.said, self.request = {}, "", {}
        self.form_key = f"information-{self._reference.lower()}"
        try:
            await _read(self)
        except InformationRefusedError as refused:
            self.problems = problems_of(refused)
        await _take_up_what_was_typed(self)
        self.loaded = True

    @rx.event
    @for_people
    async def refresh(self):
        """A file came by its own door: read what there is now; what is typed stays as it is."""
        await _read(self)

    @rx.event
    @for_people
    async def take_away(self, public_id: str):
        """Take away a file that was not sent yet."""
        actor, organisation_id = await company_here(self)
        name = await ask(
            information_answers.remove_file,
            actor=actor,
            organisation_id=organisation_id,
            public_id=str(public_id)[:40],
            now=clock(),
        )
        await _read(self)
        self.said = f"{name} is taken away."
        return rx.set_focus("upload-file")

    @rx.event
    @for_people
    async def start_again(self):
        """Throw away what was kept of the form."""
        await forget_draft_here(self, self.form_key)
        self.problems = {}
        await _take_up_what_was_typed(self)

    @rx.event
    @for_people
    async def send(self, form: dict):
        """Send the answer, or say what is wrong with it."""
        actor, organisation_id = await company_here(self)
        try:
            await ask(
                information_answers.answer_request,
                actor=actor,
                organisation_id=organisation_id,
                reference=self._reference,
                text=answer(form, "answer"),
                now=clock(),
            )
        except InformationRefusedError as refused:
            self.problems, self.said = problems_of(refused), ""
            return rx.set_focus("error-summary")
        await forget_draft_here(self, self.form_key)
        self.problems = {}
        self.said = f"Your answer to {self._reference} is sent. We look at it and answer here."
        await _read(self)
        return None


async def _read(screen: InformationRequestState) -> None:
    actor, organisation_id = await company_here(screen)
    found = await ask(
        information_requests.request_for_company,
        actor=actor,
        organisation_id=organisation_id,
        reference=screen._reference,
        now=clock(),
    )
    screen.request = line_words(found.line) | {"text": found.text}
    screen.steps = [step_words(step) for step in found.steps]
    screen.added = [file_words(file) for file in found.files if file.sent_at is None]
    screen.files = [file_words(file) for file in found.files if file.sent_at is not None]
    waits = found.line.status is RequestStatus.ASKED
    screen.may_answer = waits and actor.may(Permission.INFORMATION_ANSWER, organisation_id)
    last = found.steps[-1]
    screen.missing = last.said if last.what is RequestStep.RETURNED else ""
    screen.most_megabytes = largest_upload_megabytes(clock().date())


async def _take_up_what_was_typed(screen: InformationRequestState) -> None:
    typed = await draft_here(screen, screen.form_key)
    screen.values = filled({"answer": ""}, typed)
    screen.kept = kept_words(typed)
    screen.drawn += 1
