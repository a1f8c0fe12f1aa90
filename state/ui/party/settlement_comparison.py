"""Two runs of a settled day side by side, on screen: by charge, then by Settlement Period."""

from datetime import date

import polars as pl
import reflex as rx

from settlement_engine.periods import period_start
from state.domain.dates import spoken_moment
from state.domain.settlement_differences import CHARGES, NET, Charge
from state.domain.settlement_words import RUN_NAMES, better_or_worse, figure, run_words, to_party
from state.services import party_settlement
from state.services.party_settlement import ChargesOfDay, PublishedRun
from state.services.settlement_comparison import CASHFLOWS
from state.ui.access import for_people
from state.ui.figure_links import figure_address
from state.ui.session import ask, company_here
from state.ui.settled_day import (
    COMPARISON,
    EXPLANATION,
    NO_SUCH_RUN,
    SettledDayHead,
    address,
    run_label,
    runs_of,
    show_day,
)

ONE_RUN_ONLY = "This day has been settled once: there is no other run to compare it with."
_HALF_PENNY = 0.005


class SettlementComparisonState(SettledDayHead, rx.State):
    """What a later run changed for the company."""

    before: str = ""
    after: str = ""
    before_choices: list[dict[str, str]] = []
    after_choices: list[dict[str, str]] = []
    charges: list[dict[str, str]] = []
    periods: list[dict[str, str]] = []
    may_choose: bool = False
    changed: bool = False
    said: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Compare the two runs that the address names, or the last two."""
        actor, organisation_id = await company_here(self)
        shown = await show_day(self, actor, organisation_id, COMPARISON)
        if shown is None:
            return
        self.loaded = True
        runs = tuple(reversed(runs_of(shown.day)))
        sides = _asked(runs, dict(self.router.url.query_parameters))
        if sides is None:
            self.missing = ONE_RUN_ONLY if len(runs) == 1 else NO_SUCH_RUN
            return
        whose = {"actor": actor, "organisation_id": organisation_id}
        day = shown.day.settlement_date
        before, after = [
            await ask(
                party_settlement.charges_of_day,
                **whose,
                settlement_date=day,
                run=side.public_id,
            )
            for side in sides
        ]
        found = await ask(
            party_settlement.compare_own,
            **whose,
            before=sides[0].public_id,
            after=sides[1].public_id,
        )
        self.before, self.after = (_full_name(runs, side) for side in sides)
        self.charges = _by_charge(before, after)
        self.periods = _by_period(day, found.differences.by_period, sides[1].public_id)
        self.may_choose = len(runs) > 2  # noqa: PLR2004  # of two runs there is one comparison
        self.changed = bool(self.periods)
        self.said = _said(before, after, changed=self.changed)
        self.before_choices, self.after_choices = (_choices(day, runs, sides, of) for of in (0, 1))


def _asked(
    runs: tuple[PublishedRun, ...], query: dict[str, str]
) -> tuple[PublishedRun, PublishedRun] | None:
    """The two runs; the one before the last and the last, where the address does not say."""
    if len(runs) == 1:
        return None
    named = {run.public_id: run for run in runs}
    before = named.get(query.get("before", runs[-2].public_id))
    after = named.get(query.get("after", runs[-1].public_id))
    return None if before is None or after is None else (before, after)


def _full_name(runs: tuple[PublishedRun, ...], run: PublishedRun) -> str:
    label = run_label(runs, run)
    return f"{RUN_NAMES[run.run_type]} ({label})"


def _choices(
    day: date, runs: tuple[PublishedRun, ...], sides: tuple[PublishedRun, PublishedRun], of: int
) -> list[dict[str, str]]:
    """The runs that may stand on a side, as links that leave the other side as it is."""
    other = sides[1 - of].public_id
    name, others_name = ("before", "after") if of == 0 else ("after", "before")
    return [
        {
            "text": run_label(runs, run),
            "href": address(COMPARISON, date=str(day), **{name: run.public_id, others_name: other}),
            "current": "page" if run is sides[of] else "false",
        }
        for run in runs
    ]


def _by_charge(before: ChargesOfDay, after: ChargesOfDay) -> list[dict[str, str]]:
    pairs = [
        (one.charge, one.amount_gbp, other.amount_gbp)
        for one, other in zip(before.charges, after.charges, strict=True)
    ]
    pairs.append((NET, before.net_to_party_gbp, after.net_to_party_gbp))
    return [_compared(charge, one, other) for charge, one, other in pairs]


def _compared(charge: Charge, before: float, after: float) -> dict[str, str]:
    one, other = to_party(charge, before), to_party(charge, after)
    change = round(other - one, 2)
    return {
        "name": "Net of the day" if charge is NET else charge.name,
        "before": figure(one, 2, "£"),
        "after": figure(other, 2, "£"),
        "change": _signed(change),
        "words": better_or_worse(change),
        "tone": _tone(change),
        "strong": "true" if charge is NET else "false",
    }


def _by_period(day: date, found: pl.DataFrame, run: str) -> list[dict[str, str]]:
    """One row a period that changed, each charge as the Party sees it."""
    signs = {each.column: 1 if each.paid_to_party else -1 for each in (*CHARGES, NET)}
    changes: dict[int, dict[str, float]] = {}
    for row in found.iter_rows(named=True):
        of_period, charge = changes.setdefault(row["settlement_period"], {}), row["charge"]
        change = signs[charge] * row["difference_gbp"]
        of_period[charge] = of_period.get(charge, 0.0) + change
    parties = found["party_id"].unique().to_list()
    return [
        {
            "period": str(period),
            "href": _explained(day, period, run, parties[0]) if len(parties) == 1 else "",
            "from": spoken_moment(period_start(day, period)).rsplit(" ", 1)[1],
            **{each.column: _signed(row.get(each.column, 0.0)) for each in (*CHARGES, NET)},
            "words": better_or_worse(row.get(NET.column, 0.0)),
            "tone": _tone(row.get(NET.column, 0.0)),
        }
        for period, row in sorted(changes.items())
    ]


def _explained(day: date, period: int, run: str, party: str) -> str:
    key = [("settlement_date", day), ("settlement_period", period), ("party_id", party)]
    return figure_address(EXPLANATION, run, CASHFLOWS, key)


def _said(before: ChargesOfDay, after: ChargesOfDay, *, changed: bool) -> str:
    change = round(after.net_to_party_gbp - before.net_to_party_gbp, 2)
    later, earlier = run_words(after.run.run_type), run_words(before.run.run_type)
    if change:
        which = f"{figure(abs(change), 2, '£')} {'better' if change > 0 else 'worse'}"
        return f"By {later} the day is {which} for you than by {earlier}."
    if changed:
        return f"By {later} the day comes to the same as by {earlier}; single periods differ."
    return f"{later} and {earlier} come to the same for you, in every period and to the last digit."


def _signed(change: float) -> str:
    return f"{'+' if change >= _HALF_PENNY else ''}{figure(change, 2, '£')}"


def _tone(change: float) -> str:
    return "" if abs(change) < _HALF_PENNY else "better" if change > 0 else "worse"
