"""The calendar of settled days on screen: five weeks at a time, as the address asks."""

from datetime import date, timedelta
from typing import Final

import reflex as rx

from state.domain.dates import spoken_date, spoken_moment
from state.domain.settlement_words import direction, figure, run_words
from state.services import party_settlement
from state.services.party_settlement import PublishedRun, SettledDay
from state.ui.access import for_people
from state.ui.figure_links import asked_date
from state.ui.session import ask, company_here
from state.ui.settled_day import CALENDAR, COMPARISON, DAY, day_words

DAYS_SHOWN: Final = 35
_SPAN: Final = timedelta(days=DAYS_SHOWN - 1)
_ONE: Final = timedelta(days=1)


class SettlementState(rx.State):
    """The settled days of five weeks, the newest first."""

    loaded: bool = False
    words: str = ""
    earlier: str = ""
    later: str = ""
    total: str = ""
    total_direction: str = ""
    days: list[dict[str, str]] = []
    bars: list[dict[str, str]] = []
    top: str = ""
    bottom: str = ""
    zero: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Read the days that end with the one in the address, or with the last settled one."""
        actor, organisation_id = await company_here(self)
        span = await ask(
            party_settlement.settled_span, actor=actor, organisation_id=organisation_id
        )
        if span is None:
            self.days, self.bars, self.loaded = [], [], True
            return
        first, last = span
        asked = asked_date(self.router.url.query_parameters.get("until", ""))
        until = min(max(asked or last, first), last)
        found = await ask(
            party_settlement.settled_days,
            actor=actor,
            organisation_id=organisation_id,
            since=until - _SPAN,
            until=until,
        )
        total = sum(day.current.net_to_party_gbp for day in found)
        self.total, self.total_direction = figure(total, 2, "£"), direction(total)
        self.words = f"{spoken_date(max(first, until - _SPAN))} to {spoken_date(until)}"
        self.earlier = _until(until - _SPAN - _ONE) if until - _SPAN > first else ""
        self.later = _until(min(until + _SPAN + _ONE, last)) if until < last else ""
        self.days = [_row(day) for day in found]
        _draw(self, found)
        self.loaded = True


def _until(day: date) -> str:
    return f"{CALENDAR}?until={day}"


def _row(day: SettledDay) -> dict[str, str]:
    run = day.current
    before = day.earlier[0] if day.earlier else None
    change = 0.0 if before is None else round(run.net_to_party_gbp - before.net_to_party_gbp, 2)
    return {
        "day": day_words(day.settlement_date),
        "href": f"{DAY}?date={day.settlement_date}",
        "run": run_words(run.run_type),
        "published": spoken_moment(run.published_at),
        "net": figure(run.net_to_party_gbp, 2, "£"),
        "direction": direction(run.net_to_party_gbp),
        "earlier": ", ".join(_earlier(each) for each in day.earlier),
        "compare": _comparison(day) if before is not None else "",
        "change": _change(change) if before else "",
    }


def _change(change: float) -> str:
    return f"{'+' if change > 0 else ''}{figure(change, 2, '£')}" if change else "No change"


def _earlier(run: PublishedRun) -> str:
    return f"{run.run_type.value}: {figure(run.net_to_party_gbp, 2, '£')}"


def _comparison(day: SettledDay) -> str:
    sides = f"before={day.earlier[0].public_id}&after={day.current.public_id}"
    return f"{COMPARISON}?date={day.settlement_date}&{sides}"


def _begins(day: SettledDay, found: tuple[SettledDay, ...]) -> bool:
    return day is found[-1] or day.settlement_date.day == 1


def _paid_or_pays(net: float) -> str:
    return f"{direction(net)} {figure(abs(net), 2, '£')}"


def _draw(screen: SettlementState, found: tuple[SettledDay, ...]) -> None:
    """Bars from zero: each a part of the height between the lowest and the highest."""
    nets = [day.current.net_to_party_gbp for day in found]
    high, low = max([0.0, *nets]), min([0.0, *nets])
    whole = (high - low) or 1.0
    screen.top, screen.bottom = figure(high, 0, "£"), figure(low, 0, "£") if low else ""
    screen.zero = f"{100 * high / whole:.2f}%"
    screen.bars = [
        {
            "href": f"{DAY}?date={day.settlement_date}",
            "label": f"{day_words(day.settlement_date)}: {_paid_or_pays(net)}",
            "day": f"{day.settlement_date.day}",
            "month": f"{day.settlement_date:%b}" if _begins(day, found) else "",
            "kind": "pays" if net < 0 else "paid",
            "top": f"{100 * (high - max(net, 0)) / whole:.2f}%",
            "height": f"{100 * abs(net) / whole:.2f}%",
        }
        for day, net in reversed(list(zip(found, nets, strict=True)))
    ]
