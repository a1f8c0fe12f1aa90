"""Series of the market on screen: the view, or the series to compare, that the address asks for."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import reflex as rx

from state.domain.chart_ranges import Span
from state.domain.series import MOST, Series, UnknownSeriesError, series_named
from state.domain.series_views import SeriesView, series_views
from state.services import datasets, publishing, series
from state.ui.access import for_anyone
from state.ui.public.alerts import alert_address
from state.ui.ranges import Held, range_view
from state.ui.session import ask, here

PATH = "/insights/series"
COMPARE = "compare"
_SPANS = (Span.DAY, Span.WEEK, Span.MONTH, Span.YEAR, Span.ALL)
_POINTS = 3000
_KEPT = ("view", "series")
_COMPARE = SeriesView(
    name=COMPARE,
    title="Compare",
    lead="Any two series of the public data on one clock, or one as it is and as it was known.",
    series=(),
    about=(
        (
            "Choose two series, or one twice and a moment for the second: then its later revisions "
            "are left out. Series of different units stand in panels of their own."
        ),
    ),
)


class SeriesState(rx.State):
    """What the chart draws and what is said of it; the figures it reads itself."""

    view: str = ""
    title: str = ""
    lead: str = ""
    about: list[str] = []
    tabs: list[dict[str, str]] = []
    choices: list[dict[str, str]] = []
    first: str = ""
    second: str = ""
    as_of: str = ""
    src: str = ""
    dataset: str = ""
    hours: int = 0
    words: str = ""
    date: str = ""
    ranges: list[dict[str, str]] = []
    previous: str = ""
    following: str = ""
    latest: str = ""
    alert: str = ""
    problem: str = ""
    loaded: bool = False

    @rx.event
    @for_anyone
    async def load(self):
        """Read the address."""
        actor = await here(self)
        query = dict(self.router.url.query_parameters)
        view = _view(query)
        self.view, self.title, self.lead = view.name, view.title, view.lead
        self.about = list(view.about)
        self.tabs = [_tab(one, view) for one in (*series_views(), _COMPARE)]
        self.src = self.problem = self.alert = ""
        if view.name == COMPARE:
            choices = await ask(series.series_choices, actor=actor)
            self.choices = [{"value": name, "text": words} for name, words in choices]
        try:
            wanted = _wanted(view, query)
        except UnknownSeriesError as fault:
            self.problem = str(fault)
            wanted = ()
        if view.name == COMPARE:
            self.first, self.second, self.as_of = _chosen(wanted)
        if wanted:
            kept = {name: query[name] for name in _KEPT if name in query}
            self.alert = alert_address(series=wanted[0].id.partition("~")[0])
            await _look_at(self, wanted, query, kept)
        self.loaded = True

    @rx.event
    @for_anyone
    async def go_to(self, day: str):
        """Show the range around a day that was picked."""
        query = dict(self.router.url.query_parameters)
        span = query.get("range", Span.WEEK.value)
        kept: dict[str, str] = {name: query[name] for name in _KEPT if name in query}
        chosen = Span.WEEK.value if span == Span.ALL.value else span
        address = urlencode(kept | {"range": chosen, "date": str(day)[:10]})
        return rx.redirect(f"{PATH}?{address}")

    @rx.event
    @for_anyone
    async def compare(self, form: dict[str, str]):
        """Draw the series that were chosen."""
        first, second = str(form.get("first", "")), str(form.get("second", ""))
        as_of = str(form.get("as_of", "")).strip()
        named = f"{second}~{as_of}Z" if second and as_of else second
        names = ",".join(dict.fromkeys(name for name in (first, named) if name))
        return rx.redirect(f"{PATH}?{urlencode({'view': COMPARE, 'series': names})}")


async def _look_at(
    screen: SeriesState, wanted: Sequence[Series], query: Mapping[str, str], kept: Mapping[str, str]
) -> None:
    actor = await here(screen)
    newest = await ask(series.latest_moment, actor=actor, wanted=wanted)
    screen.dataset = wanted[0].definition.name
    held = await ask(datasets.dataset_days, actor=actor, name=screen.dataset)
    if newest is None or held is None:
        of = [one.definition.name for one in wanted]
        screen.problem = await ask(publishing.why_closed, actor=actor, names=of)
        return
    shown = range_view(PATH, query, _SPANS, Held(*held, newest), usual=Span.WEEK, kept=kept)
    names = ",".join(one.id for one in wanted)
    address = urlencode({"series": names, **shown.api_range, "points": _POINTS})
    screen.src = f"/api/v1/insights/series?{address}"
    screen.hours, screen.words, screen.date = shown.hours, shown.words, shown.date
    screen.ranges, screen.problem = shown.ranges, shown.problem
    screen.previous, screen.following, screen.latest = shown.previous, shown.following, shown.latest


def _view(query: Mapping[str, str]) -> SeriesView:
    named = query.get("view", COMPARE if "series" in query else "")
    views = (*series_views(), _COMPARE)
    return next((view for view in views if view.name == named), views[0])


def _tab(one: SeriesView, here_now: SeriesView) -> dict[str, str]:
    return {
        "text": one.title,
        "href": f"{PATH}?view={one.name}",
        "current": "page" if one is here_now else "false",
    }


def _wanted(view: SeriesView, query: Mapping[str, str]) -> tuple[Series, ...]:
    asked = [name for name in query.get("series", "").split(",") if name]
    names = [one.name for one in view.series] or asked[:MOST]
    return tuple(series_named(name) for name in names)


def _chosen(wanted: Sequence[Series]) -> tuple[str, str, str]:
    """What the form of the comparison shows."""
    ids = [one.id.partition("~")[0] for one in wanted]
    at = next((one.as_of for one in wanted if one.as_of), None)
    return (
        ids[0] if ids else "",
        ids[1] if len(ids) > 1 else "",
        f"{at:%Y-%m-%dT%H:%M}" if at else "",
    )
