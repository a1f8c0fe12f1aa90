"""One BM Unit of a settled day on screen."""

from urllib.parse import quote

import polars as pl
import reflex as rx

from state.domain.settlement_words import direction, figure
from state.services import settlement_units
from state.services.settlement_runs import RunRefusedError
from state.ui.access import for_people
from state.ui.session import ask, company_here
from state.ui.settled_day import UNIT, UNITS, SettledDayHead, address, show_day

NO_SUCH_UNIT = "Your company had no such BM Unit on this day."
_LONGEST = 40


class SettlementUnitState(SettledDayHead, rx.State):
    """The day's sums of a unit; its half-hours the chart reads itself."""

    unit: str = ""
    account: str = ""
    metered: str = ""
    expected: str = ""
    cashflow: str = ""
    cashflow_direction: str = ""
    non_delivery: str = ""
    src: str = ""
    back: str = UNITS

    @rx.event
    @for_people
    async def load(self):
        """Read the unit that the address names."""
        actor, organisation_id = await company_here(self)
        shown = await show_day(self, actor, organisation_id, UNIT, "unit")
        if shown is None:
            return
        unit = self.router.url.query_parameters.get("unit", "")[:_LONGEST]
        day, run = shown.day.settlement_date, shown.run.public_id
        self.loaded, self.back = True, address(UNITS, shown)
        try:
            found = await ask(
                settlement_units.unit_periods,
                actor=actor,
                organisation_id=organisation_id,
                settlement_date=day,
                run=run,
                bm_unit=unit,
            )
        except RunRefusedError:
            self.missing = NO_SUCH_UNIT
            return
        sums = found.select(pl.col("^.*_(mwh|gbp)$").sum()).to_dicts()[0]
        self.unit = unit
        self.account = found["energy_account"][0].capitalize() if found.height else "–"
        self.metered = figure(sums["metered_volume_mwh"], 3)
        self.expected = figure(sums["expected_metered_volume_mwh"], 3)
        self.cashflow = figure(sums["bm_unit_cashflow_gbp"], 2, "£")
        self.cashflow_direction = direction(sums["bm_unit_cashflow_gbp"])
        self.non_delivery = figure(-sums["non_delivery_charge_gbp"], 2, "£")
        self.src = f"/api/v1/settlement/{day}/runs/{run}/units/{quote(unit, safe='')}"
