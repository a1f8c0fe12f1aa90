"""Corrections of published rows: which rows stand there, and proposing other values for them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from settlement_engine.periods import settlement_period_of_expression
from state.domain.actor import Actor, NotAllowedError
from state.domain.changes import EDITABLE, ChangeAction, ChangeKind
from state.domain.corrections import (
    DATASET,
    DAY,
    Cell,
    cell_of,
    cells_of,
    correction_refusals,
    is_correctable,
    key_of,
    key_words,
    text_of,
)
from state.domain.datasets import MOMENT, Column, Dataset, dataset
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.permissions import Permission
from state.domain.refusal import Refusal
from state.persistence.changes import change_row
from state.persistence.datasets import valid_day
from state.persistence.queries.dataset_rows import versioned_rows
from state.persistence.transaction import reading
from state.services.changes import ChangeRefusedError, Proposal, prepare_change

ROWS_SHOWN: Final = 50
"""More are found by naming a period, or what the key holds."""

_LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class RowsWanted:
    """Which rows of a dataset: of a Settlement Date, of a period, and what their key holds."""

    dataset: str
    day: date
    period: int | None = None
    holds: str = ""


@dataclass(frozen=True, slots=True)
class RowToCorrect:
    """A row: its key in words, and each value that can be corrected by the name of its cell."""

    words: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowsToCorrect:
    """The first rows that were asked for, how many there are, and the columns of their cells."""

    definition: Dataset
    columns: tuple[Column, ...]
    rows: tuple[RowToCorrect, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Correction:
    """New texts of cells of one Settlement Date, what stood there before, and why."""

    dataset: str
    day: date
    cells: Mapping[str, str]
    seen: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


def rows_to_correct(*, actor: Actor, wanted: RowsWanted) -> RowsToCorrect:
    """The latest rows that were asked for, in the order of their keys.

    Raises:
        UnknownDatasetError: There is no such dataset.
    """
    actor.require(Permission.PUBLISHING_PROPOSE)
    definition = dataset(wanted.dataset)
    columns = cells_of(definition) if is_correctable(definition) else ()
    found = _found(definition, wanted) if columns else pl.DataFrame(schema={})
    return RowsToCorrect(
        definition,
        columns,
        tuple(
            _row(definition, columns, row) for row in found.head(ROWS_SHOWN).iter_rows(named=True)
        ),
        found.height,
    )


def propose_correction(
    *, actor: Actor, correction: Correction, now: datetime, public_id: str = ""
) -> str:
    """Keep a correction as a draft, to be looked at before it is sent; gives the id of the draft.

    Raises:
        ChangeRefusedError: Every value that is beyond its limits or of the wrong kind, and a
            reason that is missing; nothing is stored.
        NotAllowedError: No such draft of one's own.
    """
    actor.require(Permission.PUBLISHING_PROPOSE)
    reason, definition = tidy(correction.reason), dataset(correction.dataset)
    if reasons := (*_cell_refusals(definition, correction), *_reason_refusals(reason)):
        raise ChangeRefusedError(reasons)
    return prepare_change(
        actor=actor,
        organisation_id=None,
        proposal=Proposal(
            kind=ChangeKind.CORRECTION,
            action=ChangeAction.ADD,
            subject="",
            values={DATASET: definition.name, DAY: str(correction.day), **correction.cells},
            base_version=0,
            reason=reason,
            seen={name: correction.seen.get(name, "") for name in correction.cells},
        ),
        now=now,
        public_id=public_id,
    )


def correction_typed(*, actor: Actor, public_id: str) -> Correction:
    """An own draft of a correction, to be typed again.

    Raises:
        NotAllowedError: Not an own draft.
    """
    actor.require(Permission.PUBLISHING_PROPOSE)
    with reading() as session:
        row = change_row(session, public_id, None)
    is_own = row is not None and row.made_by == actor.person_id and row.status in EDITABLE
    if row is None or not is_own or row.kind != ChangeKind.CORRECTION:
        raise NotAllowedError("There is no such draft of yours.")
    after, before = json.loads(row.after), json.loads(row.before)
    cells = {name: text for name, text in after.items() if cell_of(name) is not None}
    return Correction(after[DATASET], date.fromisoformat(after[DAY]), cells, before, row.reason)


def _found(definition: Dataset, wanted: RowsWanted) -> pl.DataFrame:
    with reading() as session:
        rows = versioned_rows(
            session, definition.name, since=wanted.day, until=wanted.day
        ).rows.filter(valid_day(definition) == wanted.day)
    if wanted.period is not None and (period := _period(definition)) is not None:
        rows = rows.filter(period == wanted.period)
    if wanted.holds:
        texts = [pl.col(name).cast(pl.String) for name in definition.key]
        held = pl.concat_str(texts, separator=" ", ignore_nulls=True).str.to_lowercase()
        rows = rows.filter(held.str.contains(wanted.holds.lower(), literal=True))
    return rows


def _period(definition: Dataset) -> pl.Expr | None:
    """The Settlement Period of each row; none where rows belong to no period."""
    if "settlement_period" in definition.polars_schema:
        return pl.col("settlement_period")
    if definition.polars_schema[definition.valid_time] == MOMENT:
        return settlement_period_of_expression(pl.col(definition.valid_time))
    return None


def _row(definition: Dataset, columns: tuple[Column, ...], row: dict[str, Any]) -> RowToCorrect:
    key = key_of(definition, row)
    cells = {Cell(key, one.name).name: text_of(row[one.name]) for one in columns}
    return RowToCorrect(key_words(definition, key) or "The day", cells)


def _cell_refusals(definition: Dataset, correction: Correction) -> tuple[Refusal, ...]:
    if not is_correctable(definition):
        return (Refusal(DATASET, f"Rows of {definition.title} are not corrected here"),)
    rows = _found(definition, RowsWanted(definition.name, correction.day))
    return correction_refusals(definition, rows, correction.seen, correction.cells)


def _reason_refusals(reason: str) -> tuple[Refusal, ...]:
    wrong = text_problem("a reason for the correction", reason, longest=_LONGEST_REASON)
    return (Refusal("reason", wrong),) if wrong else ()
