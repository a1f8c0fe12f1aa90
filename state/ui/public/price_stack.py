"""How one price was made, on screen: the period the address names, and the step one looks at."""

from datetime import date, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import reflex as rx

from settlement_engine.periods import MARKET_CLOCK, period_count, period_start
from state.domain.actor import Actor
from state.domain.dates import is_believable, spoken_date, spoken_moment
from state.domain.price_steps import megawatt_hours, pounds, price_steps
from state.domain.settlement_words import source_words
from state.services import price_stack, publishing
from state.services.price_stack import NoSuchPriceError, PeriodOfDay, PriceStack
from state.ui.access import for_anyone
from state.ui.forms import answer
from state.ui.session import ask, here

PATH = "/insights/price-stack"
_READ = ("system_prices", "action_stack")
_LAST_STEP = 7


class PriceStackState(rx.State):
    """One period; what the chart draws it reads itself."""

    src: str = ""
    date: str = ""
    period: str = ""
    title: str = ""
    price: str = ""
    imbalance: str = ""
    system: str = ""
    has_stack: bool = False
    missing: str = ""
    previous: str = ""
    following: str = ""
    latest: str = ""
    step: int = 0
    steps: list[dict[str, str]] = []
    rules: list[dict[str, str]] = []
    chart_href: str = ""
    history: list[dict[str, str]] = []

    @rx.event
    @for_anyone
    async def load(self):
        """Read the address, and show its period from the first step on."""
        shown = (self.date, self.period)
        await _show(self, await here(self))
        asked = _step(self.router.url.query_parameters.get("step", ""))
        if asked is not None:
            self.step = asked
        elif shown != (self.date, self.period):
            self.step = 0

    @rx.event
    @for_anyone
    async def refresh(self):
        """The stack was worked out again while one looked at it."""
        await _show(self, await here(self))

    @rx.event
    @for_anyone
    async def choose(self, step: int):
        """Look at another step."""
        if isinstance(step, int):
            self.step = min(_LAST_STEP, max(0, step))

    @rx.event
    @for_anyone
    async def go_to(self, form: dict):
        """Open the period that was typed."""
        asked = {"date": answer(form, "date")[:10], "period": answer(form, "period")[:2]}
        return rx.redirect(f"{PATH}?{urlencode(asked)}")


async def _show(screen: PriceStackState, actor: Actor) -> None:
    if why := await ask(publishing.why_closed, actor=actor, names=_READ):
        _show_missing(screen, why)
        return
    latest = await ask(price_stack.latest_stack, actor=actor)
    query = screen.router.url.query_parameters
    screen.latest = _href(latest)
    try:
        period = _asked(query.get("date", ""), query.get("period", ""), latest)
        found = await ask(
            price_stack.price_stack,
            actor=actor,
            settlement_date=period.settlement_date,
            settlement_period=period.settlement_period,
        )
    except (ValueError, NoSuchPriceError) as refused:
        _show_missing(screen, str(refused))
        return
    rules = await ask(price_stack.rules_on, actor=actor, settlement_date=period.settlement_date)
    _show_found(screen, found)
    screen.rules = [
        {
            "symbol": rule.symbol,
            "description": rule.description,
            "value": rule.value,
            "since": spoken_date(rule.since),
            "source": rule.source,
        }
        for rule in rules.shown
    ]
    screen.steps = (
        [
            {"name": step.name, "sentence": step.sentence, "source": step.source}
            for step in price_steps(found.actions, found.price, rules.in_force)
        ]
        if screen.has_stack
        else []
    )


def _step(text: str) -> int | None:
    """The step that the address names, as people count: 1 to 8."""
    is_number = text.isascii() and text.isdecimal() and len(text) == 1
    return min(_LAST_STEP, max(0, int(text) - 1)) if is_number else None


def _asked(day: str, number: str, latest: PeriodOfDay | None) -> PeriodOfDay:
    if not day and not number:
        if latest is None:
            raise ValueError("No stack has been worked out yet.")
        return latest
    try:
        settlement_date = date.fromisoformat(day)
    except ValueError:
        raise ValueError(f"“{day[:20]}” is no date. Write it as 2026-10-25.") from None
    if not is_believable(settlement_date):
        raise ValueError(f"There are no prices of the year {settlement_date.year}.")
    most = period_count(settlement_date)
    if not number.isascii() or not number.isdecimal() or not 1 <= int(number[:9]) <= most:
        raise ValueError(f"{spoken_date(settlement_date)} has Settlement Periods 1 to {most}.")
    return PeriodOfDay(settlement_date, int(number[:9]))


def _show_missing(screen: PriceStackState, why: str) -> None:
    query = screen.router.url.query_parameters
    screen.missing, screen.has_stack, screen.src, screen.title = why, False, "", ""
    screen.date, screen.period = query.get("date", "")[:10], query.get("period", "")[:2]
    screen.steps, screen.previous, screen.following = [], "", ""


def _show_found(screen: PriceStackState, found: PriceStack) -> None:
    day, number = found.period.settlement_date, found.period.settlement_period
    screen.date, screen.period = str(day), str(number)
    screen.title = _title(day, number)
    screen.missing = ""
    screen.has_stack = found.actions.height > 0
    screen.src = f"/api/v1/insights/price-stack/{day}/{number}" if screen.has_stack else ""
    screen.previous, screen.following = _href(found.previous), _href(found.following)
    screen.chart_href = f"/insights/system-price?range=day&date={day}"
    screen.history = _history(found)
    screen.price = screen.imbalance = screen.system = ""
    if found.price is not None:
        volume = found.price["net_imbalance_volume_mwh"]
        screen.price = pounds(found.price["system_buy_price_gbp_per_mwh"])
        screen.imbalance = megawatt_hours(volume)
        screen.system = "Short" if volume > 0 else "Long" if volume < 0 else "In balance"


def _history(found: PriceStack) -> list[dict[str, str]]:
    """Every run that published the price, the latest first, and what it changed."""
    lines = []
    before: float | None = None
    for revision in found.history:
        change = None if before is None else round(revision.price_gbp_per_mwh - before, 2)
        lines.append(
            {
                "run": source_words(revision.run) or "Not named",
                "published": spoken_moment(revision.published_at),
                "price": pounds(revision.price_gbp_per_mwh),
                "imbalance": megawatt_hours(revision.imbalance_mwh),
                "change": "First published" if change is None else _change_words(change),
                "current": "",
            }
        )
        before = revision.price_gbp_per_mwh
    if lines:
        lines[-1]["current"] = "In force"
    return lines[::-1]


def _change_words(change: float) -> str:
    if change == 0:
        return "No change"
    return f"{pounds(abs(change))} {'higher' if change > 0 else 'lower'}"


def _title(day: date, number: int) -> str:
    start = period_start(day, number).astimezone(ZoneInfo(MARKET_CLOCK))
    end = (period_start(day, number) + timedelta(minutes=30)).astimezone(ZoneInfo(MARKET_CLOCK))
    first = f"{start:%H:%M}" if start.tzname() == end.tzname() else f"{start:%H:%M %Z}"
    return f"{day:%a} {spoken_date(day)} · SP {number} · {first}–{end:%H:%M %Z}"


def _href(period: PeriodOfDay | None) -> str:
    if period is None:
        return ""
    return f"{PATH}?date={period.settlement_date}&period={period.settlement_period}"
