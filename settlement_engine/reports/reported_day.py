"""What reports read: the figures of one Settlement Date in decimals, of all Parties or of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import polars as pl

from settlement_engine import frames, rounding, settling
from settlement_engine.rounding import VOLUME_DIGITS
from settlement_engine.rulebook import Settled
from settlement_engine.runs import RunType

PERIOD: Final = "settlement_period"
UNIT_PERIOD: Final = (PERIOD, "bm_unit")


def total(figures: pl.Expr) -> pl.Expr:
    """The sum of figures in decimals, the same whatever the order of their rows."""
    return rounding.exact_sum(figures, VOLUME_DIGITS)


class ReportError(ValueError):
    """The results do not hold what the report is made of."""


@dataclass(frozen=True, slots=True)
class RunNumbers:
    """Which run a report tells of, and which runs of the other agents it was made from."""

    run_type: RunType
    saa_run_number: int
    saa_cdca_run_number: int | None = None
    svaa_cdca_settlement_date: date | None = None
    svaa_cdca_run_number: int | None = None
    svaa_ssr_run_number: int | None = None


@dataclass(frozen=True, slots=True)
class ReportedDay:
    """The frames of a Settlement Date; with a Party, its own units and accounts and no others."""

    settled: Settled
    settlement_date: date
    party_id: str | None = None

    def system(self, name: str) -> pl.DataFrame:
        """Every row of the day: what all Parties may know, or what is about to be summed."""
        return self._decimals(name, self._of_the_day(name))

    def units(self, name: str) -> pl.DataFrame:
        """The rows of units whose lead Party is the one reported to."""
        rows = self._of_the_day(name)
        if self.party_id is not None:
            own = self._of_the_day("registered_bm_unit").filter(party_id=self.party_id)
            rows = rows.join(own, on="bm_unit", how="semi")
        return self._decimals(name, rows)

    def accounts(self, name: str) -> pl.DataFrame:
        """The rows of the accounts of the Party reported to."""
        rows = self._of_the_day(name)
        if self.party_id is not None:
            rows = rows.filter(party_id=self.party_id)
        return self._decimals(name, rows)

    def periods(self) -> pl.DataFrame:
        """The Settlement Periods that were settled, with the moments they start and end at."""
        calendar = settling.calendar(self.settlement_date, self.settlement_date, self.values())
        settled = self._of_the_day("delivery_mode").select(PERIOD).unique()
        return calendar.join(settled, on=PERIOD, how="semi", maintain_order="left")

    def values(self) -> Mapping[str, Decimal | str]:
        """The parameters in force."""
        return self.settled.rulebook.values_on(self.settlement_date)

    def _of_the_day(self, name: str) -> pl.DataFrame:
        """The rows of the day; none of a quantity that its rules do not know."""
        frame = self.settled.frames.get(name)
        if frame is None:
            frame = self.settled.rulebook.frame_types()[name].create_empty()
        return settling.within(frame, self.settlement_date, self.settlement_date)

    def _decimals(self, name: str, rows: pl.DataFrame) -> pl.DataFrame:
        return frames.decimals(rows, self.settled.rulebook.frame_types()[name])


def reported_day(
    settled: Settled, settlement_date: date, party_id: str | None = None
) -> ReportedDay:
    """The figures of a day to report to a Party, or of every Party where none is named.

    Raises:
        ReportError: The date was not settled, or not every quantity was worked out.
    """
    if not settled.span.since <= settlement_date <= settled.span.until:
        raise ReportError(
            f"{settlement_date} was not settled: the results are of {settled.span.since} to "
            f"{settled.span.until}."
        )
    steps = settled.rulebook.in_force(settlement_date)
    if missing := [step.rule.name for step in steps if step.rule.name not in settled.frames]:
        raise ReportError(f"{', '.join(missing)} was not worked out; settle the whole day.")
    return ReportedDay(settled, settlement_date, party_id)
