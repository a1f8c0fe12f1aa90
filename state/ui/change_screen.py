"""One change on screen: looked at, sent, decided on, stopped, merged.

A page of the company's changes and one of the operator's own are screens of it.
"""

import reflex as rx

from state.domain.change_words import STATUS_WORDS
from state.domain.changes import ChangeStatus, Slot
from state.services import change_decisions, change_merge, change_views, changes
from state.services.changes import ChangeRefusedError
from state.ui.access import for_people
from state.ui.change_words import field_rows, meeting_rows, shown_change, story
from state.ui.forms import answer, problems_of
from state.ui.session import ask, clock, whose

_SAID = {
    ChangeStatus.APPLIED: "Done. It counts now.",
    ChangeStatus.SCHEDULED: "Agreed. It counts from its date on.",
    ChangeStatus.AWAITING_APPROVAL: "Sent. A colleague who may approve it has been told.",
    ChangeStatus.AWAITING_CALL_BACK: "Approved. We call a number that we hold already.",
    ChangeStatus.CONFLICT: "Somebody changed this meanwhile. Choose below.",
    ChangeStatus.RETURNED: "Returned to your colleague.",
    ChangeStatus.REFUSED: "Refused. Your colleague has been told.",
}
_SLOTS = {"return": Slot.RETURN, "refuse": Slot.REFUSE}


class ChangeScreen(rx.State, mixin=True):
    """A change as whoever is here sees it."""

    change: dict[str, str] = {}
    fields: list[dict[str, str]] = []
    meetings: list[dict[str, str]] = []
    story: list[dict[str, str]] = []
    problems: dict[str, str] = {}
    said: str = ""
    send_words: str = ""
    may_edit: bool = False
    may_approve: bool = False
    may_stop: bool = False
    may_withdraw: bool = False

    _digest: str = ""
    _of_operator: bool = False
    _is_dated: bool = False

    @rx.event
    @for_people
    async def load(self):
        """Read the one that the address names."""
        self.problems, self.said, self.change = {}, "", {}
        await _look(self, str(self.router.url.query_parameters.get("id", ""))[:40])

    @rx.event
    @for_people
    async def submit(self):
        """Send it on."""
        return await _do(self, changes.submit_change, digest=self._digest)

    @rx.event
    @for_people
    async def withdraw(self):
        """Take it back."""
        return await _do(self, change_decisions.withdraw_change)

    @rx.event
    @for_people
    async def stop(self, typed: dict):
        """Stop it."""
        return await _do(self, change_decisions.stop_change, reason=answer(typed, "stop_reason"))

    @rx.event
    @for_people
    async def merge(self, typed: dict):
        """Go on with what was chosen of each field that both changed."""
        met = [row["field"] for row in self.meetings]
        theirs = frozenset(name for name in met if answer(typed, f"take.{name}") != "yours")
        return await _do(self, change_merge.merge_change, take_theirs=theirs)

    @rx.event
    @for_people
    async def decide(self, typed: dict):
        """Approve, return or refuse it, as it was shown."""
        decision = answer(typed, "decision")
        if decision == "approve":
            return await _do(self, change_decisions.approve_change, digest=self._digest)
        if decision in _SLOTS:
            return await _do(
                self,
                change_decisions.send_back,
                digest=self._digest,
                slot=_SLOTS[decision],
                reason=answer(typed, "reason"),
            )
        self.problems = {"decision": "Select what you decide"}
        return rx.set_focus("error-summary")


async def _do(screen: ChangeScreen, service, **arguments: object) -> object:  # noqa: ANN001
    """Do it, show what has become of the change, and say so; or say all that is wrong."""
    actor, organisation_id = await whose(screen)
    public_id = screen.change.get("public_id", "")
    try:
        came_to = await ask(
            service,
            actor=actor,
            organisation_id=organisation_id,
            public_id=public_id,
            now=clock(),
            **arguments,
        )
    except ChangeRefusedError as refused:
        problems = problems_of(refused)
        stopping = service is change_decisions.stop_change and "reason" in problems
        screen.problems = {"stop_reason": problems["reason"]} if stopping else problems
        return rx.set_focus("error-summary")
    screen.problems = {}
    await _look(screen, public_id)
    if screen._is_dated and came_to is ChangeStatus.APPLIED:
        came_to = ChangeStatus.SCHEDULED  # it is written, and counts from its own date on
    screen.said = _SAID.get(came_to, f"{STATUS_WORDS[ChangeStatus(screen.change['key'])][0]}.")
    return None


async def _look(screen: ChangeScreen, public_id: str) -> None:
    actor, organisation_id = await whose(screen)
    found = await ask(
        change_views.change_to_see,
        actor=actor,
        organisation_id=organisation_id,
        public_id=public_id,
    )
    screen.change = shown_change(found)
    screen.fields = field_rows(found)
    screen.meetings = meeting_rows(found)
    screen.story = story(found)
    screen.send_words = "Make this change" if found.counts_at_once else "Send for approval"
    screen.may_edit = found.may_edit
    screen.may_approve = Slot.APPROVE in found.may
    screen.may_stop = Slot.STOP in found.may
    screen.may_withdraw = Slot.WITHDRAW in found.may
    screen._digest = found.digest
