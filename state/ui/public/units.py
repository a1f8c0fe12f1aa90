"""BM Units on screen: a list to search, or one unit's day."""

from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import quote, urlencode

import reflex as rx

from state.domain.actor import Actor
from state.domain.dates import spoken_date
from state.domain.settlement_words import figure
from state.services import bm_units, datasets, publishing
from state.services.bm_units import NoSuchUnitError
from state.ui.access import for_anyone
from state.ui.forms import answer
from state.ui.public.alerts import alert_address
from state.ui.ranges import day_of_zoom
from state.ui.session import ask, here

PATH = "/insights/units"
_LONGEST_SEARCH: Final = 80


class UnitsState(rx.State):
    """The register, and what was published of the unit that the address names."""

    search: str = ""
    more: str = ""
    units: list[dict[str, str]] = []
    unit: str = ""
    title: str = ""
    facts: list[dict[str, str]] = []
    day: str = ""
    day_words: str = ""
    acceptances: list[dict[str, str]] = []
    outages: list[dict[str, str]] = []
    previous: str = ""
    following: str = ""
    src: str = ""
    alert: str = ""
    actions_src: str = ""
    problem: str = ""
    loaded: bool = False

    @rx.event
    @for_anyone
    async def load(self):
        """Read the address."""
        query = dict(self.router.url.query_parameters)
        self.unit, self.problem = query.get("id", "")[:60], ""
        self.src = self.actions_src = self.alert = ""
        self.units, self.acceptances, self.outages = [], [], []
        if self.unit:
            await _show_unit(self, query.get("date") or day_of_zoom(query))
        else:
            await _show_list(self, query.get("search", "")[:_LONGEST_SEARCH])
        if why := await ask(publishing.why_closed, actor=await here(self), names=["bm_units"]):
            self.problem = why
        self.loaded = True

    @rx.event
    @for_anyone
    async def find(self, form: dict[str, str]):
        """Search the register; any id of a unit leads straight to it."""
        text = answer(form, "search")[:_LONGEST_SEARCH]
        named = await ask(bm_units.unit_named, actor=await here(self), text=text)
        asked = {"id": named} if named else {"search": text}
        return rx.redirect(f"{PATH}?{urlencode(asked)}")

    @rx.event
    @for_anyone
    async def go_to(self, day: str):
        """Show another day of the unit."""
        return rx.redirect(f"{PATH}?{urlencode({'id': self.unit, 'date': str(day)[:10]})}")


async def _show_list(screen: UnitsState, text: str) -> None:
    found, count = await ask(bm_units.units_found, actor=await here(screen), text=text)
    screen.search = text
    shown = f", the first {len(found)} are shown" if len(found) < count else ""
    screen.more = f"{count:,} BM Unit{'' if count == 1 else 's'}{shown}."
    screen.units = [
        {
            "id": one["elexonBmUnit"] or one["nationalGridBmUnit"],
            "name": one["bmUnitName"] or "",
            "company": one["leadPartyName"] or "",
            "fuel": one["fuelType"] or "",
            "capacity": _capacity(one),
        }
        for one in found
    ]


async def _show_unit(screen: UnitsState, day_text: str) -> None:
    actor = await here(screen)
    held = await ask(datasets.dataset_days, actor=actor, name="physical_notifications")
    day = _day(day_text, held[1] if held else date(2026, 1, 1))
    try:
        found = await ask(bm_units.unit_day, actor=actor, unit=screen.unit, day=day)
    except NoSuchUnitError as fault:
        screen.problem = str(fault)
        return
    unit = found.unit["elexonBmUnit"] or found.unit["nationalGridBmUnit"]
    screen.unit, screen.title = unit, found.unit["bmUnitName"] or unit
    screen.day, screen.day_words = str(day), f"{day:%a} {spoken_date(day)}"
    screen.facts = _facts(found)
    screen.acceptances = [_acceptance(one) for one in found.acceptances]
    screen.outages = [_outage(one) for one in found.outages]
    screen.previous, screen.following = (
        f"{PATH}?{urlencode({'id': unit, 'date': day + timedelta(days=step)})}" for step in (-1, 1)
    )
    if held and day >= held[1]:
        screen.following = ""
    drawn = await _levels(actor)
    names = ",".join([f"{name}.from_mw@{unit}" for name in drawn])
    asked = urlencode({"series": names, "from": str(day), "to": str(day)})
    why = await ask(publishing.why_closed, actor=actor, names=drawn)
    screen.src = "" if why else f"/api/v1/insights/series?{asked}"
    screen.alert = alert_address(series=f"physical_notifications.from_mw@{unit}")
    screen.actions_src = f"/api/v1/insights/balancing-actions/{day}/{quote(unit, safe='')}"


async def _levels(actor: Actor) -> list[str]:
    """The datasets of levels that hold anything at all; the notifications in any case."""
    limits = [
        name
        for name in ("maximum_export_limits", "maximum_import_limits")
        if await ask(datasets.dataset_days, actor=actor, name=name)
    ]
    return ["physical_notifications", *limits]


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return otherwise


def _facts(found: bm_units.UnitDay) -> list[dict[str, str]]:
    of = found.unit
    facts = {
        "BM Unit": of["elexonBmUnit"],
        "National Grid BM Unit": of["nationalGridBmUnit"],
        "Energy Identification Code": of["eic"],
        "Company": of["leadPartyName"],
        "Fuel": of["fuelType"],
        "Capacity": _capacity(of),
        "GSP Group": of["gspGroupName"],
        "Paid for offers on the day": _cash(found.offer_cash_gbp),
        "Paid for bids on the day": _cash(found.bid_cash_gbp),
    }
    return [{"name": name, "value": str(value)} for name, value in facts.items() if value]


def _cash(amount: float | None) -> str:
    return "Not settled yet" if amount is None else figure(amount, 2, "£")


def _capacity(of: dict[str, Any]) -> str:
    numbers = [float(of[name] or 0) for name in ("generationCapacity", "demandCapacity")]
    return f"{figure(max(numbers, key=abs), 0)} MW"


def _acceptance(one: dict[str, Any]) -> dict[str, str]:
    flags = {"soFlag": "System Operator", "storFlag": "STOR", "deemedBoFlag": "Deemed"}
    return {
        "number": str(one["acceptanceNumber"]),
        "at": f"{one['acceptanceTime']:%H:%M} UTC",
        "span": f"{one['timeFrom']:%H:%M} to {one['timeTo']:%H:%M}",
        "levels": f"{one['lowest']:,} to {one['highest']:,}",
        "flags": ", ".join(words for name, words in flags.items() if one[name]),
    }


def _outage(one: dict[str, Any]) -> dict[str, str]:
    ends = one["eventEndTime"]
    return {
        "what": f"{one['unavailabilityType'] or ''} {one['cause'] or ''}".strip(),
        "span": f"{one['eventStartTime']:%-d %b %H:%M} to {ends:%-d %b %H:%M}" if ends else "",
        "left": f"{one['availableCapacity'] or 0:,.0f} of {one['normalCapacity'] or 0:,.0f} MW",
    }
