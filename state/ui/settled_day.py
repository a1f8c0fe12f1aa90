"""The head that all pages of one settled day share: the day, its runs, and ways between them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

import reflex as rx

from state.domain.actor import Actor
from state.domain.dates import spoken_date, spoken_moment
from state.domain.settlement_words import direction, figure, run_words
from state.services import party_settlement
from state.services.party_settlement import PublishedRun, SettledDay
from state.ui.figure_links import asked_date
from state.ui.session import ask

CALENDAR = "/settlement"
DAY = "/settlement/day"
IMBALANCE = "/settlement/imbalance"
UNITS = "/settlement/units"
UNIT = "/settlement/unit"
COMPARISON = "/settlement/compare"
EXPLANATION = "/settlement/explain"
FILES = "/settlement/files"

NO_SUCH_DAY: Final = "Your company has no such settled day."
NO_SUCH_RUN: Final = "There is no such run of this day."
NOTHING_SETTLED: Final = "No Settlement Date has been settled yet."
_NEIGHBOURS: Final = timedelta(days=14)
_TABS: Final = (("Charges", DAY), ("Imbalance", IMBALANCE), ("BM Units", UNITS))


class SettledDayHead(rx.State, mixin=True):
    """What the head of a page shows of the day and the run."""

    loaded: bool = False
    missing: str = ""
    date: str = ""
    title: str = ""
    run: str = ""
    run_name: str = ""
    published: str = ""
    replaced: str = ""
    net: str = ""
    net_direction: str = ""
    previous: str = ""
    following: str = ""
    runs: list[dict[str, str]] = []
    tabs: list[dict[str, str]] = []


@dataclass(frozen=True, slots=True)
class Shown:
    """The day and the run that a page shows."""

    day: SettledDay
    run: PublishedRun


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the day, and what of its address goes along."""

    path: str
    kept: dict[str, str]


async def show_day(
    screen: SettledDayHead, actor: Actor, organisation_id: int, path: str, *kept: str
) -> Shown | None:
    """Fill the head from the address; None where it names no day or run of the company's.

    What is `kept` of the address goes along to other runs and days of the same page.
    """
    query = screen.router.url.query_parameters
    span = await ask(party_settlement.settled_span, actor=actor, organisation_id=organisation_id)
    if span is None:
        _show_missing(screen, NOTHING_SETTLED)
        return None
    text = query.get("date", "")
    wanted = asked_date(text) if text else span[1]
    if wanted is None:
        _show_missing(screen, NO_SUCH_DAY)
        return None
    days = await ask(
        party_settlement.settled_days,
        actor=actor,
        organisation_id=organisation_id,
        since=wanted - _NEIGHBOURS,
        until=wanted + _NEIGHBOURS,
    )
    day = next((day for day in days if day.settlement_date == wanted), None)
    if day is None:
        _show_missing(screen, NO_SUCH_DAY)
        return None
    named = query.get("run", "")
    run = next((run for run in runs_of(day) if run.public_id == named), None)
    if run is None and named:
        _show_missing(screen, NO_SUCH_RUN)
        return None
    shown = Shown(day, run or day.current)
    _fill(screen, shown, days, _Page(path, {name: query.get(name, "")[:60] for name in kept}))
    return shown


def runs_of(day: SettledDay) -> tuple[PublishedRun, ...]:
    """Every run of the day that was published, the one that counts now first."""
    return (day.current, *day.earlier)


def address(path: str, shown: Shown | None = None, **named: str) -> str:
    """A page of the day; the run stands there only where it is not the one that counts now."""
    query: dict[str, str] = {}
    if shown is not None:
        query["date"] = str(shown.day.settlement_date)
        if shown.run.public_id != shown.day.current.public_id:
            query["run"] = shown.run.public_id
    query |= {name: value for name, value in named.items() if value}
    return f"{path}?{urlencode(query)}" if query else path


def day_words(day: date) -> str:
    """`Thu 29 Oct 2026`."""
    return f"{day:%a} {spoken_date(day)}"


def _show_missing(screen: SettledDayHead, why: str) -> None:
    screen.missing, screen.title, screen.loaded = why, "", True


def _fill(screen: SettledDayHead, shown: Shown, days: tuple[SettledDay, ...], page: _Page) -> None:
    day, run = shown.day, shown.run
    screen.missing = ""
    screen.date, screen.title = str(day.settlement_date), day_words(day.settlement_date)
    screen.run, screen.run_name = run.public_id, run_words(run.run_type)
    screen.published = f"Published {spoken_moment(run.published_at)}"
    screen.replaced = (
        f"Replaced by {run_words(day.current.run_type)} on {spoken_moment(run.superseded_at)}"
        if run.superseded_at and run.public_id != day.current.public_id
        else ""
    )
    screen.net = figure(run.net_to_party_gbp, 2, "£")
    screen.net_direction = direction(run.net_to_party_gbp)
    screen.runs = [_choice(shown, each, page) for each in reversed(runs_of(day))]
    screen.tabs = _tabs(shown, page)
    dates = sorted(each.settlement_date for each in days)
    at = dates.index(day.settlement_date)
    screen.previous = _of_date(page, dates[at - 1]) if at else ""
    screen.following = _of_date(page, dates[at + 1]) if at + 1 < len(dates) else ""


def run_label(runs: tuple[PublishedRun, ...], run: PublishedRun) -> str:
    """`SF`, or `SF 2` where the day has several of a kind."""
    many = sum(each.run_type == run.run_type for each in runs) > 1
    return f"{run.run_type.value} {run.run_number}" if many else run.run_type.value


def _choice(shown: Shown, run: PublishedRun, page: _Page) -> dict[str, str]:
    return {
        "text": run_label(runs_of(shown.day), run),
        "href": address(page.path, Shown(shown.day, run), **page.kept),
        "current": "page" if run.public_id == shown.run.public_id else "false",
    }


def _tabs(shown: Shown, page: _Page) -> list[dict[str, str]]:
    tabs = [*_TABS, *([("Compare", COMPARISON)] if shown.day.earlier else [])]
    here = UNITS if page.path == UNIT else page.path
    return [
        {
            "text": text,
            "href": address(to, shown),
            "current": "page" if to == here else "false",
        }
        for text, to in (*tabs, ("Download", FILES))
    ]


def _of_date(page: _Page, day: date) -> str:
    return address(page.path, date=str(day), **page.kept)
