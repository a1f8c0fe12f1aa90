"""Publishing a Settlement Run: all that follows from it becomes so at one moment, or none of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import polars as pl
from sqlmodel import Session

from settlement_engine.frames import decimals
from settlement_engine.periods import period_start_expression
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.actor import Actor
from state.domain.datasets import dataset
from state.domain.made_rows import made_rows
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.domain.settlement_runs import RunState, may_become, publish_refusals, run_name
from state.persistence.audit_trail import record
from state.persistence.models.settlement_run import SettlementRunRow
from state.persistence.queries.settlement_runs import (
    facts_of,
    frame_files,
    let_one_change_runs,
    runs_of_date,
)
from state.persistence.run_files import FrameFile, frame_of, is_whole
from state.persistence.storing import (
    TRIES,
    Batch,
    Prepared,
    StoreBusyError,
    StoreMovedError,
    catalogue,
    prepare,
)
from state.persistence.transaction import data_directory, reading, transaction
from state.services.settlement_runs import Run, RunRefusedError, needed, shown

_CLOCK: Final = "clock"

PUBLIC_DATASETS: Final[Mapping[str, str]] = {
    "acceptance_cashflows": "accepted_pair_cashflow",
    "acceptance_volumes": "accepted_volume",
    "action_stack": "action_stack",
    "system_prices": "energy_imbalance_price",
}
"""What anyone may read of a published run: the dataset, and the quantity it is made from."""


def publish_run(*, actor: Actor, public_id: str, now: datetime) -> Run:
    """Publish a run that another person, or the timetable, asked for.

    The run of the date that was published before is superseded, and the public figures are added
    to their datasets, in the same transaction: no reader ever sees half of it.

    Raises:
        RunRefusedError: Every reason why it cannot be published, or there is no such run.
        StoreBusyError: Other runs kept adding to the datasets; try again.
    """
    actor.require(Permission.SETTLEMENT_RUN_PUBLISH)
    for _ in range(TRIES):
        with reading() as session:
            run = needed(session, public_id)
            _refuse(session, actor, run)
            files = frame_files(session, run.id or 0)
        _refuse_damaged(files)
        prepared = _prepare(files, run, now)
        try:
            with transaction() as session:
                return _publish(session, actor, public_id, prepared, now)
        except StoreMovedError:
            continue
    raise StoreBusyError("The public datasets are being added to all the time; try again later.")


def reasons_not_to_publish(*, actor: Actor, public_id: str) -> tuple[Refusal, ...]:
    """Every reason why this very person may not publish the run now; none means they may.

    Raises:
        RunRefusedError: There is no such run.
    """
    actor.require(Permission.SETTLEMENT_RUN_PUBLISH)
    with reading() as session:
        return _reasons(session, actor, needed(session, public_id))


def _publish(
    session: Session, actor: Actor, public_id: str, prepared: tuple[Prepared, ...], now: datetime
) -> Run:
    let_one_change_runs(session)
    run = needed(session, public_id)
    session.refresh(run, with_for_update=True)
    _refuse(session, actor, run)
    for other in runs_of_date(session, run.settlement_date):
        if other.id != run.id and _gives_way(other, run):
            if other.state == RunState.PUBLISHED:
                run.supersedes_id = other.id
            other.state, other.superseded_at, other.updated_at = RunState.SUPERSEDED, now, now
            session.add(other)
    session.flush()  # the date has no published run now, so that this one may be it
    run.state, run.published_by, run.published_at = RunState.PUBLISHED, actor.reference, now
    run.updated_at, run.row_version = now, run.row_version + 1
    session.add(run)
    for each in prepared:
        catalogue(session, each, actor=actor, now=now)
    record(
        session,
        actor=actor,
        event="settlement.run.published",
        subject=f"run:{public_id}",
        now=now,
        run=run_name(run.settlement_date, run.run_type, run.run_number),
        result=run.result_digest,
        requested_by=run.requested_by,
    )
    return shown(session, (run,))[0]


def _refuse(session: Session, actor: Actor, run: SettlementRunRow) -> None:
    if reasons := _reasons(session, actor, run):
        raise RunRefusedError(reasons)


def _reasons(session: Session, actor: Actor, run: SettlementRunRow) -> tuple[Refusal, ...]:
    others = runs_of_date(session, run.settlement_date)
    return publish_refusals(
        facts_of(run),
        publisher=actor.reference,
        by_the_clock=run.requested_by == _CLOCK,
        others=tuple(facts_of(other) for other in others if other.id != run.id),
    )


def _refuse_damaged(files: tuple[FrameFile, ...]) -> None:
    """Go on only with figures that are as they were worked out."""
    if not all(is_whole(data_directory(), file) for file in files):
        reason = "A file of its figures is not as it was written: ask for the run again"
        raise RunRefusedError((Refusal("", reason),))


def _gives_way(other: SettlementRunRow, run: SettlementRunRow) -> bool:
    """The run that was published, and earlier ones that nobody published, end with this one."""
    if other.state == RunState.PUBLISHED:
        return True
    earlier = (facts_of(other).run_type.order, other.run_number) < (
        facts_of(run).run_type.order,
        run.run_number,
    )
    return earlier and may_become(RunState(other.state), RunState.SUPERSEDED)


def _prepare(
    files: tuple[FrameFile, ...], run: SettlementRunRow, now: datetime
) -> tuple[Prepared, ...]:
    """Put the public figures on the disk, where nothing names them yet."""
    named = {file.name: file for file in files}
    return tuple(
        prepare(_batch(name, named[quantity], run, now))
        for name, quantity in PUBLIC_DATASETS.items()
        if quantity in named and named[quantity].rows
    )


def _batch(name: str, file: FrameFile, run: SettlementRunRow, now: datetime) -> Batch:
    """The rows of a quantity as its dataset holds them.

    Raises:
        RefusedError: What was worked out does not fit its dataset: a fault of ours.
    """
    definition = dataset(name)
    worked_out = decimals(
        frame_of(data_directory(), file), TRADING_CHARGES.frame_types()[file.name]
    )
    said: dict[str, Any] = {
        "start_at": period_start_expression(),
        "published_at": pl.lit(now),
        "source_run": pl.lit(run.run_type),
    }
    here = {key: value for key, value in said.items() if key in definition.polars_schema}
    made = made_rows(worked_out.with_columns(**here), definition)
    if made.refusals:
        raise RefusedError(made.refusals)
    source = f"Settlement run {run_name(run.settlement_date, run.run_type, run.run_number)}"
    return Batch(definition, made.rows, (source,), made.rows.height)
