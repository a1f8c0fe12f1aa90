"""Two runs of a date side by side on the staff's screen."""

from typing import Final

import polars as pl
import reflex as rx

from state.domain.dates import spoken_date
from state.domain.settlement_differences import CHARGES, NET
from state.domain.settlement_words import figure, run_words
from state.services import settlement_comparison
from state.services.settlement_runs import Run, RunRefusedError
from state.ui.access import for_staff
from state.ui.session import ask, here

ROWS_SHOWN: Final = 50
"""The largest differences of a table; the rest is counted."""

_NAMES: Final = {charge.column: charge.name for charge in (*CHARGES, NET)}
_LONGEST_ID: Final = 40


class RunComparisonState(rx.State):
    """By charge, by Party and by period, the largest differences first."""

    loaded: bool = False
    title: str = ""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    by_charge: list[dict[str, str]] = []
    by_party: list[dict[str, str]] = []
    by_period: list[dict[str, str]] = []
    left_out: str = ""
    missing: str = ""

    @rx.event
    @for_staff
    async def load(self):
        """Compare the two runs that the address names."""
        named = self.router.url.query_parameters
        before, after = (str(named.get(each, ""))[:_LONGEST_ID] for each in ("before", "after"))
        self.missing, self.loaded, self.title = "", False, ""
        try:
            found = await ask(
                settlement_comparison.compare_runs,
                actor=await here(self),
                before=before,
                after=after,
            )
        except RunRefusedError as refused:
            self.missing, self.loaded = ". ".join(each.reason for each in refused.reasons), True
            return
        self.title = f"Settlement Date {spoken_date(found.after.settlement_date)}"
        self.before, self.after = _side(found.before), _side(found.after)
        self.by_charge = _rows(found.differences.by_charge)
        parties = found.differences.by_party.filter(pl.col("charge").cast(pl.String) == NET.column)
        periods = found.differences.by_period.filter(pl.col("charge").cast(pl.String) == NET.column)
        self.by_party, self.by_period = _rows(_largest(parties)), _rows(_largest(periods))
        more = periods.height - len(self.by_period)
        self.left_out = f"{more:,} smaller differences are not shown." if more > 0 else ""
        self.loaded = True


def _side(run: Run) -> dict[str, str]:
    return {
        "name": f"{run_words(run.run_type)}, run {run.run_number}",
        "state": run.state.capitalize(),
        "href": f"/staff/runs/run?run={run.public_id}",
    }


def _largest(rows: pl.DataFrame) -> pl.DataFrame:
    keys = [name for name in rows.columns if not name.endswith("_gbp")]
    return rows.sort(
        pl.col("difference_gbp").abs(), *keys, descending=[True, *(False for _ in keys)]
    ).head(ROWS_SHOWN)


def _rows(rows: pl.DataFrame) -> list[dict[str, str]]:
    return [
        {
            "charge": _NAMES.get(str(row["charge"]), str(row["charge"])),
            "party": str(row.get("party_id", "")),
            "period": str(row.get("settlement_period", "")),
            "before": figure(row["before_gbp"], 2),
            "after": figure(row["after_gbp"], 2),
            "difference": _signed(row["difference_gbp"]),
            "tone": _tone(row["difference_gbp"]),
        }
        for row in rows.iter_rows(named=True)
    ]


def _signed(difference: float) -> str:
    return ("+" if round(difference, 2) > 0 else "") + figure(difference, 2)


def _tone(difference: float) -> str:
    pence = round(difference, 2)
    return "none" if pence == 0 else "up" if pence > 0 else "down"
