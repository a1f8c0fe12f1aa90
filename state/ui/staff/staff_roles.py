"""Staff roles on the screen of administrators and auditors."""

from collections.abc import Callable

import reflex as rx

from state.domain.dates import spoken_date
from state.domain.staff_roles import role_words
from state.services import staff_role_proposals, staff_roles
from state.services.staff_roles import RoleHolder
from state.ui.access import for_staff
from state.ui.forms import answer
from state.ui.session import ask, clock, here
from state.ui.staff.doing import done
from state.ui.staff.proposals import proposal_shown


class StaffRolesState(rx.State):
    """Who holds what, and what is proposed."""

    loaded: bool = False
    holders: list[dict[str, str]] = []
    proposals: list[dict[str, str]] = []
    may_manage: bool = False
    problems: dict[str, str] = {}
    said: str = ""
    version: int = 0

    @rx.event
    @for_staff
    async def load(self):
        """Read them."""
        self.problems, self.said = {}, ""
        await _read(self)

    @rx.event
    @for_staff
    async def propose(self, form: dict):
        """Propose to give a role, or to end it."""
        what = answer(form, "what")
        if what not in {"give", "end"}:
            self.problems, self.said = {"what": "Select whether to give or end it"}, ""
            return rx.set_focus("error-summary")
        return await done(
            self,
            _read,
            staff_role_proposals.propose_role,
            "It waits for another administrator.",
            email=answer(form, "email"),
            role=answer(form, "role"),
            gives=what == "give",
            reason=answer(form, "reason"),
        )

    @rx.event
    @for_staff
    async def agree(self, public_id: str):
        """Agree to what another proposed."""
        done = staff_role_proposals.decide_role
        return await _about(self, done, public_id, "It is so from now on.", agrees=True)

    @rx.event
    @for_staff
    async def refuse(self, public_id: str):
        """Refuse it."""
        done = staff_role_proposals.decide_role
        return await _about(self, done, public_id, "It is refused.", agrees=False)

    @rx.event
    @for_staff
    async def withdraw(self, public_id: str):
        """Take back what one proposed."""
        done = staff_role_proposals.withdraw_role
        return await _about(self, done, public_id, "It is taken back.")


async def _about(
    screen: StaffRolesState,
    service: Callable[..., None],
    public_id: str,
    said: str,
    **arguments: bool,
) -> object:
    return await done(screen, _read, service, said, public_id=str(public_id)[:40], **arguments)


async def _read(screen: StaffRolesState) -> None:
    found = await ask(staff_roles.staff_roles, actor=await here(screen), now=clock())
    screen.holders = [_holder(one) for one in found.holders]
    screen.proposals = [proposal_shown(one) for one in found.proposals]
    screen.may_manage = found.may_manage
    screen.loaded = True


def _holder(one: RoleHolder) -> dict[str, str]:
    return {
        "public_id": one.public_id,
        "name": one.name,
        "email": one.email,
        "role": role_words(one.role),
        "since": spoken_date(one.since),
        "status": "Suspended" if one.is_suspended else "",
        "me": "You" if one.is_me else "",
    }
