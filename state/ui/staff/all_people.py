"""People and companies of the market on the staff's screen."""

from urllib.parse import urlencode

import reflex as rx

from state.domain.dates import spoken_moment
from state.services import all_people
from state.services.all_people import FoundCompany, FoundPerson
from state.ui.access import for_staff
from state.ui.forms import answer
from state.ui.session import ask, clock, here


class AllPeopleState(rx.State):
    """Whoever was found."""

    loaded: bool = False
    search: str = ""
    people: list[dict[str, str]] = []
    companies: list[dict[str, str]] = []
    more: str = ""

    @rx.event
    @for_staff
    async def load(self):
        """Search for what the address names."""
        self.search = str(self.router.url.query_parameters.get("search", ""))[:80]
        actor, now = await here(self), clock()
        found = await ask(all_people.find_people, actor=actor, search=self.search, now=now)
        self.people = [_person(one) for one in found.people]
        self.companies = [_company(one) for one in found.companies]
        is_cut = max(found.people_total, found.companies_total) > all_people.MOST_FOUND
        self.more = (
            f"{_counted(found.people_total, 'person', 'people')} and "
            f"{_counted(found.companies_total, 'company', 'companies')}"
            + (f". The first {all_people.MOST_FOUND} of each are shown" if is_cut else "")
            + "."
        )
        self.loaded = True

    @rx.event
    @for_staff
    async def find(self, form: dict):
        """Search for what was typed."""
        asked = {"search": answer(form, "search")[:80]}
        return rx.redirect(f"/staff/people?{urlencode(asked)}")


def _counted(many: int, one: str, more: str) -> str:
    return f"{many:,} {one if many == 1 else more}"


def _person(one: FoundPerson) -> dict[str, str]:
    companies = ", ".join(one.companies)
    return {
        "public_id": one.public_id,
        "name": one.name,
        "email": one.email,
        "acts_for": "The operator" if one.is_staff and not companies else companies or "Nobody",
        "status": "Suspended" if one.is_suspended else "",
        "last_seen": spoken_moment(one.last_seen_at) if one.last_seen_at else "Never",
    }


def _company(one: FoundCompany) -> dict[str, str]:
    return {
        "public_id": one.public_id,
        "name": one.name,
        "party_ids": ", ".join(one.party_ids),
        "people": str(one.people),
        "lacks": "" if one.has_category_a else "No Category A",
    }
