"""Write an industry file from frames, one a type of record."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

import polars as pl
import polars.selectors as cs

from settlement_engine.faults import Fault
from settlement_engine.flows import values
from settlement_engine.flows.envelope import SEPARATOR, FlowHeader, footer_line
from settlement_engine.flows.layout import Layout, RecordLayout, load_layouts
from settlement_engine.flows.reading import FlowError

LINE_END: Final = "\n"
HEADER_TEXTS: Final = (
    "message_role",
    "from_role",
    "from_participant",
    "to_role",
    "to_participant",
    "test_flag",
)


def write(flow: str, version: str, header: FlowHeader, records: Mapping[str, pl.DataFrame]) -> str:
    """A whole file: header, records under the records they belong to, footer.

    A frame begins with the keys of the records above its own, as `read` gives it, and has every
    field (`with_empty_fields` adds those nobody fills). Rows keep their order under their parent;
    types of record come in the order of the layout. Decimals may be exact or floats; a float is
    rounded half away from zero to the places of its field. In a fault, the source is the type of
    record and the row counts the rows of its frame.

    Raises:
        FlowError: With every reason the file cannot be written.
    """
    layout = load_layouts().get(flow + version)
    if layout is None:
        cure = f"Known are {', '.join(load_layouts())}."
        raise FlowError([Fault(flow + version, None, None, "There is no such layout.", cure)])
    frames = _frames(layout, records)
    columns = {
        record.type: _column_faults(frames[record.type], record, layout)
        for record in layout.records
    }
    faults = [*_unknown(layout, records), *_header_faults(header), *chain(*columns.values())]
    texts: dict[str, pl.DataFrame] = {}
    for record in layout.records:
        if not columns[record.type]:
            texts[record.type], found = _text(_typed(frames[record.type], record, layout), record)
            faults += found
    placed: list[pl.DataFrame] = []
    if not any(columns.values()):
        placed, found = _placed(texts, layout)
        faults += found
    if faults:
        raise FlowError(faults)
    lines = [header.line(layout.file_type), *_in_order(placed)]
    return LINE_END.join([*lines, footer_line(lines), ""])


def with_empty_fields(
    flow: str, version: str, record_type: str, frame: pl.DataFrame
) -> pl.DataFrame:
    """The frame with an empty column for each field it lacks; the keys above must be there."""
    own = load_layouts()[flow + version].record(record_type).fields
    return frame.with_columns(
        pl.lit(None, field.dtype).alias(field.name)
        for field in own
        if field.name not in frame.columns
    )


def _frames(layout: Layout, records: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """A frame for each record of the layout, its rows numbered; one that is not given is empty."""
    return {
        record.type: records.get(
            record.type, pl.DataFrame(schema=layout.columns(record))
        ).with_columns(line=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
        for record in layout.records
    }


def _unknown(layout: Layout, records: Mapping[str, pl.DataFrame]) -> list[Fault]:
    known = [record.type for record in layout.records]
    cure = f"Known are {', '.join(known)}."
    return [
        Fault(name, None, None, f"{layout.file_type} has no such record.", cure)
        for name in records
        if name not in known
    ]


def _header_faults(header: FlowHeader) -> list[Fault]:
    faults: list[Fault] = []
    if header.created_at.tzinfo is None:
        what, cure = "The moment has no time zone.", "Say which, for example UTC."
        faults.append(Fault("header", None, "created_at", what, cure))
    for name in HEADER_TEXTS:
        text: str = getattr(header, name) or ""
        if not text.isascii() or not text.isprintable() or SEPARATOR in text:
            what, cure = f"{text!r} cannot be written.", "Write plain ASCII without a bar."
            faults.append(Fault("header", None, name, what, cure))
    return faults


def _column_faults(frame: pl.DataFrame, record: RecordLayout, layout: Layout) -> list[Fault]:
    fields = layout.inherited(record) | {field.name: field for field in record.fields}
    faults = [
        Fault(record.type, None, name, "There is no field of this name.", "Take it out.")
        for name in frame.columns
        if name not in fields and name != "line"
    ]
    for name, field in fields.items():
        if name not in frame.columns:
            faults.append(Fault(record.type, None, name, "The column is missing.", "Add it."))
        elif values.misfit(field, frame.schema[name]):
            what = f"The column holds {frame.schema[name]}."
            faults.append(Fault(record.type, None, name, what, f"It must hold {field.dtype}."))
    return faults


def _typed(frame: pl.DataFrame, record: RecordLayout, layout: Layout) -> pl.DataFrame:
    """The frame with the types of the layout, so that keys meet; decimals may stay floats."""
    fields = layout.inherited(record) | {field.name: field for field in record.fields}
    return frame.with_columns(
        pl.col(name).cast(field.dtype)
        for name, field in fields.items()
        if field.kind != "decimal" or frame.schema[name] == pl.Null
    )


def _text(frame: pl.DataFrame, record: RecordLayout) -> tuple[pl.DataFrame, list[Fault]]:
    """The frame with the line each row makes in the column `text`."""
    fields = frame.with_columns(
        values.written_values(field, frame.schema[field.name]) for field in record.fields
    )
    checks = [
        check
        for field in record.fields
        for check in values.writing_checks(
            field, required=field.name in record.key and not field.optional
        )
    ]
    texts = [pl.col(f"text {field.name}").fill_null("") for field in record.fields]
    line = pl.concat_str(pl.lit(record.type), *texts, pl.lit(""), separator=SEPARATOR)
    found = values.found(fields, checks, record.type)
    return frame.with_columns(fields.select(text=line).to_series()), found


def _placed(
    texts: Mapping[str, pl.DataFrame], layout: Layout
) -> tuple[list[pl.DataFrame], list[Fault]]:
    """The lines of each record with their places: their parent's, then their own under it.

    A place of depth n is two numbers: `kind n`, the place of the record in the layout, and `row n`.
    """
    placed: dict[str, pl.DataFrame] = {}
    faults: list[Fault] = []
    for kind, record in enumerate(layout.records):
        keys = [*layout.inherited(record), *record.key]
        depth = len(layout.above(record))
        rows = texts[record.type].select(*keys, "line", "text")
        faults += _repeated(rows, record, keys)
        if record.under is not None:
            rows, orphans = _under(rows, record, placed[record.under], layout)
            faults += orphans
        placed[record.type] = rows.with_columns(
            pl.lit(kind).alias(f"kind {depth}"), pl.col("line").alias(f"row {depth}")
        )
    return list(placed.values()), faults


def _repeated(rows: pl.DataFrame, record: RecordLayout, keys: list[str]) -> list[Fault]:
    """Rows of one key: their children could not be told apart."""
    if not record.key:
        return []
    check = values.Check(
        record.key[-1],
        ~pl.struct(keys).is_first_distinct(),
        "{value} occurs more than once.",
        f"Keep one row for each {', '.join(keys)}.",
        pl.col(record.key[-1]),
    )
    return values.found(rows, [check], record.type)


def _under(
    rows: pl.DataFrame, record: RecordLayout, parents: pl.DataFrame, layout: Layout
) -> tuple[pl.DataFrame, list[Fault]]:
    """The rows with the places of the parents they belong to; a row that has none is a fault."""
    keys = list(layout.inherited(record))
    places = parents.unique(keys, keep="first", maintain_order=True).select(
        *keys, cs.starts_with("kind ", "row ")
    )
    joined = rows.join(places, on=keys, how="left", nulls_equal=True, maintain_order="left")
    check = values.Check(
        keys[-1],
        pl.col("kind 0").is_null(),
        f"No {record.under} record has this {' and '.join(keys)}.",
        f"Add the {record.under} record, or take the row out.",
        pl.col(keys[-1]),
    )
    return joined, values.found(joined, [check], record.type)


def _in_order(placed: Sequence[pl.DataFrame]) -> list[str]:
    """Every line below its parent's, which has no place of the depth its children have."""
    everything = pl.concat(
        [frame.select("text", cs.starts_with("kind ", "row ")) for frame in placed], how="diagonal"
    )
    depth = (everything.width - 1) // 2
    order = [f"{part} {level}" for level in range(depth) for part in ("kind", "row")]
    return everything.sort(order, nulls_last=False)["text"].to_list()
