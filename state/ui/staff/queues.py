"""The staff queues on screen: who wishes to join, who to leave, and what companies are asked."""

from datetime import datetime

import reflex as rx

from state.domain.dates import spoken_date, spoken_moment
from state.domain.market_entry import AccessClock, access_clock
from state.domain.permissions import Permission
from state.services import information_requests, market_entry, market_exit
from state.services.market_entry import InterestInQueue
from state.ui.access import for_staff
from state.ui.information_words import line_words
from state.ui.party.market_exit import shown
from state.ui.session import ask, clock, here


class QueuesState(rx.State):
    """Every queue."""

    loaded: bool = False
    interests: list[dict[str, str]] = []
    withdrawals: list[dict[str, str]] = []
    interests_waiting: int = 0
    withdrawals_waiting: int = 0
    sees_interests: bool = False
    information: list[dict[str, str]] = []
    information_waiting: int = 0
    information_overdue: int = 0
    sees_information: bool = False
    may_ask: bool = False
    done: str = ""

    @rx.event
    @for_staff
    async def load(self):
        """Read what this member of staff may see."""
        actor, now = await here(self), clock()
        self.sees_interests = actor.may(Permission.EOI_VIEW)
        waiting = await ask(market_entry.interests, actor=actor) if self.sees_interests else ()
        self.interests = [
            {
                "reference": one.reference,
                "name": one.legal_name,
                "number": one.company_number or "Private individual",
                "roles": ", ".join(one.role_codes),
                "received": spoken_moment(one.received_at),
                "due": spoken_date(one.access_due_on),
                "late": "yes" if _is_overdue(one, now) else "",
                "status": one.status.value.capitalize(),
            }
            for one in waiting
        ]
        sees_exits = actor.may(Permission.EXIT_VIEW)
        leaving = await ask(market_exit.proposals, actor=actor) if sees_exits else ()
        self.withdrawals = [shown(proposal) for proposal in leaving]
        self.interests_waiting = sum(one.status == "received" for one in waiting)
        self.withdrawals_waiting = sum(one.status == "proposed" for one in leaving)
        self.sees_information = actor.may(Permission.INFORMATION_VIEW)
        self.may_ask = actor.may(Permission.INFORMATION_ASK)
        every = information_requests.requests_of_all
        asked = await ask(every, actor=actor, now=now) if self.sees_information else ()
        self.information = [line_words(one) for one in asked]
        self.information_waiting = sum(one.status == "answered" for one in asked)
        self.information_overdue = sum(one.is_overdue for one in asked)
        self.loaded = True


def _is_overdue(one: InterestInQueue, now: datetime) -> bool:
    return access_clock(one.access_due_on, one.decided_at, now) is AccessClock.OVERDUE
