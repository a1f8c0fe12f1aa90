"""Programs that push rows on the screen of administrators. No secret comes this way."""

from collections.abc import Callable

import reflex as rx

from state.domain.dates import spoken_date, spoken_moment
from state.services import named_publishers, publisher_proposals
from state.services.named_publishers import NamedPublisher
from state.ui.access import for_staff
from state.ui.forms import answer
from state.ui.session import ask, clock, here
from state.ui.staff.doing import done
from state.ui.staff.proposals import proposal_shown


class PublishersState(rx.State):
    """Which programs push rows, and what is proposed."""

    loaded: bool = False
    programs: list[dict[str, str]] = []
    proposals: list[dict[str, str]] = []
    may_propose: bool = False
    ending: str = ""
    ending_name: str = ""
    problems: dict[str, str] = {}
    said: str = ""
    version: int = 0

    @rx.event
    @for_staff
    async def load(self):
        """Read them."""
        self.problems, self.said, self.ending = {}, "", ""
        await _read(self)

    @rx.event
    @for_staff
    async def propose(self, form: dict):
        """Propose that a program pushes rows."""
        return await done(
            self,
            _read,
            publisher_proposals.propose_publisher,
            "It waits for another administrator.",
            name=answer(form, "name"),
            acts_for=answer(form, "acts_for"),
            allowed_addresses=answer(form, "networks"),
            reason=answer(form, "reason"),
        )

    @rx.event
    @for_staff
    async def begin_to_end(self, public_id: str):
        """Ask why one shall end; of none, ask no more."""
        names = {one["public_id"]: one["name"] for one in self.programs if one["end"]}
        self.ending = public_id if public_id in names else ""
        self.ending_name = names.get(self.ending, "")
        self.problems, self.said = {}, ""
        return rx.set_focus("ending") if self.ending else None

    @rx.event
    @for_staff
    async def propose_end(self, form: dict):
        """Propose to end the one that was chosen."""
        came = await done(
            self,
            _read,
            publisher_proposals.propose_publisher_end,
            "It waits for another administrator. The program pushes on until they agree.",
            public_id=self.ending,
            reason=answer(form, "reason"),
        )
        if not self.problems:
            self.ending = ""
        return came

    @rx.event
    @for_staff
    async def agree(self, public_id: str):
        """Agree to what another proposed."""
        service = publisher_proposals.decide_publisher
        return await _about(self, service, public_id, "It is so from now on.", agrees=True)

    @rx.event
    @for_staff
    async def refuse(self, public_id: str):
        """Refuse it."""
        service = publisher_proposals.decide_publisher
        return await _about(self, service, public_id, "It is refused.", agrees=False)

    @rx.event
    @for_staff
    async def withdraw(self, public_id: str):
        """Take back what one proposed."""
        service = publisher_proposals.withdraw_publisher
        return await _about(self, service, public_id, "It is taken back.")


async def _about(
    screen: PublishersState,
    service: Callable[..., None],
    public_id: str,
    said: str,
    **arguments: bool,
) -> object:
    return await done(screen, _read, service, said, public_id=str(public_id)[:40], **arguments)


async def _read(screen: PublishersState) -> None:
    found = await ask(named_publishers.named_publishers, actor=await here(screen), now=clock())
    screen.may_propose = found.may_propose
    screen.programs = [_program(one, may=found.may_propose) for one in found.programs]
    screen.proposals = [proposal_shown(one) for one in found.proposals]
    screen.loaded = True


def _program(one: NamedPublisher, *, may: bool) -> dict[str, str]:
    state, tone = "Acts", "good"
    if one.until:
        state, tone = f"Ended {spoken_date(one.until)}", "plain"
    elif not one.has_secret:
        state, tone = "Waits for its secret", "info"
    return {
        "public_id": one.public_id,
        "name": one.name,
        "client_id": one.client_id,
        "acts_for": one.acts_for,
        "addresses": one.allowed_addresses or "Anywhere",
        "since": spoken_date(one.since),
        "used": spoken_moment(one.last_used_at) if one.last_used_at else "Never",
        "state": state,
        "tone": tone,
        "secret": "yes" if one.may_make_secret else "",
        "end": "yes" if may and not one.until else "",
    }
