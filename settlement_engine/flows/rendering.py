"""Read the records of an industry file as somebody else has saved them: with commas and headings.

Which heading is which field is a file of `renderings/`; what the fields are is said by the layout.
"""

import io
from collections.abc import Mapping
from importlib import resources
from typing import Self

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from settlement_engine.faults import Fault
from settlement_engine.flows import values
from settlement_engine.flows.layout import FieldLayout, load_layouts
from settlement_engine.flows.reading import FlowError


class Rendering(BaseModel):
    """One way in which one type of record is saved."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    layout: str
    record: str
    date_format: str
    headings: Mapping[str, str]

    @model_validator(mode="after")
    def _headings_name_fields(self) -> Self:
        unknown = set(self.headings.values()) - set(self.fields())
        if unknown:
            raise ValueError(f"{self.layout} {self.record} has no {', '.join(sorted(unknown))}")
        return self

    def fields(self) -> dict[str, FieldLayout]:
        """The fields a row can have: the keys of the records above, then its own."""
        layout = load_layouts()[self.layout]
        record = layout.record(self.record)
        return layout.inherited(record) | {field.name: field for field in record.fields}


def read_rendering(text: str, rendering: Rendering, source: str = "file") -> pl.DataFrame:
    """The records, typed as the layout says, in the order of the file.

    In a fault, the row counts rows of data and the column is the heading's field.

    Raises:
        FlowError: With every fault of the file.
    """
    try:
        raw = pl.read_csv(io.BytesIO(text.encode()), infer_schema=False)
    except pl.exceptions.PolarsError as error:
        what = f"The file cannot be read: {str(error).splitlines()[0]}."
        cure = "It must have a line of headings and commas."
        raise FlowError([Fault(source, None, None, what, cure)]) from error
    if missing := [heading for heading in rendering.headings if heading not in raw.columns]:
        what, cure = "The heading is missing.", "Add it."
        raise FlowError([Fault(source, None, heading, what, cure) for heading in missing])
    fields = rendering.fields()
    chosen = {name: fields[name] for name in fields if name in rendering.headings.values()}
    rows = raw.select(
        _as_in_a_flow(pl.col(heading), fields[name], rendering.date_format).alias(name)
        for heading, name in rendering.headings.items()
    ).with_columns(line=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    layout = load_layouts()[rendering.layout]
    keys = {
        *layout.inherited(layout.record(rendering.record)),
        *layout.record(rendering.record).key,
    }
    checks = [
        check
        for name, field in chosen.items()
        for check in values.reading_checks(field, required=name in keys)
    ]
    if faults := values.found(rows, checks, source):
        raise FlowError(faults)
    return rows.select(values.read_values(field) for field in chosen.values())


def load_rendering(name: str) -> Rendering:
    """A rendering of `renderings/`."""
    file = resources.files("settlement_engine.flows.renderings") / f"{name}.yaml"
    return Rendering.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def _as_in_a_flow(text: pl.Expr, field: FieldLayout, date_format: str) -> pl.Expr:
    """The text as a flow would have it; what cannot be read stays as it is and is a fault."""
    text = text.replace("", None)
    if field.kind != "date":
        return text
    return text.str.to_date(date_format, strict=False).dt.strftime("%Y%m%d").fill_null(text)
