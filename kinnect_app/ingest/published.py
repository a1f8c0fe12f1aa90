"""Any dataset of the public service, by configuration: its feed from its definition.

The official names stand in the definition of the dataset; nothing here knows a dataset.
"""

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Final

import polars as pl

from kinnect_app.ingest.disbsad import DISBSAD
from kinnect_app.ingest.fuelinst import FUELINST
from kinnect_app.ingest.system_prices import SYSTEM_PRICES
from state.domain.acceptance_lines import HEADS, line_definition
from state.domain.datasets import PUBLISHED_AT, Column, ColumnType, Dataset, dataset_of_code
from state.domain.feeds import Feed, GivenFile, Provenance

_DAY_IN_NAME: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LISTED_ON: Final = "listed_on"
_OF_THEIR_OWN: Final = {"FUELINST": FUELINST, "DISEBSP": SYSTEM_PRICES, "DISBSAD": DISBSAD}


class UnknownCodeError(LookupError):
    """No dataset of the store has this official code."""


def feed_of(code: str) -> Feed:
    """How the public service names the columns of one of its datasets.

    Feeds that others name in more ways than one have a module of their own.

    Raises:
        UnknownCodeError: The store keeps no such dataset.
    """
    if (known := _OF_THEIR_OWN.get(code.upper())) is not None:
        return known
    definition = dataset_of_code(code.upper())
    if definition is None:
        raise UnknownCodeError(f"There is no dataset {code}.")
    lines = definition.name == HEADS
    if lines:
        definition = line_definition()
    names = {column.name: _names(column) for column in definition.columns}
    optional = {column.name for column in definition.columns if column.nullable}
    checked = _checked(definition)
    return Feed(
        name=code.lower(),
        dataset=definition.name,
        names={**names, **checked, "feed": ("dataset",)},
        optional=frozenset({*optional, *checked, "feed"}),
        check_columns={**{name: _TYPES[name] for name in checked}, "feed": "text"},
        provenance=(Provenance("feed", code.upper(), f"Give rows of {code.upper()} only."),),
        lines=lines,
    )


def _names(column: Column) -> tuple[str, ...]:
    return (column.official,) if column.official else ()


_TYPES: Final[dict[str, ColumnType]] = {
    "settlement_date": "date",
    "settlement_period": "integer",
    "start_at": "moment",
}
_OFFICIAL: Final = {
    "settlement_date": "settlementDate",
    "settlement_period": "settlementPeriod",
    "start_at": "startTime",
}


def _checked(definition: Dataset) -> dict[str, tuple[str, ...]]:
    """Columns that only check the others: date and period of what says when it starts."""
    held = set(definition.polars_schema)
    if "start_at" in held and "settlement_period" not in held:
        return {name: (_OFFICIAL[name],) for name in ("settlement_date", "settlement_period")}
    if "settlement_period" in held and "start_at" not in held:
        return {"start_at": (_OFFICIAL["start_at"],)}
    return {}


def prepared(given: GivenFile, definition: Dataset, today: date) -> GivenFile:
    """The file with texts as text, keys that were not published as empty text, and times in UTC.

    A list that is published whole is of the day in its name, or of today.
    """
    if given.frame is None:
        return given
    frame = given.frame
    if _LISTED_ON in definition.polars_schema and _LISTED_ON not in frame.columns:
        frame = frame.with_columns(pl.lit(_listed_on(given.name, today)).alias(_LISTED_ON))
    for column in definition.columns:
        frame = _with_column(frame, column, is_key=column.name in definition.key)
    return replace(given, frame=frame)


def _listed_on(name: str, today: date) -> date:
    found = _DAY_IN_NAME.search(name)
    return datetime.strptime(found[0], "%Y-%m-%d").date() if found else today  # noqa: DTZ007


def _with_column(frame: pl.DataFrame, column: Column, *, is_key: bool) -> pl.DataFrame:
    name = next((n for n in (column.official, column.name) if n in frame.columns), None)
    if column.type == "text" and is_key:
        named = name or column.official or column.name
        value = pl.col(name).cast(pl.String) if name else pl.lit(None, pl.String)
        return frame.with_columns(value.fill_null("").alias(named))
    if name is None:
        return frame
    if column.type == "text" and not frame.schema[name].is_nested():
        return frame.with_columns(pl.col(name).cast(pl.String))
    if column.type == "moment" and frame.schema[name] == pl.String and name != PUBLISHED_AT:
        zoneless = ~pl.col(name).str.contains(r"(Z|[+-]\d{2}:?\d{2})$")
        utc = pl.when(zoneless).then(pl.col(name) + "Z").otherwise(pl.col(name))
        return frame.with_columns(utc.alias(name))
    return frame
