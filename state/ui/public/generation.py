"""Generation by fuel on screen: the range and resolution that the address asks for."""

from urllib.parse import urlencode

import reflex as rx

from state.domain.chart_ranges import Span
from state.services import datasets, generation, publishing
from state.ui.access import for_anyone
from state.ui.ranges import Held, range_view
from state.ui.session import ask, here

PATH = "/insights/generation"
_SPANS = (Span.DAY, Span.WEEK, Span.MONTH)
_RESOLUTIONS = {"5m": ("Five minutes", 5), "30m": ("Half-hour", 30)}


class GenerationState(rx.State):
    """Where the chart looks; what it draws it reads itself."""

    src: str = ""
    finest: int = 5
    hours: int = 24
    words: str = ""
    date: str = ""
    ranges: list[dict[str, str]] = []
    resolutions: list[dict[str, str]] = []
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
        query = dict(self.router.url.query_parameters)
        self.closed = await ask(publishing.why_closed, actor=actor, names=[generation.GENERATION])
        now = await ask(generation.generation_now, actor=actor)
        held = await ask(datasets.dataset_days, actor=actor, name=generation.GENERATION)
        self.empty = now is None or held is None
        if now is None or held is None:
            self.src = ""
            return
        resolution = query.get("resolution", "5m")
        resolution = resolution if resolution in _RESOLUTIONS else "5m"
        view = range_view(
            PATH, query, _SPANS, Held(*held, now.start_at), kept={"resolution": resolution}
        )
        self.finest = _RESOLUTIONS[resolution][1]
        drawn = "30m" if view.span is Span.MONTH else resolution
        address = urlencode({**view.api_range, "resolution": drawn})
        self.src = f"/api/v1/insights/generation-by-fuel?{address}"
        self.resolutions = [
            {
                "text": text,
                "href": f"{PATH}?{urlencode(_chosen(query, resolution=code))}",
                "current": "page" if code == resolution else "false",
            }
            for code, (text, _) in _RESOLUTIONS.items()
        ]
        self.hours, self.words, self.date = view.hours, view.words, view.date
        self.ranges, self.problem = view.ranges, view.problem
        self.previous, self.following, self.latest = view.previous, view.following, view.latest

    @rx.event
    @for_anyone
    async def go_to(self, day: str):
        """Show the range around a day that was picked."""
        query = dict(self.router.url.query_parameters)
        return rx.redirect(f"{PATH}?{urlencode(_chosen(query, date=str(day)[:10]))}")


def _chosen(query: dict[str, str], **changed: str) -> dict[str, str]:
    known: dict[str, str] = {
        name: query[name] for name in ("range", "date", "resolution") if name in query
    }
    return {name: value for name, value in {**known, **changed}.items() if value}
