"""Reference data: what the operator decides and dates. Two people change it, never for the past."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from state.domain.authorisation_categories import CATEGORY, dated_names, every_category
from state.domain.dated_values import DatedText, in_force
from state.domain.dates import spoken_date
from state.domain.fees import FEE, dated_amounts, fees
from state.domain.formats.plain_text import text_problem
from state.domain.refusal import Refusal
from state.domain.rules import PARAMETER, dated_numbers, parameter, parameter_names

_AMOUNT: Final = re.compile(r"\d{1,7}(\.\d{1,2})?")
_WHOLE: Final = re.compile(r"[1-9]\d{0,5}")
_LONGEST_NAME: Final = 60
_HOURS: Final = 24


class ReferenceKind(StrEnum):
    """What is decided."""

    FEE = FEE
    CATEGORY = CATEGORY
    PARAMETER = PARAMETER


@dataclass(frozen=True, slots=True)
class ReferenceItem:
    """One thing that has a value on each day, with its whole history."""

    kind: ReferenceKind
    key: str
    name: str
    unit: str
    values: tuple[DatedText, ...]

    @property
    def subject(self) -> str:
        """How a change names it."""
        return f"{_SHORT[self.kind]}:{self.key}"

    @property
    def newest(self) -> DatedText:
        """The value with the newest date, in force already or not yet."""
        return max(self.values, key=lambda one: one.since)

    def value_on(self, day: date) -> str:
        """The value in force on a day; empty before the first."""
        found = in_force(self.values, day)
        return found.value if found else ""


_SHORT: Final = {
    ReferenceKind.FEE: "fee",
    ReferenceKind.CATEGORY: "cat",
    ReferenceKind.PARAMETER: "par",
}


def reference_items(kind: ReferenceKind) -> tuple[ReferenceItem, ...]:
    """Every item of a kind."""
    return _ITEMS[kind]()


def reference_item(subject: str) -> ReferenceItem | None:
    """The item that a change names; none where there is none such."""
    kinds = {short: kind for kind, short in _SHORT.items()}
    kind = kinds.get(subject.partition(":")[0])
    if kind is None:
        return None
    return next((one for one in reference_items(kind) if one.subject == subject), None)


def normal_value(item: ReferenceItem, typed: str) -> str:
    """The value as it is kept: an amount with two decimals."""
    if item.kind is ReferenceKind.FEE and _AMOUNT.fullmatch(typed):
        return f"{Decimal(typed):.2f}"
    return typed


def value_in_words(item: ReferenceItem, typed: str) -> str:
    """The value as it will be kept, with its unit: `275.00 GBP a month`."""
    unit = "" if item.kind is ReferenceKind.CATEGORY else item.unit
    return f"{normal_value(item, typed)} {unit}".strip() if typed else ""


def value_refusals(item: ReferenceItem, typed: str, since: date) -> tuple[Refusal, ...]:
    """Every reason to refuse a new value from a day on: never before what was decided last."""
    reasons = [Refusal("value", wrong) for wrong in [_problem(item, typed)] if wrong]
    if not reasons and normal_value(item, typed) == item.newest.value:
        reasons.append(Refusal("value", "That is the value already. Enter another"))
    if since <= item.newest.since:
        newest = spoken_date(item.newest.since)
        reasons.append(
            Refusal("effective_on", f"The date must be after {newest}, that of the newest value")
        )
    return tuple(reasons)


def _problem(item: ReferenceItem, typed: str) -> str | None:
    if item.kind is ReferenceKind.FEE:
        good = _AMOUNT.fullmatch(typed)
        return None if good else "The amount must be pounds and pence, like 250.00"
    if item.kind is ReferenceKind.CATEGORY:
        return text_problem("a name", typed, longest=_LONGEST_NAME)
    if not _WHOLE.fullmatch(typed):
        return "The value must be a whole number from 1 to 999,999"
    if item.unit == "hour" and int(typed) >= _HOURS:
        return "The hour must be from 1 to 23"
    return None


def _fees() -> tuple[ReferenceItem, ...]:
    return tuple(
        ReferenceItem(ReferenceKind.FEE, fee.key, fee.name, fee.unit, dated_amounts(fee))
        for fee in fees()
    )


def _categories() -> tuple[ReferenceItem, ...]:
    return tuple(
        ReferenceItem(
            ReferenceKind.CATEGORY, one.code, f"Category {one.code}", "name", dated_names(one)
        )
        for one in every_category()
        if one.until is None
    )


def _parameters() -> tuple[ReferenceItem, ...]:
    return tuple(
        ReferenceItem(
            ReferenceKind.PARAMETER,
            name,
            parameter(name).description,
            parameter(name).unit,
            dated_numbers(name),
        )
        for name in parameter_names()
    )


_ITEMS: Final[Mapping[ReferenceKind, Callable[[], tuple[ReferenceItem, ...]]]] = {
    ReferenceKind.FEE: _fees,
    ReferenceKind.CATEGORY: _categories,
    ReferenceKind.PARAMETER: _parameters,
}
