"""The system price on screen: the range that the address asks for."""

from urllib.parse import urlencode

import reflex as rx

from state.domain.chart_ranges import Span
from state.services import datasets, publishing, system_prices
from state.ui.access import for_anyone
from state.ui.ranges import Held, range_view
from state.ui.session import ask, here

PATH = "/insights/system-price"
SYSTEM_PRICE_SERIES = f"{system_prices.SYSTEM_PRICES}.{system_prices.BUY}"
_SPANS = (Span.DAY, Span.WEEK, Span.MONTH, Span.YEAR, Span.ALL)
_POINTS = 3000


class SystemPriceState(rx.State):
    """Where the chart looks; what it draws it reads itself."""

    src: str = ""
    hours: int = 0
    words: str = ""
    date: str = ""
    ranges: list[dict[str, str]] = []
    previous: str = ""
    following: str = ""
    latest: str = ""
    problem: str = ""
    empty: bool = False
    closed: str = ""

    @rx.event
    @for_anyone
    async def load(self):
        """Read the address."""
        actor = await here(self)
        self.closed = await ask(
            publishing.why_closed, actor=actor, names=[system_prices.SYSTEM_PRICES]
        )
        newest = await ask(system_prices.latest_price_start, actor=actor)
        held = await ask(datasets.dataset_days, actor=actor, name=system_prices.SYSTEM_PRICES)
        self.empty = newest is None or held is None
        if newest is None or held is None:
            self.src = ""
            return
        query = dict(self.router.url.query_parameters)
        view = range_view(PATH, query, _SPANS, Held(*held, newest), usual=Span.WEEK)
        address = urlencode({**view.api_range, "points": _POINTS})
        self.src = f"/api/v1/insights/system-prices?{address}"
        self.hours, self.words, self.date = view.hours, view.words, view.date
        self.ranges, self.problem = view.ranges, view.problem
        self.previous, self.following, self.latest = view.previous, view.following, view.latest

    @rx.event
    @for_anyone
    async def go_to(self, day: str):
        """Show the range around a day that was picked."""
        span = self.router.url.query_parameters.get("range", Span.WEEK.value)
        chosen = Span.WEEK.value if span == Span.ALL.value else span
        return rx.redirect(f"{PATH}?{urlencode({'range': chosen, 'date': str(day)[:10]})}")
