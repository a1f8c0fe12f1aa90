"""Layouts of the industry's files: which records there are, and the fields of each in order.

A layout is a file of `layouts/`, one a flow and version. A record may take its fields from another
layout (`same_as`) and add some at the end (`adds`): that is how versions grow.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final, Literal, Self

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

TYPE: Final = re.compile(r"date|datetime|flag|(text|integer)\(\d+\)|decimal\(\d+,\d+\)")
SUFFIXES: Final[Mapping[str, str]] = {
    "MWh": "_mwh",
    "MW": "_mw",
    "GBP": "_gbp",
    "GBP/MWh": "_gbp_per_mwh",
    "EUR/GBP": "_eur_per_gbp",
    "per unit": "_per_unit",
    "percent": "_percent",
    "minutes": "_minutes",
}
DECIMAL_PRECISION: Final = 38  # digits that Polars holds; how many a field may have is its own


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldLayout(_Strict):
    """One field: its name in our words, its type in the industry's, its unit and data item."""

    name: str
    type: str = Field(pattern=TYPE)
    unit: str | None = None
    item: str | None = Field(None, pattern=r"^N\d{4}$")
    codes: Mapping[str, str] | None = None  # as the file writes it: as we do
    optional: bool = False  # for a field of the key; all others are

    @model_validator(mode="after")
    def _named_by_its_unit(self) -> Self:
        if self.kind == "decimal" and self.unit is None:
            raise ValueError(f"{self.name} is a decimal and needs a unit")
        if self.unit is not None and not self.name.endswith(SUFFIXES[self.unit]):
            raise ValueError(f"{self.name} is in {self.unit} and must end in {SUFFIXES[self.unit]}")
        return self

    @property
    def kind(self) -> str:
        """The type without its size."""
        return self.type.partition("(")[0]

    @property
    def size(self) -> int:
        """How many characters or digits the field may have."""
        return self._sizes[0]

    @property
    def places(self) -> int:
        """How many of the digits stand after the point."""
        return self._sizes[1]

    @property
    def dtype(self) -> pl.DataType:
        """What a column of such values is in a frame; decimals are exact."""
        match self.kind:
            case "integer":
                return pl.Int64()
            case "decimal":
                return pl.Decimal(DECIMAL_PRECISION, self.places)
            case "flag":
                return pl.Boolean()
            case "date":
                return pl.Date()
            case "datetime":
                return pl.Datetime("us", "UTC")
            case _:
                return pl.String()

    @property
    def _sizes(self) -> list[int]:
        return [int(number) for number in re.findall(r"\d+", self.type)]


class RecordLayout(_Strict):
    """One type of record, the record it stands under, and what tells two of them apart.

    `positions` says whether the places of the fields are published or our own.
    """

    type: str = Field(pattern=r"^[A-Z][A-Z0-9]{2}$")
    name: str
    under: str | None = None
    key: tuple[str, ...] = ()
    positions: Literal["published", "own"]
    fields: tuple[FieldLayout, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _key_is_of_its_fields(self) -> Self:
        names = [field.name for field in self.fields]
        if len(names) != len(set(names)) or not set(self.key) <= set(names):
            raise ValueError(f"{self.type}: each field once, and the key must be of its fields")
        return self


class Layout(_Strict):
    """The records of one flow and version, each after the one it stands under."""

    flow: str = Field(pattern=r"^[A-Z]\d{4}$")
    version: str = Field(pattern=r"^\d{3}$")
    name: str
    records: tuple[RecordLayout, ...] = Field(min_length=1)
    passed_over: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _parents_come_first(self) -> Self:
        known: set[str | None] = {None}
        for record in self.records:
            if record.under not in known or record.type in known:
                raise ValueError(f"{record.type} stands twice, or before {record.under}")
            known.add(record.type)
        return self

    @property
    def file_type(self) -> str:
        """Flow and version as the header of a file writes them."""
        return self.flow + self.version

    def record(self, record_type: str) -> RecordLayout:
        """The record of a type that the layout has."""
        return next(record for record in self.records if record.type == record_type)

    def above(self, record: RecordLayout) -> tuple[RecordLayout, ...]:
        """The records that a record stands under, the outermost first."""
        if record.under is None:
            return ()
        parent = self.record(record.under)
        return (*self.above(parent), parent)

    def inherited(self, record: RecordLayout) -> dict[str, FieldLayout]:
        """The keys of the records above, which each row of a frame begins with."""
        return {
            field.name: field
            for parent in self.above(record)
            for field in parent.fields
            if field.name in parent.key
        }

    def columns(self, record: RecordLayout) -> dict[str, pl.DataType]:
        """The columns of the frame of a record: the keys above it, then its own fields."""
        own = {field.name: field for field in record.fields}
        return {name: field.dtype for name, field in (self.inherited(record) | own).items()}

    def parents(self) -> frozenset[str]:
        """The types of record that others stand under."""
        return frozenset(record.under for record in self.records if record.under is not None)


@cache
def load_layouts() -> Mapping[str, Layout]:
    """Every layout of `layouts/` by its file type, such as S0142013."""
    files = sorted(_layout_files())
    layouts = (read_layout((_LAYOUTS / file).read_text(encoding="utf-8")) for file in files)
    return {layout.file_type: layout for layout in layouts}


def layout_for(flow: str, version: str) -> Layout | None:
    """The layout of a version; of one that is newer than all we have, the newest we have.

    A later version adds fields at the end of records (`settlement.md` 21, trap 27).
    """
    layouts = load_layouts()
    if flow + version in layouts:
        return layouts[flow + version]
    versions = [layout.version for layout in layouts.values() if layout.flow == flow]
    newest = max(versions, default=version)
    return layouts.get(flow + newest) if newest < version else None


def read_layout(text: str) -> Layout:
    """A layout from the text of its file; what it takes from others is filled in."""
    raw = yaml.safe_load(text)
    return Layout.model_validate({**raw, "records": [_whole(record) for record in raw["records"]]})


_LAYOUTS: Final = resources.files("settlement_engine.flows.layouts")


def _layout_files() -> list[str]:
    return [file.name for file in _LAYOUTS.iterdir() if file.name.endswith(".yaml")]


def _whole(record: dict[str, Any]) -> dict[str, Any]:
    """The record with what it takes from another layout, and with what it adds."""
    own = {name: value for name, value in record.items() if name not in {"same_as", "adds"}}
    if source := record.get("same_as"):
        other = _raw(source).record(record["type"]).model_dump()
        own = {**other, **own}
    return {**own, "fields": [*own.get("fields", ()), *record.get("adds", ())]}


@cache
def _raw(name: str) -> Layout:
    return read_layout((_LAYOUTS / f"{name}.yaml").read_text(encoding="utf-8"))
