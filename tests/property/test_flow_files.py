"""A law of the industry's files: what is written is read again, exactly (V15)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from settlement_engine.flows.layout import load_layouts
from settlement_engine.flows.reading import read
from settlement_engine.flows.writing import write
from tests.property.examples import examples
from tests.unit.settlement_engine.flows.samples import HEADER

TEXT = "AZaz09_-#&.,/ "


@pytest.mark.parametrize("file_type", load_layouts())
@settings(max_examples=examples(3), deadline=None)
@given(rnd=st.randoms(use_true_random=False))
def test_frames_that_were_written_are_read_again_and_the_file_is_written_again(file_type, rnd):
    frames = random_frames(load_layouts()[file_type], rnd)
    flow, version = file_type[:5], file_type[5:]

    text = write(flow, version, HEADER, frames)
    file = read(text)

    assert (file.flow, file.version, file.header) == (flow, version, HEADER)
    for name, frame in frames.items():
        assert file.records[name].equals(frame), name
    assert write(flow, version, HEADER, file.records) == text


def random_frames(layout, rnd):
    """Up to two rows of each record under each parent, any values, many nulls."""
    frames = {}
    for record in layout.records:
        parents = [{}]
        if record.under is not None:
            above = layout.record(record.under)
            keys = [*layout.inherited(above), *above.key]
            parents = frames[above.type].select(keys).to_dicts()
        rows = [parent | row for parent in parents for row in random_rows(record, rnd)]
        frames[record.type] = pl.DataFrame(rows, schema=layout.columns(record), orient="row")
    return frames


def random_rows(record, rnd):
    rows = {}
    for _ in range(rnd.randint(0, 2)):
        row = {
            field.name: None
            if rnd.random() < 0.4 and (field.optional or field.name not in record.key)
            else random_value(field, rnd)
            for field in record.fields
        }
        rows[tuple(row[name] for name in record.key) if record.key else len(rows)] = row
    return list(rows.values())


def random_value(field, rnd):
    if field.codes is not None:
        return rnd.choice(sorted(field.codes.values()))
    if field.kind == "text":
        return "".join(rnd.choice(TEXT) for _ in range(rnd.randint(1, field.size))).strip() or "x"
    if field.kind in ("integer", "decimal"):
        number = rnd.randint(-(10**field.size) + 1, 10**field.size - 1)
        return number if field.kind == "integer" else Decimal(number).scaleb(-field.places)
    if field.kind == "flag":
        return rnd.random() < 0.5
    if field.kind == "date":
        return date(1990, 1, 1) + timedelta(days=rnd.randint(0, 40_000))
    return datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=rnd.randint(0, 3 * 10**9))
