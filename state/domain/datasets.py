"""What each dataset is: columns, units, physical limits, keys and times, read from configuration.

A dataset is one YAML file in `dataset_definitions/`. Its columns are those of the Parquet files of
the store; when a row was taken in stands in the catalogue and is added to each row that is read.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Annotated, Final, Literal, Self

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

PUBLISHED_AT: Final = "published_at"
INGESTED_AT: Final = "ingested_at"
MOMENT: Final = pl.Datetime("us", "UTC")

ColumnType = Literal["date", "moment", "integer", "number", "text", "flag"]
Partition = Literal["day", "month", "year"]
Classification = Literal["public", "confidential"]

_POLARS_TYPES: Final[dict[str, pl.DataType]] = {
    "date": pl.Date(),
    "moment": MOMENT,
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "text": pl.String(),
    "flag": pl.Boolean(),
}
_PARTITION_FORMATS: Final = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


class Strict(BaseModel):
    """Configuration that says exactly what is meant, or is refused."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Column(Strict):
    """One column: what it holds, in which unit, and between which limits it can be believed.

    `official` is the name that the public service (BMRS) gives it.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    type: ColumnType
    label: str
    official: str | None = None
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    limits_source: str | None = None
    mistaken_unit: str | None = None
    nullable: bool = False

    @property
    def polars_type(self) -> pl.DataType:
        """The type of the column in a frame and on disk."""
        return _POLARS_TYPES[self.type]

    @model_validator(mode="after")
    def _limits_are_explained(self) -> Self:
        if (self.minimum, self.maximum) != (None, None) and not self.limits_source:
            raise ValueError(f"{self.name}: say where its limits come from (limits_source).")
        return self


class ChartHints(Strict):
    """How rows are drawn over time: how long a value holds, and what tells its lines apart."""

    step_seconds: Annotated[int, Field(gt=0)] = 1800
    by: str | None = None


class FeedPlan(Strict):
    """How the public service is asked for a dataset: how often, and for how many hours at once.

    Each time it is asked again for the last hours that it was asked for (`looks_back_hours`), for
    what is late. `path` is the address where it is not that of the dataset's own code.
    """

    every_minutes: Annotated[int, Field(gt=0)]
    step_hours: Annotated[int, Field(gt=0)] = 24
    looks_back_hours: Annotated[int, Field(ge=0)] = 1
    path: str | None = None


class Kept(Strict):
    """How long rows are kept after their valid time, why, and where that is said."""

    months: Annotated[int, Field(ge=1, le=1200)]
    reason: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]


class Dataset(Strict):
    """One kind of row the store keeps, and how. `code` is what the public service (BMRS) calls it.

    A row belongs to the Settlement Date of its `valid_time`. Where a dataset names `valid_until`,
    it holds on every date from there to that one, both included; for good where that is empty.
    What `looks_ahead` is published before its time; anything else is outturn. `whole_by` names
    what has a row in every Settlement Period; a dataset that is drawn over time says so by that.
    Rows are kept for ever where `kept` does not say for how long.
    """

    name: str
    code: str | None = None
    title: str
    description: str
    source: str
    classification: Classification
    looks_ahead: bool = False
    feed: FeedPlan | None = None
    partition: Partition
    valid_time: str
    valid_until: str | None = None
    key: tuple[str, ...]
    revised_together: tuple[str, ...] = ()
    vintage: str | None = None
    chart: ChartHints | None = None
    whole_by: str | None = None
    kept: Kept | None = None
    columns: tuple[Column, ...]

    @property
    def rhythm(self) -> ChartHints | None:
        """How regularly rows are expected, for each of what; none where they come as they do."""
        return self.chart or (ChartHints(by=self.whole_by) if self.whole_by else None)

    @property
    def official_names(self) -> dict[str, str]:
        """What the public service calls each column that it publishes, by our name."""
        return {column.name: column.official for column in self.columns if column.official}

    @property
    def polars_schema(self) -> dict[str, pl.DataType]:
        """Names and types of the columns, in their order on disk."""
        return {column.name: column.polars_type for column in self.columns}

    @property
    def revision(self) -> tuple[str, ...]:
        """What a revision replaces as a whole: one key, or all rows of a period."""
        return self.revised_together or self.key

    @property
    def publication(self) -> tuple[str, ...]:
        """What tells publications of one key apart: when they were made and, if named, which."""
        apart = (PUBLISHED_AT, self.vintage) if self.vintage else (PUBLISHED_AT,)
        return tuple(name for name in apart if name not in self.key)

    @property
    def row_order(self) -> tuple[str, ...]:
        """The order of rows in a file: by key and publish time, then by everything else."""
        first = tuple(dict.fromkeys((*self.key, PUBLISHED_AT)))
        return (*first, *(name for name in self.polars_schema if name not in first))

    @property
    def why_kept_for_ever(self) -> str:
        """Why no period can be set for its rows; empty where one can.

        Were the day of a row not that of its key, removing a revision could bring an earlier back.
        """
        if self.valid_until:
            return f"what holds until {self.valid_until} has no age."
        tells_the_day = {self.valid_time, "settlement_date"} & set(self.revision)
        if not tells_the_day and self.valid_time != PUBLISHED_AT:
            return f"{self.valid_time} may change with a revision."
        return ""

    def column(self, name: str) -> Column:
        """One column by its name."""
        return next(column for column in self.columns if column.name == name)

    def partition_of(self, day: pl.Expr) -> pl.Expr:
        """The partition that holds each day of a column of dates."""
        return day.dt.strftime(_PARTITION_FORMATS[self.partition])

    @model_validator(mode="after")
    def _names_are_columns(self) -> Self:
        named = {self.valid_time, *self.key, *self.revised_together, *self.publication}
        named |= {self.valid_until} if self.valid_until else set()
        named |= {self.rhythm.by} if self.rhythm and self.rhythm.by else set()
        if missing := sorted(named - set(self.polars_schema)):
            raise ValueError(f"{self.name}: no column {', '.join(missing)}.")
        if empty := [name for name in self.key if self.column(name).nullable]:
            raise ValueError(f"{self.name}: a key is never empty, but {', '.join(empty)} may be.")
        if not set(self.revised_together) <= set(self.key):
            raise ValueError(f"{self.name}: what is revised together is part of the key.")
        if self.column(self.valid_time).type not in {"date", "moment"}:
            raise ValueError(f"{self.name}: {self.valid_time} is no time.")
        ends = (self.valid_time, self.valid_until) if self.valid_until else ()
        if any(self.column(name).type != "date" for name in ends):
            raise ValueError(f"{self.name}: {' and '.join(ends)} must both be dates.")
        if self.kept and self.why_kept_for_ever:
            raise ValueError(f"{self.name}: it is kept for ever: {self.why_kept_for_ever}")
        return self


class UnknownDatasetError(LookupError):
    """No dataset has this name."""


@cache
def datasets() -> dict[str, Dataset]:
    """Every dataset, by its name, in the order of the names."""
    folder = files("state.domain.dataset_definitions")
    texts = sorted(
        (file.name, file.read_text("utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".yaml")
    )
    found = [_parsed(text) for _, text in texts]
    return {dataset.name: dataset for dataset in found}


def dataset(name: str) -> Dataset:
    """The dataset of that name.

    Raises:
        UnknownDatasetError: There is none.
    """
    try:
        return datasets()[name]
    except KeyError:
        known = ", ".join(datasets())
        raise UnknownDatasetError(f"There is no dataset {name!r}. There are: {known}.") from None


@cache
def dataset_of_code(code: str) -> Dataset | None:
    """The dataset that the public service calls so; none where the store keeps no such rows."""
    return next((one for one in datasets().values() if one.code == code), None)


def _parsed(text: str) -> Dataset:
    return Dataset.model_validate_json(json.dumps(yaml.safe_load(text), default=str))
