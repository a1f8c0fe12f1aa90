"""Why a page does not open: the right that it needs, who has it, and how to come by it."""

import reflex as rx

from state.domain.dates import spoken_date
from state.domain.lacking_right import lacking_right, remedy_of_all_but_staff
from state.domain.permissions import Permission
from state.ui.access import for_anyone
from state.ui.session import clock


class NotAllowedState(rx.State):
    """The refusal that the address names; empty where it names none."""

    activity: str = ""
    who_may: list[str] = []
    remedy: str = ""
    since: str = ""

    @rx.event
    @for_anyone
    async def load(self):
        """Tell of the activity in the address; what it names is public, and opens nothing."""
        asked = self.router.url.query_parameters
        refused = next((one for one in Permission if one.value == asked.get("activity")), None)
        self.activity, self.who_may, self.remedy, self.since = "", [], "", ""
        if refused is not None:
            told = lacking_right(refused, clock().date())
            self.activity, self.who_may = f"{told.group}: {told.activity}", list(told.who_may)
            self.remedy, self.since = told.remedy, spoken_date(told.since)
        elif asked.get("whom") == "staff":
            self.remedy = remedy_of_all_but_staff()
