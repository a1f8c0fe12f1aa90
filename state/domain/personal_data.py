"""What each column of the record holds and why it is kept: `personal_data.yaml`, one registry."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml


class ColumnClass(StrEnum):
    """What a column holds."""

    INTERNAL = "internal"
    BUSINESS = "business"
    PERSON = "person"
    PERSONAL = "personal"
    SEALED = "sealed"
    SECRET = "secret"  # noqa: S105  # a class, no password


@dataclass(frozen=True, slots=True)
class HeldTable:
    """A table: why it is kept, the class of each column, and its file in a company's copy."""

    name: str
    why: str
    exported_as: str
    columns: Mapping[str, ColumnClass]

    @property
    def exported(self) -> tuple[str, ...]:
        """The columns that a copy holds: neither secrets nor what is ours alone."""
        kept = {ColumnClass.INTERNAL, ColumnClass.SECRET}
        return tuple(name for name, kind in self.columns.items() if kind not in kept)


@cache
def held_tables() -> Mapping[str, HeldTable]:
    """Every table by its name."""
    text = (resources.files("state.domain") / "personal_data.yaml").read_text("utf-8")
    return {name: _table(name, row) for name, row in yaml.safe_load(text).items()}


def _table(name: str, row: dict[str, Any]) -> HeldTable:
    columns = {column: kind for kind in ColumnClass for column in row.get(kind.value, ())}
    return HeldTable(name, row["why"], row.get("exported_as", ""), columns)
