"""Frames that we make ourselves (demo market, settlement): fit for their dataset, or not at all."""

from dataclasses import dataclass

import polars as pl

from state.domain.datasets import Column, Dataset
from state.domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class MadeRows:
    """Rows in the columns of the dataset, equal rows once; or every reason against them."""

    rows: pl.DataFrame
    refusals: tuple[Refusal, ...]


def made_rows(given: pl.DataFrame, dataset: Dataset) -> MadeRows:
    """Check types, empty values, limits and keys of a frame."""
    absent = [
        column.name
        for column in dataset.columns
        if column.name not in given.columns and not column.nullable
    ]
    if absent:
        return _refused(dataset, [Refusal(name, "There is no such column.") for name in absent])
    try:
        rows = given.select(_column(given, column) for column in dataset.columns).unique(
            maintain_order=True
        )
    except pl.exceptions.PolarsError as fault:
        return _refused(dataset, [Refusal("columns", f"A column has the wrong type: {fault}")])
    refusals = [*_value_refusals(rows, dataset), *_key_refusals(rows, dataset)]
    return MadeRows(rows, ()) if not refusals else _refused(dataset, refusals)


def _column(given: pl.DataFrame, column: Column) -> pl.Expr:
    if column.name not in given.columns:
        return pl.lit(None, column.polars_type).alias(column.name)
    value = pl.col(column.name).cast(column.polars_type)
    return value + 0.0 if column.type == "number" else value


def _value_refusals(rows: pl.DataFrame, dataset: Dataset) -> list[Refusal]:
    found = []
    for column in dataset.columns:
        value = pl.col(column.name)
        if not column.nullable and rows[column.name].null_count():
            found.append(Refusal(column.name, "A value is empty."))
        if column.type == "number" and rows.select((~value.is_finite()).any()).item():
            found.append(Refusal(column.name, "A value is not a number or infinite."))
        if column.minimum is not None and column.maximum is not None:
            beyond = rows.filter(~value.is_between(column.minimum, column.maximum))[column.name]
            if beyond.len():
                limits = f"{column.minimum:g} to {column.maximum:g} {column.unit or ''}".strip()
                found.append(Refusal(column.name, f"{beyond[0]} is beyond the limits {limits}."))
    return found


def _key_refusals(rows: pl.DataFrame, dataset: Dataset) -> list[Refusal]:
    twice = rows.filter(pl.struct(*dataset.key, *dataset.publication).is_duplicated())
    if twice.is_empty():
        return []
    example = ", ".join(str(value) for value in twice.select(dataset.key).row(0))
    return [Refusal(", ".join(dataset.key), f"Two rows of one key differ: {example}.")]


def _refused(dataset: Dataset, refusals: list[Refusal]) -> MadeRows:
    return MadeRows(pl.DataFrame(schema=dataset.polars_schema), tuple(refusals))
