"""The steps of settling: what is looked at first, what can be worked out, and each quantity."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import dataframely as dy
import polars as pl

from settlement_engine.faults import Fault, GivenFramesError
from settlement_engine.periods import PERIOD_MINUTES, period_frame
from settlement_engine.rule import Rule, Version, arguments

CALENDAR: Final = "settlement_periods"
"""The frame of every period of the dates, when it starts and when it ends: made, never given."""

PERIOD_LENGTH: Final = "settlement_period_minutes"

Check = Callable[..., Iterable[Fault]]
"""Takes given frames, parameters and the calendar by name, and finds what contradicts."""

_OUT_OF_BOUNDS: Final = re.compile(r"'(min|max)' failed")

_UNBALANCED: Final = "sums_to_zero_within_rounding"

Around = Callable[[str], AbstractContextManager[object]]
"""Is entered around each thing that is done, by its name."""

Values = Mapping[str, Decimal | str]


class RulebookError(ValueError):
    """The rulebook cannot do what was asked of it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A quantity and the version of it that is in force."""

    rule: Rule
    version: Version


def hold(
    checks: Sequence[Check],
    given: Mapping[str, pl.DataFrame],
    values: Values,
    since: date,
    until: date,
) -> None:
    """Look for what makes the given frames contradict each other.

    A check is made where all that it reads is given.

    Raises:
        GivenFramesError: With every reason; nothing is worked out.
    """
    known: dict[str, Any] = {**given, **values, CALENDAR: calendar(since, until, values)}
    faults = [
        fault
        for check in checks
        if all(name in known for name in arguments(check))
        for fault in check(**{name: known[name] for name in arguments(check)})
    ]
    if faults:
        raise GivenFramesError(faults)


def needed(steps: list[Step], wanted: Collection[str]) -> list[Step]:
    """The steps that what is wanted rests on; all of them where nothing is named."""
    if not wanted:
        return steps
    names = set(wanted)
    kept: list[Step] = []
    for step in reversed(steps):
        if step.rule.name in names:
            names.update(step.version.reads)
            kept.append(step)
    return kept[::-1]


def lacking(
    steps: list[Step], absent: Collection[str], wanted: Collection[str]
) -> dict[str, frozenset[str]]:
    """What cannot be worked out while frames are absent, and for want of which of them.

    Raises:
        RulebookError: It was asked for, or nothing at all can be worked out.
    """
    wants = {name: frozenset({name}) for name in absent}
    for step in steps:
        needs = set(step.version.reads) - step.version.may_lack
        read = [wants[name] for name in needs if name in wants]
        if read:
            wants[step.rule.name] = frozenset().union(*read)
    for name in wanted:
        if name in wants:
            raise RulebookError(
                f"{name} cannot be worked out: {listed(wants[name])} must be given."
            )
    if steps and all(step.rule.name in wants for step in steps):
        raise RulebookError(f"Nothing can be worked out: {listed(absent)} must be given.")
    return {name: missing for name, missing in wants.items() if name not in absent}


def worked_out(step: Step, known: Mapping[str, Any], instead: Collection[str]) -> pl.DataFrame:
    """The quantity of a step; `instead` names the quantities that were given, not worked out.

    Raises:
        RulebookError: It does not come out whole because of one of those.
        dataframely.exc.ValidationError: It does not come out whole: our fault.
    """
    reads = {name: known[name] for name in step.version.reads}
    frame: pl.DataFrame = step.version.formula(**reads).collect()
    try:
        validated: pl.DataFrame = step.rule.produces.validate(frame)
    except dy.exc.ValidationError as error:
        if _OUT_OF_BOUNDS.search(str(error)):
            raise RulebookError(
                f"{step.rule.name} comes out larger than any market: a number that was given is "
                f"far too large or far too small. {error}"
            ) from error
        if _UNBALANCED in str(error):
            raise RulebookError(
                "The money of a Settlement Period does not sum to zero: nobody is there to share "
                f"what imbalances brought in, or a number that was given is wrong. {error}"
            ) from error
        if not (named := [name for name in step.version.reads if name in instead]):
            raise
        raise RulebookError(
            f"{step.rule.name} does not come out whole. A frame that was given in place of one "
            f"that is worked out lacks rows or contradicts another: {', '.join(named)}. {error}"
        ) from error
    return validated


def calendar(since: date, until: date, values: Values) -> pl.DataFrame:
    """Every Settlement Period of the dates, of the length that is in force."""
    return period_frame(since, until, period_minutes(values))


def period_minutes(values: Values) -> int:
    """The length of a Settlement Period among the values of a date."""
    return int(values.get(PERIOD_LENGTH, PERIOD_MINUTES))


def within(frame: pl.DataFrame, since: date, until: date) -> pl.DataFrame:
    """The rows of the Settlement Dates; a frame that has no date is meant for all of them."""
    if "settlement_date" not in frame.columns:
        return frame
    inside = pl.col("settlement_date").is_between(since, until)
    return frame if frame.select(inside.all()).item() else frame.filter(inside)


def listed(names: Collection[str]) -> str:
    """Names in order, for a sentence."""
    return ", ".join(sorted(names))
