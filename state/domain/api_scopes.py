"""What a program may be allowed: scopes, and the activities of the matrix that each stands for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from state.domain.permissions import Permission


@dataclass(frozen=True, slots=True)
class Scope:
    """One thing that a program may be allowed, from a day on; `holder` is whose program may."""

    scope: str
    words: str
    hint: str
    since: date
    holder: str
    permissions: frozenset[Permission]


COMPANY: Final = "company"
OPERATOR: Final = "operator"


def scopes_on(day: date, holder: str = COMPANY) -> tuple[Scope, ...]:
    """Those that can be given on a day to programs of a company, or to the operator's own."""
    return tuple(one for one in _table() if one.since <= day and one.holder == holder)


def permissions_of(scopes: Iterable[str], day: date) -> frozenset[Permission]:
    """All that the scopes let a program do; one that is not known lets it do nothing."""
    held = set(scopes)
    named = (one for one in _table() if one.since <= day and one.scope in held)
    return frozenset().union(*(one.permissions for one in named))


@cache
def _table() -> tuple[Scope, ...]:
    text = (resources.files("state.domain") / "api_scopes.yaml").read_text("utf-8")
    return tuple(_scope({"holder": COMPANY, **row}) for row in yaml.safe_load(text))


def _scope(row: dict[str, Any]) -> Scope:
    return Scope(**{**row, "permissions": frozenset(map(Permission, row["permissions"]))})
