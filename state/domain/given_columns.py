"""From a file as it was given to typed columns of ours, or the reasons that the file is refused."""

import re
from dataclasses import dataclass
from typing import Final

import polars as pl

from state.domain.datasets import MOMENT, ColumnType
from state.domain.feeds import (
    FILE,
    ROW,
    Circumstances,
    Feed,
    GivenFile,
    file_refusal,
)

RAW: Final = "_given_"
_UNITS: Final = ("kw", "mw", "gw", "kwh", "mwh", "gwh", "wh", "pence", "gbp", "eur")
_NUMBERS: Final = ("integer", "number")
_ZONE: Final = r"(Z|[+-]\d{2}:?\d{2})$"


@dataclass(frozen=True, slots=True)
class TypedFile:
    """Typed columns beside what was given for each; or reasons, and then no rows at all."""

    rows: pl.DataFrame | None
    refusals: tuple[pl.DataFrame, ...]
    rows_read: int


def typed(file: GivenFile, circumstances: Circumstances) -> TypedFile:
    """Find and convert the columns of one file. Values that cannot be converted become null."""
    if file.frame is None:
        return TypedFile(None, (file_refusal(file.name, "unreadable", file.fault, file.remedy),), 0)
    found = _found(file.frame, circumstances.feed)
    frame = _with_identifiers(file.frame, found, circumstances.feed)
    wanted = _column_types(circumstances)
    refusals = (
        *_missing(file.name, frame, found, circumstances.feed),
        *(
            refusal
            for name, given in found.items()
            for refusal in _wrong_type(file.name, frame[given], wanted[name])
        ),
    )
    if refusals:
        return TypedFile(None, refusals, frame.height)
    return TypedFile(_converted(file.name, frame, found, wanted), (), frame.height)


def _column_types(circumstances: Circumstances) -> dict[str, ColumnType]:
    ours: dict[str, ColumnType] = {
        column.name: column.type for column in circumstances.dataset.columns
    }
    return ours | dict(circumstances.feed.check_columns)


def _found(frame: pl.DataFrame, feed: Feed) -> dict[str, str]:
    present = set(frame.columns)
    return {
        name: next(given for given in (*names, name) if given in present)
        for name, names in feed.names.items()
        if present & {*names, name}
    }


def _with_identifiers(frame: pl.DataFrame, found: dict[str, str], feed: Feed) -> pl.DataFrame:
    """Whole numbers that only name something, as text."""
    given = [found[name] for name in feed.identifiers if name in found]
    whole = [column for column in given if frame.schema[column].is_integer()]
    return frame.with_columns(pl.col(whole).cast(pl.String))


def _missing(
    file: str, frame: pl.DataFrame, found: dict[str, str], feed: Feed
) -> tuple[pl.DataFrame, ...]:
    absent = [name for name in feed.names if name not in found and name not in feed.optional]
    return tuple(
        file_refusal(file, "missing column", *_missing_words(feed.names[name], frame), column=name)
        for name in absent
    )


def _missing_words(names: tuple[str, ...], frame: pl.DataFrame) -> tuple[str, str]:
    reason = f"There is no column {' or '.join(names)}."
    stems = {_stem(name) for name in names}
    if alike := [name for name in frame.columns if _stem(name) in stems]:
        return (
            f"{reason} There is {alike[0]}: is it in another unit?",
            f"Convert {alike[0]} and name the column {names[0]}.",
        )
    present = ", ".join(frame.columns[:20]) or "none"
    return f"{reason} Its columns are: {present}.", f"Add {names[0]}, or give the right file."


def _stem(name: str) -> str:
    """The name without unit, in one manner of writing: generationGW and generation_kw are one."""
    words = re.findall(r"[KMG]Wh(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    lower = [word.lower() for word in words]
    return "".join(word for word in lower if word not in _UNITS)


def _wrong_type(file: str, given: pl.Series, wanted: ColumnType) -> tuple[pl.DataFrame, ...]:
    if fault := _type_fault(given, wanted):
        reason = f"Column {given.name} holds {_type_words(given)}; {fault}."
        remedy = "Give the file with the types that the feed publishes."
        return (file_refusal(file, "wrong type", reason, remedy, column=given.name),)
    return ()


def _type_fault(given: pl.Series, wanted: ColumnType) -> str:
    dtype = given.dtype
    if dtype == pl.Null:
        return ""
    if dtype == pl.String:
        return "" if wanted == "text" else _text_fault(given, wanted)
    if wanted == "moment":
        if not isinstance(dtype, pl.Datetime):
            return "moments are needed"
        return "" if dtype.time_zone else "moments need a time zone, so that no hour is in doubt"
    fits = {
        "date": dtype == pl.Date,
        "integer": dtype.is_numeric(),
        "number": dtype.is_numeric(),
        "text": isinstance(dtype, pl.Categorical | pl.Enum),
        "flag": dtype == pl.Boolean,
    }
    words = {
        "integer": "numbers are needed",
        "number": "numbers are needed",
        "text": "text is needed",
    }
    return "" if fits[wanted] else words.get(wanted, f"{wanted}s are needed")


def _text_fault(given: pl.Series, wanted: ColumnType) -> str:
    values = given.drop_nulls()
    readable = values.to_frame().select(_conversion(given.name, pl.String(), wanted))
    if values.len() and readable.to_series().null_count() == values.len():
        zone = " with a time zone" if wanted == "moment" else ""
        return f"none of it can be read as {wanted}s{zone}"
    return ""


def _type_words(given: pl.Series) -> str:
    example = given.drop_nulls().head(1).cast(pl.String, strict=False).to_list()
    kind = "text" if given.dtype == pl.String else str(given.dtype)
    return f"{kind} (for example {example[0]!r})" if example else kind


def _converted(
    file: str, frame: pl.DataFrame, found: dict[str, str], wanted: dict[str, ColumnType]
) -> pl.DataFrame:
    given = [
        _conversion(column, frame.schema[column], wanted[name]).alias(name)
        for name, column in found.items()
    ]
    absent = [
        pl.lit(None, MOMENT if kind == "moment" else _EMPTY[kind]).alias(name)
        for name, kind in wanted.items()
        if name not in found
    ]
    raw = [pl.col(column).alias(RAW + name) for name, column in found.items()]
    numbered = frame.with_row_index(ROW, offset=1).with_columns(pl.col(ROW).cast(pl.Int64))
    return numbered.select(pl.lit(file).alias(FILE), ROW, *given, *absent, *raw)


_EMPTY: Final[dict[str, pl.DataType]] = {
    "date": pl.Date(),
    "integer": pl.Float64(),
    "number": pl.Float64(),
    "text": pl.String(),
    "flag": pl.Boolean(),
}


_FLAGS: Final = {"true": True, "false": False}


def _conversion(column: str, dtype: pl.DataType, wanted: ColumnType) -> pl.Expr:
    """Numbers become Float64 first, so that limits and whole numbers are checked before a cast."""
    value = pl.col(column)
    if wanted in _NUMBERS:
        return value.cast(pl.Float64, strict=False) + 0.0  # negative zero and zero are one value
    if wanted == "moment":
        return _moment(value) if dtype == pl.String else value.cast(MOMENT, strict=False)
    if wanted == "date":
        if dtype == pl.String:
            return value.str.to_date("%Y-%m-%d", strict=False)
        return value.cast(pl.Date, strict=False)
    if wanted == "flag" and dtype == pl.String:
        return value.str.to_lowercase().replace_strict(_FLAGS, default=None)
    return value.cast(pl.String if wanted == "text" else pl.Boolean, strict=False)


def _moment(text: pl.Expr) -> pl.Expr:
    """ISO 8601 with a zone, with or without seconds."""
    plain = text.str.replace(" ", "T", literal=True).str.replace(r"[zZ]$", "+00:00")
    zoned = plain.str.replace(r"([+-]\d{2})(\d{2})$", "$1:$2")
    full = zoned.str.replace(r"(T\d{2}:\d{2})([+-]\d{2}:\d{2})$", "$1:00$2")
    return full.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%:z", time_unit="us", strict=False).cast(
        MOMENT
    )


def lacks_zone(raw: str) -> pl.Expr:
    """Whether the given text looks like a moment without a time zone."""
    text = pl.col(raw).cast(pl.String, strict=False)
    return text.str.contains(r"^\d{4}-\d{2}-\d{2}[T ]\d") & ~text.str.contains(_ZONE)
