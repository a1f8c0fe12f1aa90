"""Alerts on screen: a person's own, and the two forms that set one; to others, what they are."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

import reflex as rx

from state.domain.alert_words import condition_words, every_words, with_unit
from state.domain.alerts import DATASET, LINE, SERIES, SIDE, watched_series
from state.domain.dates import spoken_moment
from state.domain.lateness import step_of
from state.domain.next_page import leading_to
from state.domain.permissions import Permission
from state.domain.quantity_words import UNITS
from state.domain.refusal import RefusedError
from state.domain.series import UnknownSeriesError
from state.domain.series_views import words_of
from state.services import alerts
from state.services.alerts import NoSuchAlertError, OwnAlert
from state.services.series import series_choices
from state.ui.access import for_anyone, for_people
from state.ui.forms import answer, problems_of
from state.ui.session import ask, clock, here

PATH: Final = "/insights/alerts"
_LONGEST: Final = 200


def alert_address(*, series: str = "", dataset: str = "") -> str:
    """The page with a series or a dataset chosen."""
    chosen = {SERIES: series, DATASET: dataset}
    named = urlencode({name: value for name, value in chosen.items() if value})
    return f"{PATH}?{named}" if named else PATH


class AlertsState(rx.State):
    """The person's alerts, what can be chosen, and what is wrong with what was."""

    loaded: bool = False
    may_keep: bool = False
    sign_in: str = "/sign-in"
    asked: str = ""
    rows: list[dict[str, str]] = []
    choices: list[dict[str, str]] = []
    datasets: list[dict[str, str]] = []
    series: str = ""
    dataset: str = ""
    unit: str = ""
    box: int = 0
    problems: dict[str, str] = {}
    late_problems: dict[str, str] = {}
    done: str = ""

    @rx.event
    @for_anyone
    async def load(self):
        """Read what the address has chosen, and the person's alerts if somebody is signed in."""
        asked = dict(self.router.url.query_parameters)
        self.series = str(asked.get(SERIES, ""))[:_LONGEST]
        self.dataset = str(asked.get(DATASET, ""))[:_LONGEST]
        self.problems, self.late_problems, self.done = {}, {}, ""
        self.box += 1
        chosen = _choice(self.series)
        self.series = chosen["value"] if chosen else ""
        self.asked, self.unit = (chosen["text"] if chosen else ""), _unit(self.series)
        self.sign_in = leading_to(
            "/sign-in", alert_address(series=self.series, dataset=self.dataset)
        )
        actor = await here(self)
        self.may_keep = actor.may(Permission.ALERT_KEEP)
        if self.may_keep:
            await _read_choices(self, chosen)
            await _read(self)
        self.loaded = True

    @rx.event
    @for_people
    async def choose(self, series: str):
        """Say the unit of the series that is chosen."""
        self.unit = _unit(str(series)[:_LONGEST])

    @rx.event
    @for_people
    async def watch_value(self, form: dict):
        """Watch a value from now on."""
        said = {name: answer(form, name) for name in (SERIES, SIDE, LINE)}
        return await _set(self, alerts.set_value_alert, "problems", said)

    @rx.event
    @for_people
    async def watch_lateness(self, form: dict):
        """Watch whether a dataset is late, from now on."""
        return await _set(
            self, alerts.set_late_alert, "late_problems", {"name": answer(form, DATASET)}
        )

    @rx.event
    @for_people
    async def pause(self, public_id: str):
        """Be told nothing of one until it is resumed."""
        await _change(self, alerts.pause_alert, public_id, "The alert is paused.")

    @rx.event
    @for_people
    async def resume(self, public_id: str):
        """Be told of one again, from now on."""
        await _change(self, alerts.resume_alert, public_id, "The alert watches again.")

    @rx.event
    @for_people
    async def remove(self, public_id: str):
        """End one."""
        await _change(self, alerts.remove_alert, public_id, "The alert is removed.")


async def _set(
    screen: AlertsState, service: Callable[..., str], problems: str, said: Mapping[str, str]
) -> Any:  # noqa: ANN401  # an event
    screen.problems, screen.late_problems, screen.done = {}, {}, ""
    try:
        await ask(service, actor=await here(screen), now=clock(), **said)
    except RefusedError as refused:
        setattr(screen, problems, problems_of(refused))
        return rx.set_focus("error-summary")
    screen.done = "The alert is set. We tell you here, behind the bell, and by mail."
    screen.box += 1
    await _read(screen)
    return None


async def _change(
    screen: AlertsState, service: Callable[..., None], public_id: str, done: str
) -> None:
    screen.problems, screen.late_problems = {}, {}
    try:
        await ask(service, actor=await here(screen), public_id=str(public_id)[:40], now=clock())
        screen.done = done
    except NoSuchAlertError as gone:
        screen.done = str(gone)
    await _read(screen)


async def _read_choices(screen: AlertsState, chosen: dict[str, str] | None) -> None:
    actor = await here(screen)
    held = await ask(series_choices, actor=actor)
    screen.choices = [{"value": name, "text": words} for name, words in held]
    if chosen and chosen not in screen.choices:
        screen.choices = [chosen, *screen.choices]
    timed = await ask(alerts.datasets_with_timetable, actor=actor)
    screen.datasets = [
        {"value": one.name, "text": f"{one.title}, {every_words(step)}"}
        for one in timed
        if (step := step_of(one))
    ]


async def _read(screen: AlertsState) -> None:
    held = await ask(alerts.own_alerts, actor=await here(screen))
    screen.rows = [_shown(one) for one in held]


def _choice(name: str) -> dict[str, str] | None:
    """A series that the address names, as the list has it; None where it can not be watched."""
    try:
        found = watched_series(name)
    except UnknownSeriesError:
        return None
    return {"value": found.id, "text": words_of(found)}


def _unit(name: str) -> str:
    chosen = _choice(name)
    unit = watched_series(name).column.unit if chosen else None
    return UNITS.get(unit or "", unit or "")


def _shown(one: OwnAlert) -> dict[str, str]:
    """One alert as its card has it."""
    if one.definition is None:
        title, condition, href = "What this watched", "is published no more", "/insights/data"
    elif one.series is None:
        title, condition, href = one.definition.title, "is late", "/insights/status"
    else:
        title = words_of(one.series)
        condition = f"is {condition_words(one.kind, one.line, one.series)}"
        href = f"/insights/series?{urlencode({'series': one.series.id})}"
    return {
        "id": one.public_id,
        "title": title,
        "condition": condition,
        "href": href,
        "paused": "yes" if one.paused else "",
        "told": _told_words(one),
        "set": f"Set {spoken_moment(one.set_at)}",
    }


def _told_words(one: OwnAlert) -> str:
    if one.last_told_at is None:
        return "Has not told you yet"
    words = f"Last told {spoken_moment(one.last_told_at)}"
    if one.series is not None and one.last_told is not None:
        words += f": it reached {with_unit(one.last_told.value, one.series)}"
    return words if one.times_told == 1 else f"{words} ({one.times_told} times in all)"
