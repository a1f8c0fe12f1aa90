"""The imbalance of a settled day on screen: one Energy Account at a time."""

from urllib.parse import urlencode

import polars as pl
import reflex as rx

from state.domain.settlement_words import figure
from state.services import party_settlement
from state.ui.access import for_people
from state.ui.session import ask, company_here
from state.ui.settled_day import IMBALANCE, SettledDayHead, Shown, address, show_day

_VOLUMES = (
    "credited_energy_volume_mwh",
    "contract_volume_mwh",
    "balancing_services_volume_mwh",
    "energy_imbalance_volume_mwh",
)


class SettlementImbalanceState(SettledDayHead, rx.State):
    """What each account gave against what it had sold."""

    accounts: list[dict[str, str]] = []
    totals: list[dict[str, str]] = []
    account: str = ""
    src: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Read the day, and of its accounts the one that the address names, or the first."""
        actor, organisation_id = await company_here(self)
        shown = await show_day(self, actor, organisation_id, IMBALANCE, "party", "account")
        if shown is None:
            return
        day, run = shown.day.settlement_date, shown.run.public_id
        found = await ask(
            party_settlement.imbalance_by_period,
            actor=actor,
            organisation_id=organisation_id,
            settlement_date=day,
            run=run,
        )
        sums = _by_account(found)
        keys = [(row["party_id"], row["energy_account"]) for row in sums]
        asked = self.router.url.query_parameters
        wanted = (asked.get("party", ""), asked.get("account", ""))
        party, account = wanted if wanted in keys else (keys or [("", "")])[0]
        several = len({party for party, _ in keys}) > 1
        self.totals = [_total(shown, row, several=several) for row in sums]
        self.accounts = [
            {
                "text": _name(*key, several=several),
                "href": _of_account(shown, *key),
                "current": "page" if key == (party, account) else "false",
            }
            for key in keys
        ]
        self.account = _name(party, account, several=several) if keys else ""
        where = f"/api/v1/settlement/{day}/runs/{run}/imbalance"
        self.src = f"{where}?{urlencode({'party': party, 'account': account})}" if keys else ""
        self.loaded = True


def _by_account(found: pl.DataFrame) -> list[dict[str, object]]:
    sums = found.group_by("party_id", "energy_account").agg(
        pl.col(*_VOLUMES, "energy_imbalance_cashflow_gbp").sum()
    )
    return sums.sort("party_id", "energy_account").to_dicts()


def _total(shown: Shown, row: dict, *, several: bool) -> dict[str, str]:
    imbalance = row["energy_imbalance_volume_mwh"]
    return {
        "name": _name(row["party_id"], row["energy_account"], several=several),
        "href": _of_account(shown, row["party_id"], row["energy_account"]),
        **{name: figure(row[name], 3) for name in _VOLUMES},
        "was": "Long" if imbalance > 0 else "Short" if imbalance < 0 else "In balance",
        "to_party": figure(-row["energy_imbalance_cashflow_gbp"], 2, "£"),
    }


def _name(party: str, account: str, *, several: bool) -> str:
    """`Production account`, with its Party where the company is several."""
    return f"{party}: {account} account" if several else f"{account.capitalize()} account"


def _of_account(shown: Shown, party: str, account: str) -> str:
    return address(IMBALANCE, shown, party=party, account=account)
