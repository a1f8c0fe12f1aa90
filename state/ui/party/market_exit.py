"""Leaving the market on screen: propose a date, and see what was answered."""

from typing import Final

import reflex as rx

from state.domain.dates import spoken_date, spoken_moment
from state.domain.market_exit import ProposalStatus, WithdrawalProposal
from state.domain.permissions import Permission
from state.services import market_exit
from state.services.market_exit import ProposalInQueue, ProposalRefusedError
from state.ui.access import for_people
from state.ui.drafts import draft_here, filled, forget_draft_here, kept_words
from state.ui.forms import answer, date_answer, problems_of
from state.ui.session import ask, clock, company_here

FORM: Final = "market-exit"
"""Under what the form is kept while it is typed."""

_BOXES: Final = (
    "reason",
    *(
        f"{name}_{part}"
        for name in ("last_trading_day", "withdrawal_date")
        for part in ("day", "month", "year")
    ),
)


class MarketExitState(rx.State):
    """The company's proposals and the form for a new one."""

    loaded: bool = False
    earliest: str = ""
    may_propose: bool = False
    awaiting: bool = False
    proposals: list[dict[str, str]] = []
    problems: dict[str, str] = {}
    values: dict[str, str] = {}
    kept: str = ""
    drawn: int = 0
    sent: str = ""

    _told: bool = False

    @rx.event
    @for_people
    async def load(self):
        """Read the proposals of the company that is acted for."""
        actor, organisation_id = await company_here(self)
        self.problems = {}
        if self.sent and self._told:
            self.sent = ""
        self._told = bool(self.sent)
        self.may_propose = actor.may(Permission.EXIT_INITIATE, organisation_id)
        earliest = await ask(
            market_exit.earliest_date,
            actor=actor,
            organisation_id=organisation_id,
            today=clock().date(),
        )
        theirs = await ask(
            market_exit.proposals_of_company, actor=actor, organisation_id=organisation_id
        )
        self.earliest = spoken_date(earliest)
        self.proposals = [shown(proposal) for proposal in theirs]
        self.awaiting = any(proposal.status != ProposalStatus.DECLINED for proposal in theirs)
        await _take_up_what_was_typed(self)
        self.loaded = True

    @rx.event
    @for_people
    async def start_again(self):
        """Throw away what was kept of the form."""
        await forget_draft_here(self, FORM)
        self.problems = {}
        await _take_up_what_was_typed(self)

    @rx.event
    @for_people
    async def propose(self, form: dict):
        """Send the proposal, or say all that is wrong with it."""
        actor, organisation_id = await company_here(self)
        try:
            proposed = await ask(
                market_exit.propose_withdrawal,
                actor=actor,
                organisation_id=organisation_id,
                proposal=WithdrawalProposal(
                    withdrawal_date=date_answer(form, "withdrawal_date"),
                    last_trading_day=date_answer(form, "last_trading_day"),
                    reason=answer(form, "reason"),
                ),
                now=clock(),
            )
        except ProposalRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        await forget_draft_here(self, FORM)
        self.sent = f"{proposed.reference} is sent. We will answer here."
        return MarketExitState.load


async def _take_up_what_was_typed(screen: MarketExitState) -> None:
    """What was typed and not sent, as when one had to sign in again first, stands there again."""
    typed = await draft_here(screen, FORM)
    screen.values = filled(dict.fromkeys(_BOXES, ""), typed)
    screen.kept = kept_words(typed)
    screen.drawn += 1


def shown(proposal: ProposalInQueue) -> dict[str, str]:
    """One proposal in words."""
    return {
        "reference": proposal.reference,
        "organisation": proposal.organisation_name,
        "withdrawal_date": spoken_date(proposal.withdrawal_date),
        "last_trading_day": spoken_date(proposal.last_trading_day),
        "reason": proposal.reason,
        "proposed": spoken_moment(proposal.proposed_at),
        "status": proposal.status.value.capitalize(),
        "decided": spoken_moment(proposal.decided_at) if proposal.decided_at else "",
        "decision_reason": proposal.decision_reason,
    }
