"""What can be downloaded of a run, on screen."""

import reflex as rx

from state.domain.quantity_words import quantity_meaning, quantity_name
from state.services import settlement_files, settlement_report
from state.ui.access import for_people
from state.ui.session import ask, company_here
from state.ui.settled_day import FILES, SettledDayHead, show_day

_FIRST = {
    "daily_party_charges": "",
    "party_cashflow": "",
    "energy_imbalance_volume": "",
    "energy_imbalance_cashflow": "",
    "bm_unit_cashflow": "",
    "delivery_mode": "Metered volume of each unit, and whether its Trading Unit gives energy.",
}
"""What is asked for most, and what it is where its own words do not say what one looks for."""


class SettlementFilesState(SettledDayHead, rx.State):
    """Every quantity of a run of which the company may have its rows."""

    most: list[dict[str, str]] = []
    others: list[dict[str, str]] = []
    reports: list[dict[str, str]] = []

    @rx.event
    @for_people
    async def load(self):
        """Read what the run holds."""
        actor, organisation_id = await company_here(self)
        shown = await show_day(self, actor, organisation_id, FILES)
        if shown is None:
            return
        names = await ask(
            settlement_files.own_quantities,
            actor=actor,
            organisation_id=organisation_id,
            run=shown.run.public_id,
        )
        parties = await ask(
            settlement_report.own_party_ids,
            actor=actor,
            organisation_id=organisation_id,
            run=shown.run.public_id,
        )
        where = f"/api/v1/settlement/{shown.day.settlement_date}/runs/{shown.run.public_id}"
        self.reports = [{"party": party, "href": f"{where}/reports/{party}"} for party in parties]
        rows = {name: _row(f"{where}/files", name) for name in names}
        self.most = [rows[name] for name in _FIRST if name in rows]
        self.others = [rows[name] for name in names if name not in _FIRST]
        self.loaded = True


def _row(where: str, quantity: str) -> dict[str, str]:
    return {
        "name": quantity_name(quantity),
        "meaning": _FIRST.get(quantity) or quantity_meaning(quantity),
        "quantity": quantity,
        "csv": f"{where}/{quantity}.csv",
        "parquet": f"{where}/{quantity}.parquet",
    }
