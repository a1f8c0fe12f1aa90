"""One person on the staff's screen."""

from collections.abc import Callable

import reflex as rx

from state.domain.dates import spoken_date, spoken_moment
from state.services import person, suspensions
from state.services.person import SeenPerson
from state.ui.access import for_staff
from state.ui.forms import answer
from state.ui.session import ask, clock, here
from state.ui.staff.doing import done

_LONGEST_ID = 40


class PersonState(rx.State):
    """The person that the address names."""

    loaded: bool = False
    facts: list[dict[str, str]] = []
    name: str = ""
    is_suspended: bool = False
    may_suspend: bool = False
    companies: list[dict[str, str]] = []
    sign_ins: list[dict[str, str]] = []
    problems: dict[str, str] = {}
    said: str = ""
    version: int = 0

    _public_id: str = ""

    @rx.event
    @for_staff
    async def load(self):
        """Read them."""
        self.problems, self.said = {}, ""
        self._public_id = str(self.router.url.query_parameters.get("id", ""))[:_LONGEST_ID]
        await _read(self)

    @rx.event
    @for_staff
    async def suspend(self, form: dict):
        """Keep them out."""
        said = "They are suspended, and signed out of every browser."
        return await _decide(self, suspensions.suspend_person, form, said)

    @rx.event
    @for_staff
    async def let_back(self, form: dict):
        """Let them sign in again."""
        return await _decide(self, suspensions.let_person_back, form, "They can sign in again.")

    @rx.event
    @for_staff
    async def end_sign_ins(self):
        """Sign them out everywhere."""
        who = {"actor": await here(self), "public_id": self._public_id, "now": clock()}
        ended = await ask(suspensions.end_sign_ins_of_person, **who)
        await _read(self)
        self.problems = {}
        self.said = f"Signed out of {ended} {'browser' if ended == 1 else 'browsers'}."


async def _decide(
    screen: PersonState, service: Callable[..., None], form: dict, said: str
) -> object:
    about = {"public_id": screen._public_id, "reason": answer(form, "reason")}
    return await done(screen, _read, service, said, **about)


async def _read(screen: PersonState) -> None:
    who = {"actor": await here(screen), "public_id": screen._public_id, "now": clock()}
    seen = await ask(person.person_to_see, **who)
    screen.name = seen.name
    screen.is_suspended, screen.may_suspend = seen.is_suspended, seen.may_suspend
    screen.facts = _facts(seen)
    screen.companies = [
        {
            "public_id": one.public_id,
            "name": one.name,
            "is_what": one.is_what,
            "since": spoken_date(one.since),
            "until": spoken_date(one.until) if one.until else "",
        }
        for one in seen.companies
    ]
    screen.sign_ins = [
        {
            "browser": one.browser,
            "began": spoken_moment(one.began_at),
            "seen": spoken_moment(one.seen_at),
        }
        for one in seen.sign_ins
    ]
    screen.loaded = True


def _facts(seen: SeenPerson) -> list[dict[str, str]]:
    roles = ", ".join(
        f"{one.role.replace('_', ' ').capitalize()} since {spoken_date(one.since)}"
        for one in seen.roles
    )
    facts = {
        "Email address": seen.email,
        "Last seen": spoken_moment(seen.last_seen_at) if seen.last_seen_at else "Never",
        "Known by": ", ".join(sorted(set(seen.issuers))) or "No identity provider",
        "For the operator": roles or "Nothing",
    }
    return [{"name": name, "value": value} for name, value in facts.items()]
