"""What a company pays the operator to take part (`customer.md` 2.3): dated fees, by its roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from state.domain.dated_values import DatedText, agreed, in_force

FEE: Final = "fee"
"""What fees are among reference data."""


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee: once at accession, or for each calendar month or part of one."""

    key: str
    name: str
    unit: str
    falls_due: str
    vat: str
    filed: tuple[DatedText, ...]

    @property
    def is_monthly(self) -> bool:
        """Whether it falls due each month."""
        return self.falls_due == "monthly"


@dataclass(frozen=True, slots=True)
class DueFee:
    """A fee that falls due in a month, with the amount in force on the day that makes it due."""

    fee: Fee
    amount: Decimal
    day: date


def fees() -> tuple[Fee, ...]:
    """Every fee."""
    return tuple(
        Fee(**{**row, "filed": tuple(DatedText(**value) for value in values)})
        for row, values in ((_without_values(row), row["values"]) for row in _table()["fees"])
    )


def dated_amounts(fee: Fee) -> tuple[DatedText, ...]:
    """Every amount of a fee with its date: those of the file, then those that were agreed."""
    return (*fee.filed, *agreed(FEE, fee.key))


def amount_on(fee: Fee, day: date) -> Decimal:
    """The amount of a fee on a day.

    Raises:
        ValueError: The fee has no amount yet on that day.
    """
    found = in_force(dated_amounts(fee), day)
    if found is None:
        raise ValueError(f"{fee.name} has no amount yet on {day}.")
    return Decimal(found.value)


def is_party_agent(role_code: str) -> bool:
    """Whether a role is that of a party agent, who pays nothing."""
    return role_code in _table()["party_agents"]


def fees_due(roles: Iterable[tuple[str, date, date | None]], month: date) -> tuple[DueFee, ...]:
    """What falls due in the month of a day for roles held since and until; agents pay nothing.

    A monthly fee falls due on the first of the month, or on the day within it on which the company
    began: a part of a month counts as a whole one.
    """
    held = [(since, until) for code, since, until in roles if not is_party_agent(code)]
    first = month.replace(day=1)
    if not held:
        return ()
    acceded = min(since for since, _ in held)
    takes_part = any(_meets(since, until, first) for since, until in held)
    due = []
    for fee in fees():
        day = max(first, acceded) if fee.is_monthly else acceded
        if (day.year, day.month) == (first.year, first.month) and takes_part:
            due.append(DueFee(fee, amount_on(fee, day), day))
    return tuple(due)


def _meets(since: date, until: date | None, first: date) -> bool:
    """Whether a role is held on some day of the month."""
    begun = (since.year, since.month) <= (first.year, first.month)
    return begun and (until is None or until >= first)


def _without_values(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "values"}


@cache
def _table() -> dict[str, Any]:
    text = (resources.files("state.domain") / "fees.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found
