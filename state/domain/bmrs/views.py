"""Every address of the public service and the view that gives its rows.

An address that is not listed gives the rows of the one dataset that it names.
"""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from state.domain.bmrs import (
    balancing,
    demand,
    forecasts,
    generation,
    messages,
    reference_lists,
    settlement_day,
    status,
)
from state.domain.bmrs.arguments import Arguments
from state.domain.bmrs.catalogue import Endpoint
from state.domain.bmrs.conditions import by_publication, filtered
from state.domain.bmrs.source import Source

View = Callable[[Source, Arguments], pl.LazyFrame]

VIEWS: Final[Mapping[str, View]] = {
    **balancing.VIEWS,
    **demand.VIEWS,
    **forecasts.VIEWS,
    **generation.VIEWS,
    **messages.VIEWS,
    **reference_lists.VIEWS,
    **settlement_day.VIEWS,
    **status.VIEWS,
}


def view_of(endpoint: Endpoint) -> View:
    """How the rows of an address are made."""
    if (found := VIEWS.get(endpoint.view)) is not None:
        return found
    code = endpoint.codes[0]
    return lambda source, asked: plain(source, asked, code)


def is_plain(endpoint: Endpoint) -> bool:
    """Whether its rows are those of one dataset, each by itself."""
    return endpoint.view not in VIEWS and endpoint.codes[0] != "BOALF"


def plain(source: Source, asked: Arguments, code: str) -> pl.LazyFrame:
    """Rows of one dataset, every publication where the question is about publications."""
    rows = source.rows(code, every_publication=by_publication(asked))
    return filtered(rows, asked)


def shaped(rows: pl.LazyFrame, endpoint: Endpoint) -> pl.LazyFrame:
    """The columns of the endpoint, in its order and of its types; one that we lack is empty."""
    held = rows.collect_schema()
    columns = [
        (pl.col(field.name) if field.name in held else pl.lit(None))
        .cast(_TYPES[field.type], strict=False)
        .alias(field.name)
        if field.type in _TYPES and not _is_number_for_whole(held, field.name, field.type)
        else _nested_or_whole(held, field.name, field.type)
        for field in endpoint.fields
    ]
    if any(field.name == "dataset" for field in endpoint.fields) and "dataset" not in held:
        code = pl.lit(endpoint.codes[0]).alias("dataset")
        columns = [
            code if f.name == "dataset" else c
            for f, c in zip(endpoint.fields, columns, strict=True)
        ]
    return rows.select(columns)


def _is_number_for_whole(held: pl.Schema, name: str, kind: str) -> bool:
    return kind == "integer" and name in held and held[name].is_float()


def _nested_or_whole(held: pl.Schema, name: str, kind: str) -> pl.Expr:
    if kind == "integer":
        return pl.col(name).round(0).cast(pl.Int64).alias(name)
    return pl.col(name) if name in held else pl.lit(None).alias(name)


_TYPES: Final[Mapping[str, pl.DataType]] = {
    "text": pl.String(),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "date": pl.Date(),
    "moment": pl.Datetime("us", "UTC"),
    "flag": pl.Boolean(),
}

_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "/datasets/FUELHH": ("FUELINST",),
    "/balancing/settlement/": ("BMUNITS", "BPA", "ISPSTACK", "BOAV", "EBOCF", "MID"),
    "/forecast/availability/": tuple(
        f"{level}OU{span}" for level in "FNU" for span in ("2T14D", "2T3YW")
    ),
    "/generation/outturn": ("FUELINST", "FUELHH"),
}
"""Datasets that an address reads beside those it names, by how the address begins."""


def codes_of(endpoint: Endpoint) -> tuple[str, ...]:
    """Every dataset that may decide an answer; the register of BM Units names units everywhere."""
    also = [
        code for start, codes in _ALSO.items() if endpoint.path.startswith(start) for code in codes
    ]
    return tuple(dict.fromkeys([*endpoint.codes, *also, "BMUNITS"]))
