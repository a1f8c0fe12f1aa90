"""A quantity of the Code: the frame it produces and the dated ways of working it out."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from settlement_engine.frames import Frame

# A formula takes frames and parameters by name and gives a frame; each one types its own.
Formula = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Version:
    """One way of working a quantity out, in force from `since` to `until`, both inclusive.

    Of the frames it reads, those it `may_lack` are empty where they are not given; without any
    other that must be given, the quantity is not worked out.
    """

    since: date
    formula: Formula
    modification: str
    source: str
    until: date | None = None
    may_lack: frozenset[str] = frozenset()

    @property
    def reads(self) -> tuple[str, ...]:
        """What the formula reads: the names of its arguments."""
        return arguments(self.formula)

    def covers(self, settlement_date: date) -> bool:
        """Whether the version is in force on the date, as far as itself can say."""
        return self.since <= settlement_date and (
            self.until is None or settlement_date <= self.until
        )


@cache
def arguments(formula: Formula) -> tuple[str, ...]:
    """The names of what a formula takes."""
    return tuple(inspect.signature(formula).parameters)


@dataclass(frozen=True, slots=True)
class Rule:
    """A quantity, its frame and its versions, oldest first.

    `made_by` names, for a frame that was read, the rows of it that make the figure; `explain`
    shows those and leaves out the others. `over` names, for a frame that was read whole for a
    period and not for one account or unit, the columns by which its rows belong to the figure.
    """

    name: str
    produces: Frame
    versions: tuple[Version, ...]
    made_by: Mapping[str, pl.Expr] = field(default_factory=dict)
    over: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.versions:
            raise ValueError(f"{self.name} has no version.")
        dates = [version.since for version in self.versions]
        if dates != sorted(set(dates)):
            raise ValueError(f"The versions of {self.name} must stand in order of date, each once.")

    def version_on(self, settlement_date: date) -> Version | None:
        """The version in force on the date: the last one to start, unless it has ended."""
        started = [version for version in self.versions if version.since <= settlement_date]
        return started[-1] if started and started[-1].covers(settlement_date) else None
