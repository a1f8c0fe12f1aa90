"""The values of the industry's files: how each type is written, and read back.

Reading is lenient about size and strict about kind; writing is strict about both. An empty field is
null, never zero.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from settlement_engine import rounding
from settlement_engine.faults import Fault
from settlement_engine.flows.envelope import MOMENT_FORMAT
from settlement_engine.flows.layout import FieldLayout

PRINTABLE: Final = r"^[\x20-\x7b\x7d-\x7e]*$"  # ASCII without the separator
ROWS_NAMED: Final = 100  # of one kind in one field; the rest is counted


@dataclass(frozen=True, slots=True)
class Check:
    """A condition that is true where a field is wrong; `value` is shown for {value}."""

    column: str
    wrong: pl.Expr
    what: str
    cure: str
    value: pl.Expr


def read_values(field: FieldLayout) -> pl.Expr:
    """The values of a column of text in the type of the field; null where there are none."""
    text = pl.col(field.name)
    match field.kind:
        case "integer" | "decimal":
            values = text.cast(field.dtype, strict=False)
        case "flag":
            values = text.replace_strict(
                {"T": True, "F": False}, default=None, return_dtype=pl.Boolean
            )
        case "date":
            values = text.str.to_date("%Y%m%d", strict=False)
        case "datetime":
            moments = text.str.to_datetime(MOMENT_FORMAT, time_unit="us", strict=False)
            values = moments.dt.replace_time_zone("UTC")
        case _:
            codes = field.codes
            values = text if codes is None else _replaced(text, dict(codes))
    return values.alias(field.name)


def reading_checks(field: FieldLayout, *, required: bool) -> Iterator[Check]:
    """What can be wrong with a column of text."""
    text = pl.col(field.name)
    if required:
        yield Check(field.name, text.is_null(), "There is no value.", wanted(field), text)
    unlike = ~text.str.contains(_pattern(field)) | read_values(field).is_null()
    wrong = text.is_not_null() & unlike
    yield Check(field.name, wrong, "{value} cannot be read.", wanted(field), text)


def written_values(field: FieldLayout, dtype: pl.DataType) -> pl.Expr:
    """The values of a typed column in a column `text <field>`.

    A float is rounded half away from zero to the places of the field.
    """
    values = pl.col(field.name)
    match field.kind:
        case "decimal":
            text = _decimal_text(values, field.places, dtype)
        case "flag":
            text = pl.when(values).then(pl.lit("T")).when(~values).then(pl.lit("F"))
        case "date":
            text = values.dt.strftime("%Y%m%d")
        case "datetime":
            text = values.dt.convert_time_zone("UTC").dt.strftime(MOMENT_FORMAT)
        case _:
            text = values.cast(pl.String)
            if field.codes is not None:
                text = _replaced(text, {ours: theirs for theirs, ours in field.codes.items()})
            text = text.replace("", None)
    return text.alias(f"text {field.name}")


def writing_checks(field: FieldLayout, *, required: bool) -> Iterator[Check]:
    """What can be wrong with a column beside which its text stands in `text <field>`."""
    text, before = pl.col(f"text {field.name}"), pl.col(field.name)
    if required:
        yield Check(field.name, before.is_null(), "There is no value.", wanted(field), before)
    if field.kind in ("text", "integer", "decimal"):
        fits = text.str.contains(_pattern(field)) & text.str.contains(_width(field))
        wrong = before.is_not_null() & (before.cast(pl.String) != "") & ~fits.fill_null(value=False)
        yield Check(field.name, wrong, "{value} cannot be written.", wanted(field), before)


def misfit(field: FieldLayout, dtype: pl.DataType) -> bool:
    """Whether a column of the type can never be written in the field.

    Whole numbers do not fit a decimal: the engine's are counts of the last place, not MWh or GBP.
    """
    match field.kind:
        case "integer":
            fits = dtype.is_integer()
        case "decimal":
            fits = dtype.is_float() or dtype.is_decimal()
        case "datetime":
            fits = isinstance(dtype, pl.Datetime) and dtype.time_zone is not None
        case "text":
            fits = dtype == pl.String or isinstance(dtype, pl.Enum | pl.Categorical)
        case _:
            fits = dtype == field.dtype
    return not fits and dtype != pl.Null


def wanted(field: FieldLayout) -> str:
    """What belongs in the field, as the cure of what does not."""
    if field.codes is not None:
        codes = (f"{theirs} ({ours})" for theirs, ours in field.codes.items())
        return f"Write one of {', '.join(codes)}."
    unit = f" in {field.unit}" if field.unit else ""
    match field.kind:
        case "integer":
            what = f"a whole number{unit} of at most {field.size} digits"
        case "decimal":
            before = field.size - field.places
            what = f"a number{unit} of at most {before} digits and {field.places} decimals"
        case "flag":
            what = "T or F"
        case "date":
            what = "a date such as 20260131"
        case "datetime":
            what = "a moment in UTC such as 20260131173000"
        case _:
            what = f"at most {field.size} characters of plain ASCII without a bar"
    return f"Write {what}."


def found(
    frame: pl.DataFrame, checks: Sequence[Check], source: str, record_type: str = ""
) -> list[Fault]:
    """What is wrong with a frame, whose `line` column says where a row stands.

    The column of a fault is the field, after the type of record where one is given.
    """
    wrong = frame.select(check.wrong.any().alias(str(n)) for n, check in enumerate(checks))
    faults: list[Fault] = []
    for check, any_wrong in zip(checks, wrong.row(0) if checks else (), strict=True):
        if any_wrong:
            faults += _named(frame, check, source, f"{record_type} {check.column}".strip())
    return faults


def _named(frame: pl.DataFrame, check: Check, source: str, column: str) -> Iterator[Fault]:
    rows = frame.filter(check.wrong).select("line", check.value.alias("value"))
    for line, value in rows.head(ROWS_NAMED).iter_rows():
        yield Fault(source, line, column, check.what.format(value=value), check.cure)
    if (more := rows.height - ROWS_NAMED) > 0:
        yield Fault(source, None, column, f"The same in {more:,} more rows.", check.cure)


def _pattern(field: FieldLayout) -> str:
    """What the text of a value looks like, whatever its size."""
    match field.kind:
        case "integer":
            return r"^-?\d+$"
        case "decimal":
            return rf"^-?(\d+(\.\d{{1,{field.places}}}0*)?|\.\d{{1,{field.places}}}0*)$"
        case "flag":
            return "^[TF]$"
        case "date":
            return r"^\d{8}$"
        case "datetime":
            return r"^\d{14}$"
        case _:
            return PRINTABLE


def _width(field: FieldLayout) -> str:
    match field.kind:
        case "integer":
            return rf"^-?\d{{1,{field.size}}}$"
        case "decimal":
            return rf"^-?\d{{1,{field.size - field.places}}}(\.\d{{1,{field.places}}})?$"
        case _:
            return rf"^\S(.{{0,{field.size - 2}}}\S)?$" if field.size > 1 else r"^\S$"


def _replaced(text: pl.Expr, words: dict[str, str]) -> pl.Expr:
    return text.replace_strict(words, default=None, return_dtype=pl.String)


def _decimal_text(values: pl.Expr, places: int, dtype: pl.DataType) -> pl.Expr:
    """A number without trailing zeros: 1.5, 0, -0.004."""
    if not dtype.is_float():
        return _without_zeros(values.cast(pl.String))
    counts = rounding.whole_column(values, places)
    unit = 10**places
    whole = (counts.abs() // unit).cast(pl.String)
    rest = (counts.abs() % unit).cast(pl.String).str.zfill(places)
    sign = pl.when(counts < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    return _without_zeros(pl.concat_str(sign, whole, pl.lit("."), rest))


def _without_zeros(text: pl.Expr) -> pl.Expr:
    return (
        pl.when(text.str.contains(".", literal=True))
        .then(text.str.replace(r"\.?0+$", ""))
        .otherwise(text)
    )
