"""One line of a chart by its name: `dataset.column`, of one value of its key, as known at a time.

For example `generation_by_fuel.generation_mw@WIND`, or `system_prices.net_imbalance_volume_mwh~
2026-10-26T00:00Z` for what was known at that moment. Adding a dataset adds its series.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from state.domain.datasets import (
    ChartHints,
    Column,
    Dataset,
    UnknownDatasetError,
    dataset,
    datasets,
)

TIME: Final = "time"
"""The column of moments beside the values of series."""

MOST: Final = 8
"""So many lines can still be told apart."""

_NAME: Final = re.compile(r"([a-z0-9_]+)\.([a-z0-9_]+)(?:@([^~@]{1,60}))?(?:~([^~]{1,40}))?")


class UnknownSeriesError(ValueError):
    """There is no such series; says why, and how to name one."""


@dataclass(frozen=True, slots=True)
class Series:
    """A column of numbers over time, of one value of what its dataset's lines are told apart by."""

    definition: Dataset
    column: Column
    of: str | None
    as_of: datetime | None

    @property
    def hints(self) -> ChartHints:
        """How it is drawn."""
        return self.definition.chart or ChartHints()

    @property
    def id(self) -> str:
        """Its name, as it can be given again."""
        text = f"{self.definition.name}.{self.column.name}"
        text += f"@{self.of}" if self.of else ""
        return text + (f"~{self.as_of:%Y-%m-%dT%H:%M:%SZ}" if self.as_of else "")

    @property
    def words(self) -> str:
        """What people call it."""
        text = self.definition.title
        if self.hints.by != "bm_unit" and self.column.label.lower() not in text.lower():
            text = f"{text}: {self.column.label.lower()}"
        text += f", {self.of}" if self.of else ""
        return text + (f" (as known {self.as_of:%-d %b %Y %H:%M} UTC)" if self.as_of else "")


def series_named(text: str) -> Series:
    """The series of a name.

    Raises:
        UnknownSeriesError: There is none, or it is not public.
    """
    found = _NAME.fullmatch(text)
    if found is None:
        raise UnknownSeriesError(
            f"{text[:80]} names no series. Write dataset.column, dataset.column@value or "
            "dataset.column~2026-10-26T00:00Z."
        )
    name, column_name, of, as_of = found.groups()
    try:
        definition = dataset(name)
    except UnknownDatasetError:
        definition = None
    if definition is None or definition.chart is None or definition.classification != "public":
        raise UnknownSeriesError(f"There is no dataset {name} that can be drawn.")
    column = next((one for one in drawable(definition) if one.name == column_name), None)
    if column is None:
        names = ", ".join(one.name for one in drawable(definition))
        raise UnknownSeriesError(f"{name} has no numbers called {column_name}. There are: {names}.")
    if of and definition.chart.by is None:
        raise UnknownSeriesError(f"{name} has one line only: leave @{of} out.")
    return Series(definition, column, of, _moment(as_of) if as_of else None)


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UnknownSeriesError(f"{text} is no moment. Write it as 2026-10-26T00:00Z.") from None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def drawable(definition: Dataset) -> tuple[Column, ...]:
    """The columns of numbers that can be drawn over time: whole ones where they have a unit."""
    return tuple(
        one
        for one in definition.columns
        if one.name not in definition.key
        and (one.type == "number" or (one.type == "integer" and one.unit is not None))
    )


def drawable_datasets() -> tuple[Dataset, ...]:
    """Public datasets whose definition says how they are drawn."""
    return tuple(one for one in datasets().values() if one.chart and one.classification == "public")
