"""A form of one registered record: what it begins with, what is confirmed, and keeping a draft.

Each page of such a form is a screen of its own with its `_kind`; what they share stands here.
"""

import reflex as rx

from state.domain.change_forms import questions_of
from state.domain.changes import ChangeAction, ChangeKind
from state.domain.dates import spoken_time_of_day
from state.services import change_beginnings, changes, shared_drafts
from state.services.changes import ChangeRefusedError, Proposal
from state.ui.access import for_people
from state.ui.drafts import draft_here, forget_draft_here, is_outdated, kept_words
from state.ui.forms import (
    answer,
    answers,
    confirmations_after,
    date_answer,
    problems_of,
    unreal_date,
    without_problems,
)
from state.ui.session import ask, clock, whose

_LONGEST_ID = 40


class RecordForm(rx.State, mixin=True):
    """The form: a record of the company, a new one, or a draft to be typed again."""

    title: str = ""
    loaded: str = ""
    is_new: bool = False
    is_end: bool = False
    values: dict[str, str] = {}
    problems: dict[str, str] = {}
    confirmations: dict[str, str] = {}
    effective_on: str = ""
    reason: str = ""
    draft_key: str = ""
    basis: str = ""
    kept: str = ""
    is_outdated: bool = False
    held_by: str = ""
    drawn: int = 0

    _kind: str = ""
    _of_operator: bool = False
    _shown_at: str = "/account/change"
    _subject: str = ""
    _row_version: int = 0
    _draft: str = ""
    _seen: dict[str, str] = {}

    @rx.event
    @for_people
    async def load(self):
        """Begin with what the address names."""
        await begin(self)

    @rx.event
    @for_people
    async def confirm(self, name: str, typed: str):
        """Say that a code is good as soon as its box is left; what is wrong waits for saving."""
        self.confirmations = confirmations_after(
            self.confirmations, questions_of(ChangeKind(self._kind)), name, typed
        )

    @rx.event
    @for_people
    async def choose(self, name: str, value: str):
        """Ask what an answer makes needed, and no more what it makes needless."""
        self.values = self.values | {str(name)[:_LONGEST_ID]: str(value)[:_LONGEST_ID]}

    @rx.event
    @for_people
    async def start_again(self):
        """Throw away what was kept of the form, and begin with the record as it is held."""
        await forget_draft_here(self, self.draft_key)
        await begin(self)

    @rx.event
    @for_people
    async def take_over(self):
        """Go on with what a colleague typed here."""
        actor, organisation_id = await whose(self)
        await ask(
            shared_drafts.take_over,
            actor=actor,
            organisation_id=organisation_id,
            kind=ChangeKind(self._kind),
            form_key=self.draft_key,
            now=clock(),
        )
        await begin(self)

    @rx.event
    @for_people
    async def keep(self, typed: dict):
        """Keep it as a draft to be looked at, or say all that is wrong with it."""
        return await keep(self, typed)


async def begin(screen: RecordForm) -> None:
    """Fill the form from the record, or from the draft, that the address names."""
    screen.problems, screen.confirmations = {}, {}
    named = screen.router.url.query_parameters
    subject, draft = (str(named.get(name, ""))[:_LONGEST_ID] for name in ("id", "draft"))
    actor, organisation_id = await whose(screen)
    screen.is_end = named.get("end", "") == "yes"
    if draft:
        proposal, title = await ask(
            change_beginnings.draft_to_change,
            actor=actor,
            organisation_id=organisation_id,
            public_id=draft,
        )
        await _fill(screen, proposal, title, draft)
        return
    held = await ask(
        change_beginnings.record_to_change,
        actor=actor,
        organisation_id=organisation_id,
        kind=ChangeKind(screen._kind),
        subject=subject,
    )
    action = ChangeAction.CHANGE if held.row_version else ChangeAction.ADD
    await _fill(
        screen,
        Proposal(
            kind=ChangeKind(screen._kind),
            action=ChangeAction.END if screen.is_end else action,
            subject=subject,
            values=held.values,
            base_version=held.row_version,
            seen=dict(held.values),
        ),
        held.title,
        "",
    )


async def _fill(screen: RecordForm, proposal: Proposal, title: str, draft: str) -> None:
    screen.title = title
    screen.is_new = proposal.action is ChangeAction.ADD
    screen.is_end = proposal.action is ChangeAction.END
    questions = questions_of(ChangeKind(screen._kind))
    screen.values = {
        field.name: field.as_typed(proposal.values.get(field.name, ""))
        for field in questions.fields
    }
    screen.effective_on = proposal.effective_on.isoformat() if proposal.effective_on else ""
    screen.reason = proposal.reason
    screen._subject, screen._row_version = proposal.subject, proposal.base_version
    screen._draft = draft
    screen._seen = dict(proposal.seen or {})
    screen.loaded = draft or proposal.subject or "new"
    await _take_up_what_was_typed(screen)


async def _take_up_what_was_typed(screen: RecordForm) -> None:
    """What somebody typed here and did not send, as after a time-out, stands in the form again."""
    screen.draft_key = f"{screen._kind.replace('_', '-')}:{screen.loaded}".lower()
    screen.basis = str(screen._row_version)
    screen.held_by = await _held_by(screen)
    typed = None if screen.is_end else await draft_here(screen, screen.draft_key)
    if typed is not None:
        screen.values = answers(typed.fields, questions_of(ChangeKind(screen._kind)))
        screen.reason = answer(typed.fields, "reason")
    screen.kept, screen.is_outdated = kept_words(typed), is_outdated(typed, screen.basis)
    screen.drawn += 1


async def _held_by(screen: RecordForm) -> str:
    """Which colleague is at the form of this record, and since when; nobody is at a new one's."""
    if screen.is_end or not screen._subject:
        return ""
    actor, organisation_id = await whose(screen)
    found = await ask(
        shared_drafts.colleague_at,
        actor=actor,
        organisation_id=organisation_id,
        kind=ChangeKind(screen._kind),
        form_key=screen.draft_key,
        now=clock(),
    )
    if found is None:
        return ""
    return f"{found.name} is at this form, and typed last on {spoken_time_of_day(found.at)}."


async def keep(screen: RecordForm, typed: object) -> object:
    """Keep what was typed as a draft and show it, or say all that is wrong with it."""
    actor, organisation_id = await whose(screen)
    questions = questions_of(ChangeKind(screen._kind))
    given = screen._seen if screen.is_end else answers(typed, questions)
    if wrong_date := unreal_date(typed, "effective_on", "The date"):
        screen.problems = {
            reason.field: reason.reason for reason in (*questions.refusals(given), wrong_date)
        }
        screen.confirmations = without_problems(screen.confirmations, screen.problems)
        return rx.set_focus("error-summary")
    action = ChangeAction.ADD if screen.is_new else ChangeAction.CHANGE
    try:
        draft = await ask(
            changes.prepare_change,
            actor=actor,
            organisation_id=organisation_id,
            proposal=Proposal(
                kind=ChangeKind(screen._kind),
                action=ChangeAction.END if screen.is_end else action,
                subject=screen._subject,
                values=given,
                base_version=screen._row_version,
                effective_on=date_answer(typed, "effective_on"),
                reason=answer(typed, "reason"),
                seen=screen._seen or None,
            ),
            now=clock(),
            public_id=screen._draft,
        )
    except ChangeRefusedError as refused:
        screen.problems = problems_of(refused)
        screen.confirmations = without_problems(screen.confirmations, screen.problems)
        return rx.set_focus("error-summary")
    await forget_draft_here(screen, screen.draft_key)
    screen.loaded = ""  # nobody types into a form that is about to be filled anew
    return rx.redirect(f"{screen._shown_at}?id={draft}")
