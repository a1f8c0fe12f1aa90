"""The register of corrections: each is a publication of its own, beside what it revises."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

import polars as pl
from sqlmodel import Session

from state.domain.changes import ChangeAction
from state.domain.corrections import (
    DATASET,
    DAY,
    corrected_rows,
    correction_refusals,
    is_correctable,
)
from state.domain.datasets import Dataset, dataset, datasets
from state.domain.dates import spoken_date
from state.domain.made_rows import made_rows
from state.domain.refusal import Refusal
from state.persistence.datasets import let_one_writer_in
from state.persistence.queries.dataset_rows import versioned_rows
from state.persistence.registers.register import Held, Register, Wanted
from state.persistence.storing import Batch, catalogue, prepare

SOURCE: Final = "correction"
"""What a run that brought a correction names as its source, before the id of the change."""

_BEGAN: Final = datetime(2001, 3, 27, tzinfo=UTC)
_AROUND: Final = timedelta(days=1)
"""What is revised together may reach over midnight."""


def held(
    session: Session,  # noqa: ARG001
    organisation_id: int | None,  # noqa: ARG001
    subject: str,  # noqa: ARG001
    *,
    to_change: bool = False,  # noqa: ARG001
) -> Held | None:
    """Nothing: a correction is new, and what it revises is compared cell by cell."""
    return None


def apply(session: Session, wanted: Wanted, now: datetime) -> None:
    """Publish the corrected rows: they count from now on, and the old ones stay as they were."""
    if wanted.by is None:
        raise LookupError("A correction is published by somebody.")
    definition, cells = dataset(wanted.values[DATASET]), _cells(wanted.values)
    let_one_writer_in(session)
    rows = corrected_rows(definition, _around(session, definition, wanted), cells, now)
    source = f"{SOURCE} {wanted.change_id}"
    batch = Batch(definition, rows, (source,), rows_read=rows.height)
    catalogue(session, prepare(batch), actor=wanted.by, now=now)


def refusals(session: Session, wanted: Wanted) -> tuple[Refusal, ...]:
    """Every value that its dataset cannot hold, or that somebody revised meanwhile."""
    definition = datasets().get(wanted.values.get(DATASET, ""))
    if wanted.action is not ChangeAction.ADD or wanted.organisation_id or definition is None:
        return (Refusal(DATASET, "Choose the dataset whose rows are wrong"),)
    if not is_correctable(definition):
        return (Refusal(DATASET, f"Rows of {definition.title} are not corrected here"),)
    cells, found = _cells(wanted.values), _around(session, definition, wanted)
    if reasons := correction_refusals(definition, found, wanted.seen, cells):
        return reasons
    return made_rows(corrected_rows(definition, found, cells, _BEGAN), definition).refusals


def _around(session: Session, definition: Dataset, wanted: Wanted) -> pl.DataFrame:
    day = date.fromisoformat(wanted.values[DAY])
    return versioned_rows(session, definition.name, since=day - _AROUND, until=day + _AROUND).rows


def _cells(values: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in values.items() if name not in {DATASET, DAY}}


def _title(values: Mapping[str, str]) -> str:
    definition = datasets().get(values.get(DATASET, ""))
    day = spoken_date(date.fromisoformat(values[DAY]))
    return f"{definition.title}, {day}" if definition else ""


CORRECTIONS = Register(held, apply, _title, refusals)
