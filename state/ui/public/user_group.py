"""The user group on screen: asking to join, confirming by the mailed link, and leaving."""

import reflex as rx

from state.domain.dates import spoken_date
from state.domain.user_group import MemberStatus, Newcomer
from state.services import user_group
from state.services.user_group import UserGroupRefusedError
from state.ui.access import for_anyone, for_anyone_seldom
from state.ui.forms import answer, problems_of, ticked
from state.ui.session import ask, clock, here

_LONGEST_SECRET = 80


class UserGroupState(rx.State):
    """One person's form, or the membership that their link is of.

    `step` is what is shown: form, sent, confirm, member, left, or nowhere for a link of nobody.
    """

    step: str = ""
    problems: dict[str, str] = {}
    address: str = ""
    until: str = ""

    _secret: str = ""

    @rx.event
    @for_anyone
    async def load(self):
        """Begin with the form, or with what the link of a mail leads to."""
        self.problems, self.address = {}, ""
        self._secret = str(self.router.url.query_parameters.get("link", ""))[:_LONGEST_SECRET]
        self.step = await _step_of_link(self) if self._secret else "form"

    @rx.event
    @for_anyone_seldom
    async def send(self, form: dict):
        """Ask to join, or say all that is wrong with the form."""
        if answer(form, "website"):  # people do not see this box; programs fill it in
            return None
        told = Newcomer(
            answer(form, "name"),
            answer(form, "email"),
            answer(form, "organisation"),
            ticked(form, "interests"),
        )
        try:
            await ask(user_group.ask_to_join, actor=await here(self), newcomer=told, now=clock())
        except UserGroupRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        self.problems, self.address, self.step = {}, told.email, "sent"
        return rx.set_focus("main")

    @rx.event
    @for_anyone_seldom
    async def confirm(self):
        """Join, by the link of the mail."""
        done = await ask(
            user_group.confirm_membership, actor=await here(self), secret=self._secret, now=clock()
        )
        self.step = "member" if done else "nowhere"
        return rx.set_focus("main")

    @rx.event
    @for_anyone_seldom
    async def leave(self):
        """Leave, by the same link."""
        done = await ask(
            user_group.leave_group, actor=await here(self), secret=self._secret, now=clock()
        )
        self.step = "left" if done else "nowhere"
        return rx.set_focus("main")


async def _step_of_link(screen: UserGroupState) -> str:
    found = await ask(
        user_group.membership_of_link,
        actor=await here(screen),
        secret=screen._secret,
        now=clock(),
    )
    if found is None:
        return "nowhere"
    screen.address, screen.until = found.address, spoken_date(found.expires_at.date())
    return "member" if found.status is MemberStatus.CONFIRMED else "confirm"
