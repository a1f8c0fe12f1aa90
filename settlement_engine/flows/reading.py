"""Read an industry file: one frame a type of record, or every fault of the file at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

import polars as pl

from settlement_engine.faults import Fault, GivenFramesError
from settlement_engine.flows import values
from settlement_engine.flows.envelope import (
    FILE_TYPE_LENGTH,
    FLOW_LENGTH,
    FOOTER,
    FOOTER_FIELDS,
    HEADER,
    HEADER_FIELDS,
    MOMENT_FORMAT,
    SEPARATOR,
    FlowHeader,
    checksum,
    fields_of,
)
from settlement_engine.flows.layout import Layout, RecordLayout, layout_for, load_layouts

BYTE_ORDER_MARK: Final = "\ufeff"
_ENVELOPE_LINES: Final = 2


class FlowError(GivenFramesError):
    """A file of the industry's cannot be read or written; its `faults` say all that is wrong."""


@dataclass(frozen=True, slots=True)
class FlowFile:
    """A file without a fault: a frame for each type of record of its layout, in file order.

    A row begins with the keys of the records it stands under. `layout_version` is the version whose
    layout was used, and `passed_over` counts the records that the layout knows and does not read.
    """

    flow: str
    version: str
    layout_version: str
    header: FlowHeader
    records: Mapping[str, pl.DataFrame]
    passed_over: Mapping[str, int]


def read(text: str, source: str = "file") -> FlowFile:
    """The records of a file. `source` is what its owner calls it, such as its name.

    A byte order mark, line ends of two characters, a missing separator at the end of a line and
    fields that a later version adds are no faults (`settlement.md` 21, trap 27). In a fault, the
    row is the line of the file and the column the record and its field.

    Raises:
        FlowError: With every fault of the file.
    """
    lines = _lines(text)
    faults = _envelope_faults(lines, source)
    if faults:
        raise FlowError(faults)
    file_type, header = _header(lines[0])
    flow, version = file_type[:FLOW_LENGTH], file_type[FLOW_LENGTH:]
    layout = layout_for(flow, version)
    if layout is None:
        known = ", ".join(load_layouts())
        what = f"There is no layout for {file_type}."
        raise FlowError([Fault(source, 1, f"{HEADER} file_type", what, f"Known are {known}.")])
    body = _body(lines, layout)
    faults = _footer_faults(lines, source) + _body_faults(body, layout, source)
    frames: dict[str, pl.DataFrame] = {}
    for record in layout.records:
        frames[record.type], found = _record_frame(body, record, source)
        faults += found
    if faults:
        raise FlowError(faults)
    counts = dict(body.group_by("record").len().iter_rows())
    return FlowFile(
        flow=flow,
        version=version,
        layout_version=layout.version,
        header=header,
        records=_nested(frames, layout),
        passed_over={name: counts[name] for name in layout.passed_over if name in counts},
    )


def _lines(text: str) -> list[str]:
    lines = text.removeprefix(BYTE_ORDER_MARK).split("\n")
    lines = [line.removesuffix("\r") for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _envelope_faults(lines: Sequence[str], source: str) -> list[Fault]:
    """What is wrong with the first and the last line, so that the others cannot be understood."""
    faults: list[Fault] = []
    first, last = (lines[0], lines[-1]) if lines else ("", "")
    header = fields_of(first)
    if not first.startswith(HEADER + SEPARATOR) or len(header) < len(HEADER_FIELDS) - 1:
        cure = f"The first line is {HEADER}|{'|'.join(HEADER_FIELDS)}|."
        faults.append(Fault(source, 1, HEADER, "The file does not begin with a header.", cure))
    else:
        faults += _header_faults(header, source)
    footer = fields_of(last)
    complete = len(footer) >= len(FOOTER_FIELDS) and all(map(_is_number, footer))
    if not last.startswith(FOOTER + SEPARATOR) or not complete:
        cure = f"The last line is {FOOTER}|{'|'.join(FOOTER_FIELDS)}|. Fetch the file again."
        what = "The file does not end with a footer: it may be cut off."
        faults.append(Fault(source, max(len(lines), 1), FOOTER, what, cure))
    return faults


def _header_faults(header: Sequence[str], source: str) -> list[Fault]:
    named = dict(zip(HEADER_FIELDS, header, strict=False))
    cures = {
        "file_type": (_is_file_type, "Write the flow and version, such as S0142013."),
        "created_at": (_is_moment, "Write a moment in UTC such as 20260131173000."),
        "sequence_number": (_is_number, "Write a whole number."),
    }
    return [
        Fault(source, 1, f"{HEADER} {name}", f"{named[name]} cannot be read.", cure)
        for name, (is_right, cure) in cures.items()
        if not is_right(named[name])
    ]


def _is_file_type(text: str) -> bool:
    return len(text) == FILE_TYPE_LENGTH


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_moment(text: str) -> bool:
    try:
        return bool(datetime.strptime(text, MOMENT_FORMAT).replace(tzinfo=UTC))
    except ValueError:
        return False


def _header(line: str) -> tuple[str, FlowHeader]:
    named = dict.fromkeys(HEADER_FIELDS, "") | dict(
        zip(HEADER_FIELDS, fields_of(line), strict=False)
    )
    header = FlowHeader(
        created_at=datetime.strptime(named["created_at"], MOMENT_FORMAT).replace(tzinfo=UTC),
        from_role=named["from_role"],
        from_participant=named["from_participant"],
        to_role=named["to_role"],
        to_participant=named["to_participant"],
        sequence_number=int(named["sequence_number"]),
        message_role=named["message_role"],
        test_flag=named["test_flag"] or None,
    )
    return named["file_type"], header


def _footer_faults(lines: Sequence[str], source: str) -> list[Fault]:
    """Whether the file is whole: the count may be with or without header and footer [U]."""
    count, total = (int(value) for value in fields_of(lines[-1])[: len(FOOTER_FIELDS)])
    faults: list[Fault] = []
    if count not in (len(lines), len(lines) - _ENVELOPE_LINES):
        what = f"The footer counts {count:,} records, the file has {len(lines):,}."
        column = f"{FOOTER} record_count"
        faults.append(Fault(source, len(lines), column, what, "Fetch the file again."))
    if total != (own := checksum(lines[:-1])):
        what = f"The checksum is {total}, that of the lines above is {own}."
        column = f"{FOOTER} checksum"
        faults.append(Fault(source, len(lines), column, what, "Fetch the file again."))
    return faults


def _body(lines: Sequence[str], layout: Layout) -> pl.DataFrame:
    """One row a line between header and footer; `of XXX` is the last line of each parent so far."""
    body = pl.DataFrame({"text": lines[1:-1]}, schema={"text": pl.String}).select(
        (pl.int_range(pl.len(), dtype=pl.Int64) + 2).alias("line"),
        pl.col("text").str.count_matches(SEPARATOR, literal=True).alias("separators"),
        pl.col("text").str.strip_suffix(SEPARATOR).str.split(SEPARATOR).alias("fields"),
    )
    body = body.with_columns(record=pl.col("fields").list.first())
    return body.with_columns(
        pl.when(pl.col("record") == parent).then(pl.col("line")).forward_fill().alias(_of(parent))
        for parent in sorted(layout.parents())
    )


def _body_faults(body: pl.DataFrame, layout: Layout, source: str) -> list[Fault]:
    """Records of a kind the layout lacks, too short, or under nothing they can stand under."""
    known = [*(record.type for record in layout.records), *layout.passed_over]
    check = values.Check(
        "record",
        ~pl.col("record").is_in(known),
        "{value} is no record of " + layout.file_type + ".",
        f"Known are {', '.join(known)}.",
        pl.col("record"),
    )
    faults = values.found(body, [check], source)
    for record in layout.records:
        rows = body.filter(pl.col("record") == record.type)
        faults += values.found(rows, _place_checks(record, layout), source, record.type)
    return faults


def _place_checks(record: RecordLayout, layout: Layout) -> list[values.Check]:
    checks = [
        values.Check(
            record.fields[-1].name,
            pl.col("separators") < len(record.fields),
            "The record has only {value} fields.",
            f"It must have {len(record.fields)}, empty ones too.",
            pl.col("fields").list.len().cast(pl.Int64) - 1,
        )
    ]
    above = [_of(parent.type) for parent in layout.above(record)]
    if above:
        orphan = pl.col(above[-1]).is_null()
        for outer, inner in pairwise(above):
            orphan |= pl.col(outer).is_null() | (pl.col(outer) > pl.col(inner))
        what = f"No {record.under} record stands above it."
        cure = f"Put it below the {record.under} record it belongs to."
        checks.append(values.Check(record.fields[0].name, orphan, what, cure, pl.col("line")))
    return checks


def _record_frame(
    body: pl.DataFrame, record: RecordLayout, source: str
) -> tuple[pl.DataFrame, list[Fault]]:
    """The rows of one record, typed, with the lines they and their parent stand on."""
    of = [_of(record.under)] if record.under is not None else []
    text = body.filter(pl.col("record") == record.type).select(
        "line",
        *of,
        *(
            pl.col("fields").list.get(n, null_on_oob=True).replace("", None).alias(field.name)
            for n, field in enumerate(record.fields, start=1)
        ),
    )
    checks = [
        check
        for field in record.fields
        for check in values.reading_checks(
            field, required=field.name in record.key and not field.optional
        )
    ]
    faults = values.found(text, checks, source, record.type)
    typed = text.select("line", *of, *(values.read_values(field) for field in record.fields))
    return typed, faults + _repeated(typed, record, source)


def _repeated(typed: pl.DataFrame, record: RecordLayout, source: str) -> list[Fault]:
    """Records with the same key under one parent: their children could not be told apart."""
    if not record.key:
        return []
    of = [_of(record.under)] if record.under is not None else []
    check = values.Check(
        record.key[-1],
        ~pl.struct(*of, *record.key).is_first_distinct(),
        "{value} occurs more than once.",
        f"Keep one record for each {', '.join(record.key)}.",
        pl.concat_str(pl.col(*record.key).cast(pl.String), separator=" ", ignore_nulls=True),
    )
    return values.found(typed, [check], source, record.type)


def _nested(frames: Mapping[str, pl.DataFrame], layout: Layout) -> dict[str, pl.DataFrame]:
    """Each frame with the keys of the records above it, without lines."""
    whole: dict[str, pl.DataFrame] = {}
    for record in layout.records:
        frame = frames[record.type]
        if record.under is not None:
            parent = layout.record(record.under)
            keys = [*layout.inherited(parent), *parent.key]
            above = whole[parent.type].select(pl.col("line").alias(_of(parent.type)), *keys)
            frame = frame.join(above, on=_of(parent.type), how="left", maintain_order="left")
        whole[record.type] = frame
    return {
        record.type: whole[record.type].select(list(layout.columns(record)))
        for record in layout.records
    }


def _of(record_type: str) -> str:
    return f"of {record_type}"
