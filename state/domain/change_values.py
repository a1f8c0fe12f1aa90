"""The text of a change, field by field: what differs, what is too soon, how two changes meet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from state.domain.changes import ChangeKind, policy_on
from state.domain.dates import spoken_date
from state.domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not as it was."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One field that two people changed to different things."""

    field: str
    base: str
    theirs: str
    yours: str


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    """Every field that differs, in the order of the form."""
    names = [*before, *(name for name in after if name not in before)]
    return tuple(
        Difference(name, before.get(name, ""), after.get(name, ""))
        for name in names
        if name in after and before.get(name, "") != after[name]
    )


def meetings(
    base: Mapping[str, str], theirs: Mapping[str, str], yours: Mapping[str, str]
) -> tuple[Meeting, ...]:
    """The fields that both changed, and not to the same: somebody has to choose."""
    return tuple(
        Meeting(name, base.get(name, ""), theirs.get(name, ""), text)
        for name, text in yours.items()
        if base.get(name, "") not in {theirs.get(name, ""), text} and theirs.get(name, "") != text
    )


def merged(
    base: Mapping[str, str],
    theirs: Mapping[str, str],
    yours: Mapping[str, str],
    chosen_theirs: frozenset[str],
) -> dict[str, str]:
    """Each side's own changes, and of those that met the ones that were chosen."""
    return {
        name: theirs.get(name, "") if name in chosen_theirs or text == base.get(name, "") else text
        for name, text in yours.items()
    }


def date_refusals(kind: ChangeKind, effective_on: date, today: date) -> tuple[Refusal, ...]:
    """A change takes effect today or later, and not before its kind allows."""
    policy = policy_on(kind, today)
    earliest = policy.earliest(today)
    if effective_on >= earliest:
        return ()
    if policy.least_notice_days:
        return (Refusal("effective_on", f"The date must be {spoken_date(earliest)} or later"),)
    if policy.least_notice_working_days == 0:
        return (Refusal("effective_on", "The date must be today or in the future"),)
    return (
        Refusal(
            "effective_on",
            f"The date must be at least {policy.least_notice_working_days} Working Days away, on "
            f"or after {spoken_date(earliest)}",
        ),
    )
