"""What the record says of Settlement Runs."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from settlement_engine.runs import RunType
from state.domain.settlement_runs import RunFacts, RunState
from state.persistence.models.settlement_run import (
    SettlementRunFrameRow,
    SettlementRunInputRow,
    SettlementRunRow,
)
from state.persistence.run_files import FOLDER, FrameFile

_POSTGRESQL_LOCK = 7331003  # SQLite's BEGIN IMMEDIATE already lets one writer in at a time


def let_one_change_runs(session: Session) -> None:
    """Wait until nobody else requests or publishes; held until the transaction is over."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_LOCK})"))


def run_of(session: Session, public_id: str) -> SettlementRunRow | None:
    """The run of a public id."""
    return session.exec(
        select(SettlementRunRow).where(SettlementRunRow.public_id == public_id)
    ).first()


def runs_of_date(session: Session, settlement_date: date) -> Sequence[SettlementRunRow]:
    """Every run of a Settlement Date, in the order in which they were asked for."""
    return session.exec(
        select(SettlementRunRow)
        .where(SettlementRunRow.settlement_date == settlement_date)
        .order_by(col(SettlementRunRow.id))
    ).all()


def runs_between(
    session: Session, since: date, until: date, states: Collection[RunState] = ()
) -> Sequence[SettlementRunRow]:
    """Runs of the Settlement Dates since to until, both included, in the order asked for."""
    query = select(SettlementRunRow).where(
        SettlementRunRow.settlement_date >= since, SettlementRunRow.settlement_date <= until
    )
    if states:
        query = query.where(col(SettlementRunRow.state).in_(sorted(states)))
    return session.exec(query.order_by(col(SettlementRunRow.id))).all()


def latest_runs(session: Session, states: Collection[RunState]) -> Sequence[SettlementRunRow]:
    """Of each date and type the run asked for last, if it is in one of the states."""
    run = SettlementRunRow
    last = select(sa.func.max(run.id)).group_by(col(run.settlement_date), col(run.run_type))
    return session.exec(
        select(run)
        .where(col(run.id).in_(last), col(run.state).in_(sorted(states)))
        .order_by(col(run.id))
    ).all()


def published_run(session: Session, settlement_date: date) -> SettlementRunRow | None:
    """The run of the date that is published now."""
    found = runs_between(session, settlement_date, settlement_date, [RunState.PUBLISHED])
    return found[0] if found else None


def published_span(session: Session) -> tuple[date, date] | None:
    """The first and the last Settlement Date of which a run is published now."""
    day = col(SettlementRunRow.settlement_date)
    published = SettlementRunRow.state == RunState.PUBLISHED
    first, last = session.exec(select(sa.func.min(day), sa.func.max(day)).where(published)).one()
    return None if first is None else (first, last)


def with_the_same_result(session: Session, inputs_digest: str) -> SettlementRunRow | None:
    """A run that worked the same out from the same inputs by the same rules."""
    return session.exec(
        select(SettlementRunRow)
        .where(
            SettlementRunRow.inputs_digest == inputs_digest,
            col(SettlementRunRow.result_digest).is_not(None),
        )
        .order_by(col(SettlementRunRow.id))
        .limit(1)
    ).first()


def frame_files(session: Session, run_id: int) -> tuple[FrameFile, ...]:
    """The frames that a run worked out, in the order in which it did."""
    rows = session.exec(
        select(SettlementRunFrameRow)
        .where(SettlementRunFrameRow.run_id == run_id)
        .order_by(col(SettlementRunFrameRow.id))
    )
    return tuple(FrameFile(row.quantity, row.path, row.sha256, row.rows) for row in rows)


def input_rows(session: Session, run_id: int) -> Sequence[SettlementRunInputRow]:
    """The frames that a run started from, by name."""
    return session.exec(
        select(SettlementRunInputRow)
        .where(SettlementRunInputRow.run_id == run_id)
        .order_by(col(SettlementRunInputRow.name))
    ).all()


def input_file(row: SettlementRunInputRow) -> FrameFile:
    """Where a frame that a run started from stands."""
    path = f"{FOLDER}/inputs/{row.name}/{row.sha256}.parquet"
    return FrameFile(row.name, path, row.sha256, row.rows)


def facts_of(row: SettlementRunRow) -> RunFacts:
    """What the rules ask about a run."""
    return RunFacts(
        run_type=RunType(row.run_type),
        run_number=row.run_number,
        state=RunState(row.state),
        requested_by=row.requested_by,
    )
