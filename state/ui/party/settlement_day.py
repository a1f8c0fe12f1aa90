"""A settled day on screen: what each charge came to, and where its chart reads the half-hours."""

import reflex as rx

from state.domain.settlement_differences import NET
from state.domain.settlement_words import CHARGE_MEANINGS, direction, figure, to_party
from state.services import party_settlement
from state.services.party_settlement import DAILY, ChargesOfDay
from state.ui.access import for_people
from state.ui.figure_links import figure_address
from state.ui.session import ask, company_here
from state.ui.settled_day import DAY, EXPLANATION, SettledDayHead, show_day


class SettlementDayState(SettledDayHead, rx.State):
    """The charges of one day."""

    charges: list[dict[str, str]] = []
    parties: list[dict[str, str]] = []
    src: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Read the day that the address names, or the last one."""
        actor, organisation_id = await company_here(self)
        shown = await show_day(self, actor, organisation_id, DAY)
        if shown is None:
            return
        day, run = shown.day.settlement_date, shown.run.public_id
        asked = {
            "actor": actor,
            "organisation_id": organisation_id,
            "settlement_date": day,
            "run": run,
        }
        found = await ask(party_settlement.charges_of_day, **asked)
        periods = await ask(party_settlement.charges_by_period, **asked)
        parties = sorted(periods["party_id"].unique())
        self.charges = _charges(found, parties)
        self.parties = [
            {"party": party, "href": _explained(found, party)}
            for party in (parties if len(parties) > 1 else [])
        ]
        self.src = f"/api/v1/settlement/{day}/runs/{run}/charges"
        self.loaded = True


def _charges(found: ChargesOfDay, parties: list[str]) -> list[dict[str, str]]:
    """Each charge as the Party sees it, then the net. A sum over Parties is no one figure."""
    only = parties[0] if len(parties) == 1 else None
    rows = [(each.charge, to_party(each.charge, each.amount_gbp)) for each in found.charges]
    return [
        {
            "name": "Net of the day" if charge is NET else charge.name,
            "meaning": CHARGE_MEANINGS.get(charge.column, "What all charges come to"),
            "direction": direction(amount),
            "amount": figure(amount, 2, "£"),
            "href": _explained(found, only, charge.column) if only else "",
            "strong": "true" if charge is NET else "false",
        }
        for charge, amount in [*rows, (NET, found.net_to_party_gbp)]
    ]


def _explained(found: ChargesOfDay, party: str, column: str = "") -> str:
    key = [("settlement_date", found.run.settlement_date), ("party_id", party)]
    return figure_address(EXPLANATION, found.run.public_id, DAILY, key, column)
