"""How a column of a file or frame is read: which types will do, what text means, what belongs."""

from collections.abc import Mapping

import dataframely as dy
import polars as pl

from settlement_engine import frames


def read(dtype: pl.DataType, column: dy.Column) -> pl.Expr:
    """The values in the type they must have; null where text cannot be read."""
    values = pl.col(column.name)
    if isinstance(column, dy.String):
        return values.cast(pl.String)
    if dtype == pl.String:
        values = values.str.strip_chars().replace("", None)
        return _read_text(values, column)
    if frames.places(column) is not None:
        return values.cast(pl.Float64)
    if isinstance(column, dy.Enum):
        return _read_text(values.cast(pl.String), column)
    return values.cast(column.dtype)


def _read_text(text: pl.Expr, column: dy.Column) -> pl.Expr:
    if frames.places(column) is not None:
        return text.cast(pl.Float64, strict=False)
    match column:
        case dy.Bool():
            words = {"true": True, "false": False, "1": True, "0": False}
            return text.str.to_lowercase().replace_strict(
                words, default=None, return_dtype=pl.Boolean
            )
        case dy.Date():
            return text.str.to_date("%Y-%m-%d", strict=False)
        case dy.Datetime():
            return text.str.to_datetime("%+", time_unit="us", time_zone="UTC", strict=False)
        case _:
            return text.cast(column.dtype, strict=False)


def misfit(frame: pl.DataFrame, name: str, columns: Mapping[str, dy.Column]) -> bool:
    """Whether the column's type could never be read as the one it must have."""
    dtype, column = frame.schema[name], columns[name]
    if dtype in (pl.String, pl.Null):
        return False
    if frames.places(column) is not None:
        return not dtype.is_numeric()
    match column:
        case dy.Float64():
            fits = dtype.is_numeric()
        case dy.Int64():
            fits = dtype.is_integer()
        case dy.Datetime():
            fits = isinstance(dtype, pl.Datetime) and dtype.time_zone is not None
        case dy.Enum():
            fits = isinstance(dtype, pl.Enum | pl.Categorical)
        case _:
            fits = dtype == column.dtype
    return not fits


def wanted(column: dy.Column) -> str:
    """What belongs in the column, in words."""
    if unit := (column.metadata or {}).get("unit"):
        return f"numbers in {unit}"
    if isinstance(column, dy.Enum):
        return f"one of {', '.join(column.categories)}"
    words: dict[type[dy.Column], str] = {
        dy.Int64: "whole numbers",
        dy.Bool: "true or false",
        dy.Date: "dates such as 2026-01-31",
        dy.Datetime: "moments such as 2026-01-31T17:30:00Z",
    }
    return words.get(type(column), "text")
