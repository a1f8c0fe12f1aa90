"""The answer to a query in SQL in each form: columns in JSON, CSV, Parquet, Arrow, or lines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import polars as pl

from kinnect_app.api.answers import csv_answer, json_answer
from state.domain.query import truncated_words
from state.domain.query_series import series_of
from state.services.query import QueryAnswer


@dataclass(frozen=True, slots=True)
class Form:
    """How an answer is written; a file is saved, anything else is read at once."""

    name: str
    media_type: str
    is_file: bool = True


FORMATS: Final[Mapping[str, Form]] = {
    "json": Form("json", "application/json", is_file=False),
    "csv": Form("csv", "text/csv; charset=utf-8"),
    "parquet": Form("parquet", "application/vnd.apache.parquet"),
    "arrow": Form("arrow", "application/vnd.apache.arrow.stream"),
    "chart": Form("chart", "application/json", is_file=False),
}


def written(*, found: QueryAnswer, form: str) -> bytes:
    """The bytes of an answer."""
    if form == "json":
        return _json(found)
    if form == "chart":
        return _chart(found)
    if form == "csv":
        return csv_answer(found.rows, "").content
    buffer = BytesIO()
    if form == "parquet":
        found.rows.write_parquet(buffer, compression="zstd")
    else:
        found.rows.write_ipc_stream(buffer, compression="zstd")
    return buffer.getvalue()


def column_type(kind: pl.DataType) -> str:
    """What a column holds, in the words of the datasets."""
    if isinstance(kind, pl.Datetime):
        return "moment"
    if kind == pl.Boolean:
        return "flag"
    if kind.is_integer():
        return "integer"
    if kind.is_numeric():
        return "number"
    return "date" if kind == pl.Date else "text"


def _json(found: QueryAnswer) -> bytes:
    """Columns of equal length; times in milliseconds UTC; what is no number is no data."""
    rows = found.rows
    document: dict[str, Any] = {
        "columns": [
            {"name": one.name, "type": column_type(rows.schema[one.name]), "unit": one.unit}
            for one in found.columns
        ],
        "rows": rows.height,
        "truncated": truncated_words(found.limits) if found.truncated else None,
        "seconds": round(found.seconds, 3),
    }
    if not rows.width:
        return json.dumps({**document, "data": {}}).encode()
    return json_answer(document, {"data": {one: _plain(rows[one]) for one in rows.columns}}).content


def _plain(values: pl.Series) -> pl.Series:
    if not values.dtype.is_float():
        return values
    return values.set(~values.is_finite().fill_null(value=True), None)


def _chart(found: QueryAnswer) -> bytes:
    """The lines that a chart draws; none where there is nothing to draw over time."""
    series = series_of(found.rows)
    if series is None:
        return json.dumps({"time": [], "lines": [], "minutes": 30, "columns": {}}).encode()
    units = {one.name: one.unit for one in found.columns}
    quantities = {one.unit for one in found.columns if one.unit}
    only = next(iter(quantities)) if len(quantities) == 1 else None
    lines = [{"id": name, "unit": units.get(name, only)} for name in series.lines]
    document = {"minutes": series.minutes, "lines": lines}
    return json_answer(document, {"": {"time": series.time}, "columns": dict(series.lines)}).content
