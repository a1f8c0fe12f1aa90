"""Why an activity is refused: the rule, who may do it, and how to put it right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from state.domain.permissions import Capacity, Permission, Right, activities_on
from state.domain.who_can_do_what import COMPANY_KINDS, STAFF_KINDS, Kind, Line, line_of

_AT_A_COMPANY: Final = (
    "Ask a Category A colleague to give you this right, "
    "or ask somebody who has it to do it for you."
)
_AMONG_STAFF: Final = "It is for the operator's staff. An administrator gives staff their roles."
_NO_PERSON: Final = "No person does this on a page: the service or its operator does, by command."
_AGAIN: Final = ", after signing in again"


@dataclass(frozen=True, slots=True)
class LackingRight:
    """What was refused in words, the kinds of people who may do it, and what to do about it."""

    activity: str
    group: str
    who_may: tuple[str, ...]
    remedy: str
    since: date


def lacking_right(permission: Permission, day: date) -> LackingRight:
    """The refusal of an activity by the table of a day."""
    line = line_of(permission, day)
    company = tuple(_holders(line, COMPANY_KINDS))
    staff = tuple(f"{name}, of the operator's staff" for name in _holders(line, STAFF_KINDS))
    return LackingRight(
        activity=line.words,
        group=line.group,
        who_may=(*company, *staff),
        remedy=_AT_A_COMPANY if company else _AMONG_STAFF if staff else _NO_PERSON,
        since=activities_on(day)[permission].since,
    )


def remedy_of_all_but_staff() -> str:
    """How to put right that a page is for the operator's staff alone."""
    return _AMONG_STAFF


def _holders(line: Line, kinds: tuple[Kind, ...]) -> Iterator[str]:
    for kind in kinds:
        right = line.rights.get(kind.key, Right.NO)
        if right is Right.NO:
            continue
        is_some = kind.key == Capacity.SIGNATORY and line.categories
        name = f"Signatories for {line.categories}" if is_some else kind.name
        yield name + (_AGAIN if right is Right.AGAIN else "")
