"""Whom to ask, on every page that says so. A mail address is sent only to who asks to see it."""

import reflex as rx

from state.domain.permissions import Permission
from state.services import support
from state.ui.access import for_anyone
from state.ui.session import ask, clock, here

_LONGEST_ID = 40


class NeedHelpState(rx.State):
    """The teams, and who of the staff supports the company that one acts for."""

    teams: list[dict[str, str]] = []
    mailboxes: dict[str, str] = {}
    manager: str = ""

    @rx.event
    @for_anyone
    async def look(self):
        """Read them anew; addresses are hidden again."""
        actor = await here(self)
        self.mailboxes = {}
        self.teams = [
            {
                "id": one.public_id,
                "name": one.name,
                "helps_with": one.helps_with,
                "hours": one.hours,
            }
            for one in await ask(support.teams_to_ask, actor=actor, now=clock())
        ]
        company = actor.organisation_id
        self.manager = (
            await ask(support.support_manager, actor=actor, organisation_id=company)
            if company is not None and actor.may(Permission.ORG_VIEW, company)
            else ""
        )

    @rx.event
    @for_anyone
    async def show_mailbox(self, team: str):
        """Show one team's address."""
        public_id = str(team)[:_LONGEST_ID]
        address = await ask(
            support.mailbox_of_team, actor=await here(self), public_id=public_id, now=clock()
        )
        if address:
            self.mailboxes = self.mailboxes | {public_id: address}
