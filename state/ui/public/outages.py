"""Outages on screen: bars over two weeks, the latest revision of each message."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from state.domain.dates import spoken_date
from state.services import datasets, outages, publishing
from state.ui.access import for_anyone
from state.ui.session import ask, here

PATH = "/insights/outages"
_DAYS = 14


class OutagesState(rx.State):
    """What is out, from when until when."""

    rows: list[dict[str, str]] = []
    fuels: list[dict[str, str]] = []
    ticks: list[str] = []
    words: str = ""
    total: str = ""
    day: str = ""
    previous: str = ""
    following: str = ""
    loaded: bool = False
    closed: str = ""

    @rx.event
    @for_anyone
    async def load(self):
        """Read the address."""
        actor = await here(self)
        query = dict(self.router.url.query_parameters)
        self.closed = await ask(publishing.why_closed, actor=actor, names=["outage_messages"])
        held = await ask(datasets.dataset_days, actor=actor, name="outage_messages")
        since = _day(query.get("date", ""), held[1] - timedelta(days=_DAYS - 1) if held else None)
        fuel = query.get("fuel", "")[:40]
        until = since + timedelta(days=_DAYS - 1)
        found = await ask(outages.outages_of, actor=actor, since=since, until=until, fuel=fuel)
        self.rows = [_row(one, since) for one in found.rows]
        names = ("", *found.fuels)
        self.fuels = [
            {
                "text": name or "All",
                "href": _link(since, name),
                "current": "page" if name == fuel else "false",
            }
            for name in names
        ]
        self.day, self.words = str(since), f"{spoken_date(since)} to {spoken_date(until)}"
        self.ticks = [f"{since + timedelta(days=n):%-d %b}" for n in range(0, _DAYS, 2)]
        count = len(found.rows)
        self.total = (
            "1 outage touches these days." if count == 1 else f"{count} outages touch these days."
        )
        self.previous = _link(since - timedelta(days=_DAYS), fuel)
        self.following = _link(since + timedelta(days=_DAYS), fuel)
        self.loaded = True

    @rx.event
    @for_anyone
    async def go_to(self, day: str):
        """Show the two weeks from a day."""
        fuel = self.router.url.query_parameters.get("fuel", "")
        return rx.redirect(f"{PATH}?{urlencode({'date': str(day)[:10], 'fuel': str(fuel)[:40]})}")


def _day(text: str, otherwise: date | None) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return otherwise or date(2026, 1, 1)


def _link(since: date, fuel: str) -> str:
    return f"{PATH}?{urlencode({'date': str(since), **({'fuel': fuel} if fuel else {})})}"


def _row(one: dict[str, Any], since: date) -> dict[str, str]:
    """Where its bar stands, in hundredths of the two weeks."""
    start: datetime = one["eventStartTime"]
    end: datetime = one["eventEndTime"] or start
    left = min(max(_share(start, since), 0.0), 100.0)
    right = min(max(_share(end, since), 0.0), 100.0)
    return {
        "unit": one["affectedUnit"] or one["assetId"] or "",
        "company": one["participantId"] or "",
        "fuel": one["fuelType"] or "",
        "kind": one["unavailabilityType"] or "",
        "tone": "warn" if one["unavailabilityType"] == "Unplanned" else "info",
        "cause": one["cause"] or "",
        "span": f"{start:%-d %b %H:%M} to {end:%-d %b %H:%M} UTC",
        "available": f"{one['availableCapacity'] or 0:,.0f}",
        "normal": f"{one['normalCapacity'] or 0:,.0f}",
        "revision": str(one["revisionNumber"]),
        "left": f"{left:.2f}%",
        "width": f"{max(right - left, 0.6):.2f}%",
    }


def _share(at: datetime, since: date) -> float:
    passed = at - datetime(since.year, since.month, since.day, tzinfo=at.tzinfo)
    return passed / timedelta(days=_DAYS) * 100
