"""One proposal to withdraw on the staff's screen, and the decision."""

import reflex as rx

from state.domain.permissions import Permission
from state.services import market_exit
from state.services.market_exit import ProposalRefusedError
from state.ui.access import for_staff
from state.ui.forms import answer, problems_of, yes_or_no
from state.ui.party.market_exit import shown
from state.ui.session import ask, clock, here
from state.ui.staff.queues import QueuesState


class WithdrawalState(rx.State):
    """What is proposed, and what can be decided."""

    proposal: dict[str, str] = {}
    may_decide: bool = False
    problems: dict[str, str] = {}

    @rx.event
    @for_staff
    async def load(self):
        """Read the one that the address names."""
        self.problems = {}
        actor = await here(self)
        reference = str(self.router.url.query_parameters.get("reference", ""))[:20]
        try:
            found = await ask(market_exit.proposal_in_full, actor=actor, reference=reference)
        except ProposalRefusedError as refused:
            self.proposal, self.problems = {}, problems_of(refused)
            return
        self.proposal = shown(found)
        self.may_decide = actor.may(Permission.EXIT_DECIDE) and found.decided_at is None

    @rx.event
    @for_staff
    async def decide(self, form: dict):
        """Accept or decline, or say what is missing."""
        reference, accept = self.proposal.get("reference", ""), yes_or_no(form)
        if accept is None:
            self.problems = {"decision": "Select whether you accept or decline"}
            return rx.set_focus("error-summary")
        try:
            await ask(
                market_exit.decide_proposal,
                actor=await here(self),
                reference=reference,
                accept=accept,
                reason=answer(form, "reason"),
                now=clock(),
            )
        except ProposalRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        screen = await self.get_state(QueuesState)
        said = "accepted" if accept else "declined"
        screen.done = f"{reference} is {said}. The company can see your answer."
        return rx.redirect("/staff")
