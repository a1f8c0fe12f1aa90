"""Fees and charges on screen."""

from datetime import date
from decimal import Decimal

import reflex as rx

from state.domain.dated_values import in_force
from state.domain.dates import spoken_date
from state.services import charges
from state.services.charges import FeeOnPage
from state.ui.access import for_people
from state.ui.session import ask, clock, company_here


class ChargesState(rx.State):
    """What the company pays."""

    loaded: bool = False
    month: str = ""
    pays_nothing: bool = False
    due: list[dict[str, str]] = []
    total: str = ""
    fees: list[dict[str, str]] = []

    @rx.event
    @for_people
    async def load(self):
        """Read them."""
        actor, organisation_id = await company_here(self)
        now = clock()
        found = await ask(charges.charges_of, actor=actor, organisation_id=organisation_id, now=now)
        self.month = f"{found.month:%B %Y}"
        self.pays_nothing = found.pays_nothing
        self.due = [
            {
                "name": one.name,
                "amount": _pounds(one.amount),
                "vat": "plus VAT" if one.with_vat else "",
                "day": spoken_date(one.day),
            }
            for one in found.due
        ]
        self.total = _pounds(sum((one.amount for one in found.due), Decimal(0)))
        self.fees = [row for fee in found.fees for row in _amounts(fee, now.date())]
        self.loaded = True


def _amounts(fee: FeeOnPage, today: date) -> list[dict[str, str]]:
    """Every amount of a fee, the newest first."""
    current = in_force(fee.amounts, today)
    when = "Each calendar month or part of one" if fee.is_monthly else "Once, at accession"
    return [
        {
            "name": fee.name,
            "when": when,
            "since": spoken_date(one.since),
            "amount": _pounds(Decimal(one.value)),
            "vat": "plus VAT" if fee.with_vat else "",
            "tag": "To come" if one.since > today else "Now" if one == current else "",
        }
        for one in sorted(fee.amounts, key=lambda one: one.since, reverse=True)
    ]


def _pounds(amount: Decimal) -> str:
    return f"£{amount:,.2f}"
