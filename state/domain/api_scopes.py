"""What a program may be allowed: scopes, and the activities of the matrix that each stands for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml

from state.domain.permissions import Permission


@dataclass(frozen=True, slots=True)
class Scope:
    """One thing that a program may be allowed, from a day on."""

    scope: str
    words: str
    hint: str
    since: date
    permissions: frozenset[Permission]


def scopes_on(day: date) -> tuple[Scope, ...]:
    """Those that can be given on a day."""
    return tuple(one for one in _table() if one.since <= day)


def permissions_of(scopes: Iterable[str], day: date) -> frozenset[Permission]:
    """All that the scopes let a program do; one that is not known lets it do nothing."""
    held = set(scopes)
    return frozenset().union(*(one.permissions for one in scopes_on(day) if one.scope in held))


@cache
def _table() -> tuple[Scope, ...]:
    text = (resources.files("state.domain") / "api_scopes.yaml").read_text("utf-8")
    return tuple(
        Scope(**{**row, "permissions": frozenset(map(Permission, row["permissions"]))})
        for row in yaml.safe_load(text)
    )
