"""Settlement Runs: asking for one, and reading what became of it."""

import secrets
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final, TypeVar

from sqlmodel import Session, col, select

from settlement_engine.runs import RunType
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.actor import Actor
from state.domain.formats.plain_text import tidy
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.domain.settlement_runs import (
    RunRequest,
    RunState,
    market_day,
    request_refusals,
    run_name,
)
from state.persistence.audit_trail import record
from state.persistence.models.person import PersonRow
from state.persistence.models.settlement_run import (
    SettlementRunEventRow,
    SettlementRunFrameRow,
    SettlementRunHoldRow,
    SettlementRunInputRow,
    SettlementRunRow,
    SettlementRunStageRow,
)
from state.persistence.queries.settlement_runs import (
    facts_of,
    let_one_change_runs,
    run_of,
    runs_between,
    runs_of_date,
)
from state.persistence.run_inputs import missing_frames
from state.persistence.transaction import reading, transaction
from state.services.settlement_attempts import ask_for_work

NOT_FOUND: Final = Refusal("", "There is no such run.")

_View = TypeVar("_View")


class RunRefusedError(RefusedError):
    """The run cannot be made, published or shown; nothing is stored."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run, as lists and headings show it; those who acted stand there by their names."""

    public_id: str
    settlement_date: date
    run_type: RunType
    run_number: int
    state: RunState
    reason: str
    requested_by: str
    requested_at: datetime
    computed_at: datetime | None
    published_by: str
    published_at: datetime | None
    superseded_at: datetime | None
    restates: str | None
    supersedes: str | None
    result_digest: str | None


@dataclass(frozen=True, slots=True)
class RunInput:
    """One frame that the run started from."""

    name: str
    rows: int
    sha256: str
    dataset_version: int
    known_as_of: datetime


@dataclass(frozen=True, slots=True)
class RunFrame:
    """One quantity that the run worked out."""

    quantity: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RunHold:
    """One reason why the inputs cannot be settled."""

    source: str
    row: int | None
    column: str | None
    what: str
    cure: str


@dataclass(frozen=True, slots=True)
class RunEvent:
    """What stood in for something that was not given."""

    code: str
    what: str
    count: int
    amount: float | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class RunStage:
    """How long one stage took."""

    name: str
    seconds: float
    rows: int


@dataclass(frozen=True, slots=True)
class RunDetail:
    """A run with all that the record says of it."""

    run: Run
    rulebook: str
    fingerprint: str | None
    inputs_digest: str | None
    known_as_of: datetime
    attempt: int
    started_at: datetime | None
    fault_reference: str | None
    inputs: tuple[RunInput, ...]
    frames: tuple[RunFrame, ...]
    holds: tuple[RunHold, ...]
    events: tuple[RunEvent, ...]
    stages: tuple[RunStage, ...]


def request_run(
    *, actor: Actor, settlement_date: date, run_type: RunType, reason: str, now: datetime
) -> Run:
    """Ask for a run; where the date has a published one, it restates that.

    Raises:
        RunRefusedError: Every reason why the run cannot be made now; nothing is stored.
    """
    actor.require(Permission.SETTLEMENT_RUN_START)
    wanted = RunRequest(settlement_date, RunType(run_type), tidy(reason))
    with transaction() as session:
        let_one_change_runs(session)
        known = runs_of_date(session, settlement_date)
        reasons = request_refusals(
            wanted,
            known=tuple(facts_of(row) for row in known),
            missing=missing_frames(session, settlement_date),
            today=market_day(now),
        )
        if reasons:
            raise RunRefusedError(reasons)
        published = [row.id for row in known if row.state == RunState.PUBLISHED]
        row = SettlementRunRow(
            public_id=secrets.token_hex(8),
            settlement_date=settlement_date,
            run_type=wanted.run_type,
            run_number=1 + sum(row.run_type == wanted.run_type for row in known),
            state=RunState.REQUESTED,
            reason=wanted.reason,
            rulebook=TRADING_CHARGES.name,
            attempt=1,
            attempt_token=secrets.token_hex(16),
            known_as_of=now,
            requested_by=actor.reference,
            requested_at=now,
            restates_id=published[0] if published else None,
            created_at=now,
            updated_at=now,
        )
        session.add(row)
        session.flush()
        ask_for_work(session, row, now)
        record(
            session,
            actor=actor,
            event="settlement.run.requested",
            subject=f"run:{row.public_id}",
            now=now,
            run=run_name(row.settlement_date, row.run_type, row.run_number),
            reason=row.reason,
        )
        return shown(session, (row,))[0]


def runs(*, actor: Actor, since: date, until: date) -> tuple[Run, ...]:
    """Every run of the Settlement Dates since to until, both included, the newest first."""
    actor.require(Permission.SETTLEMENT_RUN_VIEW)
    with reading() as session:
        return shown(session, tuple(reversed(runs_between(session, since, until))))


def run_detail(*, actor: Actor, public_id: str) -> RunDetail:
    """A run, what it started from, what it gave, and what hindered it.

    Raises:
        RunRefusedError: There is no such run.
    """
    actor.require(Permission.SETTLEMENT_RUN_VIEW)
    with reading() as session:
        row = needed(session, public_id)
        assert row.id is not None  # noqa: S101  # it is stored
        return RunDetail(
            run=shown(session, (row,))[0],
            rulebook=row.rulebook,
            fingerprint=row.fingerprint,
            inputs_digest=row.inputs_digest,
            known_as_of=row.known_as_of,
            attempt=row.attempt,
            started_at=row.started_at,
            fault_reference=row.fault_reference,
            inputs=_parts(session, row.id, SettlementRunInputRow, RunInput),
            frames=_parts(session, row.id, SettlementRunFrameRow, RunFrame),
            holds=_parts(session, row.id, SettlementRunHoldRow, RunHold),
            events=_parts(session, row.id, SettlementRunEventRow, RunEvent),
            stages=_parts(session, row.id, SettlementRunStageRow, RunStage),
        )


def needed(session: Session, public_id: str) -> SettlementRunRow:
    """The run of a public id.

    Raises:
        RunRefusedError: There is none.
    """
    row = run_of(session, public_id)
    if row is None:
        raise RunRefusedError((NOT_FOUND,))
    return row


def shown(session: Session, rows: tuple[SettlementRunRow, ...]) -> tuple[Run, ...]:
    """Runs as people read them: names for those who acted, public ids for other runs."""
    named = {row.requested_by for row in rows} | {row.published_by or "" for row in rows}
    names = _names(session, named)
    wanted = {key for row in rows for key in (row.restates_id, row.supersedes_id) if key}
    others = dict(
        session.exec(
            select(SettlementRunRow.id, SettlementRunRow.public_id).where(
                col(SettlementRunRow.id).in_(wanted)
            )
        ).all()
    )
    return tuple(_run(row, names, others) for row in rows)


def _run(row: SettlementRunRow, names: dict[str, str], others: dict[int | None, str]) -> Run:
    return Run(
        public_id=row.public_id,
        settlement_date=row.settlement_date,
        run_type=RunType(row.run_type),
        run_number=row.run_number,
        state=RunState(row.state),
        reason=row.reason,
        requested_by=names[row.requested_by],
        requested_at=row.requested_at,
        computed_at=row.computed_at,
        published_by=names[row.published_by or ""],
        published_at=row.published_at,
        superseded_at=row.superseded_at,
        restates=others.get(row.restates_id),
        supersedes=others.get(row.supersedes_id),
        result_digest=row.result_digest,
    )


def _names(session: Session, references: set[str]) -> dict[str, str]:
    """The record keeps a person's number, never their name; whoever reads it is told who it is."""
    kinds = {"clock": "The timetable", "invented": "The demo market", "console": "Server console"}
    numbers = [int(each.split(":")[1]) for each in references if each.startswith("person:")]
    people = session.exec(
        select(PersonRow.id, PersonRow.name).where(col(PersonRow.id).in_(numbers))
    ).all()
    known = {f"person:{number}": name for number, name in people}
    return {each: known.get(each, kinds.get(each, each)) for each in references}


def _parts(session: Session, run_id: int, table: type[Any], view: type[_View]) -> tuple[_View, ...]:
    """Rows that belong to a run, in the order in which they were written."""
    rows = session.exec(select(table).where(table.run_id == run_id).order_by(table.id)).all()
    names = [each.name for each in fields(view)]  # type: ignore[arg-type]  # a view is a dataclass
    return tuple(view(**{name: getattr(row, name) for name in names}) for row in rows)
