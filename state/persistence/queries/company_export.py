"""All that is held about a company, table by table, as a copy of it may hold it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl
import sqlalchemy as sa
from sqlmodel import Session, col, select

from state.domain.change_forms import private_fields, questions_of
from state.domain.changes import ChangeKind
from state.domain.personal_data import HeldTable, held_tables
from state.persistence.bank_values import opened
from state.persistence.models.information_requests import (
    InformationFileRow,
    InformationRequestRow,
)
from state.persistence.models.tables import METADATA
from state.persistence.uploaded_files import upload_path

_OURS: Final = frozenset({"sealed_for", "account_index"})
_LABELS: Final = {
    "person": "name",
    "participant": "party_id",
    "change": "public_id",
    "information_request": "reference",
}
_DTYPES: Final[tuple[tuple[type, Any], ...]] = (
    (bool, pl.Boolean),
    (int, pl.Int64),
    (float, pl.Float64),
)


def company_frames(session: Session, organisation_id: int) -> Mapping[str, pl.DataFrame]:
    """A frame for each file of a copy, by its name; tables that are not there are left out."""
    return {
        held.exported_as: _frame(session, held, METADATA.tables[name], organisation_id)
        for name, held in sorted(held_tables().items())
        if held.exported_as and name in METADATA.tables
    }


def company_files(session: Session, organisation_id: int) -> Mapping[str, Path]:
    """Where the files are that the company sent, by their names in a copy: `files/ID name`."""
    found = session.exec(
        select(InformationFileRow)
        .join(
            InformationRequestRow,
            col(InformationRequestRow.id) == col(InformationFileRow.request_id),
        )
        .where(InformationRequestRow.organisation_id == organisation_id)
        .order_by(col(InformationFileRow.id))
    )
    return {
        f"files/{row.public_id} {row.name.replace('/', '_')}": upload_path(row.public_id)
        for row in found
    }


def _frame(
    session: Session, held: HeldTable, table: sa.Table, organisation_id: int
) -> pl.DataFrame:
    hidden = (table.c.id.label("_id"),) if "id" in table.c else ()
    columns = [table.c[name] for name in held.exported]
    if held.name == "bank_account":
        hidden = (*hidden, table.c.public_id.label("sealed_for"))
    found = session.execute(
        sa.select(*columns, *hidden)
        .where(_of_company(table, organisation_id))
        .order_by(*table.primary_key.columns)
    ).mappings()
    labels = {one.name: _label_of(session, one) for one in columns if one.foreign_keys}
    rows = [_row(held, dict(row), labels, organisation_id) for row in found]
    schema = {_shown(one): _dtype(one) for one in columns}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _of_company(table: sa.Table, organisation_id: int) -> sa.ColumnElement[bool]:
    if table.name == "organisation":
        return table.c.id == organisation_id
    if "organisation_id" in table.c:
        return table.c.organisation_id == organisation_id
    parent = next(
        key
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if "organisation_id" in key.column.table.c
    )
    of_company = parent.column.table.c.organisation_id == organisation_id
    return parent.parent.in_(sa.select(parent.column).where(of_company))


def _row(
    held: HeldTable,
    row: dict[str, Any],
    labels: Mapping[str, Mapping[int, str]],
    organisation_id: int,
) -> tuple[Any, ...]:
    """One row as a copy holds it: people by name, what is sealed masked."""
    if held.name == "bank_account":
        row |= _masked(row, organisation_id)
    if held.name == "change" and row["kind"] == ChangeKind.BANK_ACCOUNT:
        row |= {name: _masked_text(row[name], organisation_id) for name in ("before", "after")}
    return tuple(
        labels[name].get(row[name], "") if name in labels else row[name] for name in held.exported
    )


def _masked_text(text: str, organisation_id: int) -> str:
    values = json.loads(text)
    kept = values | _masked(values, organisation_id) if values else values
    shown = {name: one for name, one in kept.items() if name not in _OURS}
    return json.dumps(shown, ensure_ascii=False)


def _masked(row: Mapping[str, Any], organisation_id: int) -> dict[str, str]:
    """The private fields of a bank account as a page shows them."""
    full = opened(row, organisation_id)
    form = questions_of(ChangeKind.BANK_ACCOUNT)
    private = private_fields(ChangeKind.BANK_ACCOUNT)
    return {name: form.field(name).words(full[name]) for name in private if full.get(name)}


def _label_of(session: Session, column: sa.Column[Any]) -> dict[int, str]:
    """What stands in a copy for a key: a person's name, a Party Id, the id of a change."""
    to = next(iter(column.foreign_keys)).column.table
    if to.name == "membership":
        people = METADATA.tables["person"]
        found = session.execute(
            sa.select(to.c.id, people.c.name).join(people, people.c.id == to.c.person_id)
        )
    else:
        found = session.execute(sa.select(to.c.id, to.c[_LABELS.get(to.name, "id")]))
    return {key: str(label) for key, label in found}


def _shown(column: sa.Column[Any]) -> str:
    name = column.name.removesuffix("_id") if column.foreign_keys else column.name
    return "person" if name == "membership" else name


def _dtype(column: sa.Column[Any]) -> Any:  # noqa: ANN401  # a type of Polars
    if column.foreign_keys:
        return pl.String
    if isinstance(column.type, sa.Date):
        return pl.Date
    if isinstance(column.type, sa.DateTime) or "DateTime" in type(column.type).__name__:
        return pl.Datetime("us", "UTC")
    python = column.type.python_type
    return next((dtype for kind, dtype in _DTYPES if issubclass(python, kind)), pl.String)
