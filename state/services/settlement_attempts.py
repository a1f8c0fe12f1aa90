"""Working a Settlement Run out: what the worker does, step by step, each of them safe to repeat.

Every step names the token of its attempt, and the record takes an answer from the current attempt
alone: a worker that was frozen and wakes late changes nothing.
"""

import secrets
from concurrent.futures import Executor
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlmodel import Session, col, delete, select, update

from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.domain.settlement_runs import PENDING, RunState, run_name
from state.persistence.audit_trail import record
from state.persistence.models.settlement_run import (
    SettlementRunEventRow,
    SettlementRunFrameRow,
    SettlementRunHoldRow,
    SettlementRunInputRow,
    SettlementRunRow,
    SettlementRunStageRow,
)
from state.persistence.outbox import finish, put_in_outbox
from state.persistence.queries.settlement_runs import (
    frame_files,
    input_file,
    input_rows,
    run_of,
    with_the_same_result,
)
from state.persistence.run_files import digest, is_whole
from state.persistence.run_inputs import GatheredFrame, gather
from state.persistence.transaction import data_directory, reading, transaction
from state.services.settlement_work import SettlementOutcome, SettlementTask, Stage, settle_day

SETTLE: Final = "settle"
"""The job of the outbox that works a run out."""

MOST_ATTEMPTS: Final = 5

_OUTCOME: Final = TypeAdapter(SettlementOutcome)


def begin_attempt(*, actor: Actor, public_id: str, token: str, now: datetime) -> bool:
    """Take the run up; false where another attempt has it or it has ended."""
    actor.require(Permission.SETTLEMENT_RUN_WORK)
    with transaction() as session:
        begun = {"state": RunState.COMPUTING, "started_at": now, "seen_at": now, "updated_at": now}
        return _fenced(session, public_id, token, begun) is not None


def gather_inputs(*, actor: Actor, public_id: str, token: str, now: datetime) -> bool:
    """Put what the run starts from on the disk and write down which; false where overtaken."""
    actor.require(Permission.SETTLEMENT_RUN_WORK)
    with reading() as session:
        run = run_of(session, public_id)
        if run is None or run.attempt_token != token:
            return False
        gathered = gather(session, data_directory(), run.settlement_date, run.known_as_of)
    fingerprint = TRADING_CHARGES.fingerprint()
    facts = [f"{each.file.name} {each.file.sha256}" for each in gathered]
    found = {
        "fingerprint": fingerprint,
        "inputs_digest": digest([f"{run.settlement_date} {fingerprint}", *facts]),
        "seen_at": now,
    }
    with transaction() as session:
        run_id = _fenced(session, public_id, token, found)
        if run_id is None:
            return False
        session.exec(
            delete(SettlementRunInputRow).where(col(SettlementRunInputRow.run_id) == run_id)
        )
        session.add_all(_input(run_id, each, run.known_as_of) for each in gathered)
    return True


def compute(*, actor: Actor, public_id: str, token: str, executor: Executor) -> dict[str, Any]:
    """Work the day out from the gathered frames, or find that it was before; nothing is recorded.

    What comes back is plain JSON: names, hashes and paths, never rows.
    """
    actor.require(Permission.SETTLEMENT_RUN_WORK)
    with reading() as session:
        run = run_of(session, public_id)
        if run is None or run.attempt_token != token or not (run.inputs_digest and run.fingerprint):
            return asdict(SettlementOutcome())
        known = _known_result(session, run.inputs_digest)
        inputs = tuple(input_file(row) for row in input_rows(session, run.id or 0))
    if known is None:
        task = SettlementTask(str(data_directory()), run.settlement_date, run.fingerprint, inputs)
        known = executor.submit(settle_day, task).result()
    plain: dict[str, Any] = _OUTCOME.dump_python(known, mode="json")
    return plain


def record_outcome(
    *, actor: Actor, public_id: str, token: str, outcome: dict[str, Any], now: datetime
) -> bool:
    """Write down what came of the attempt, all of it or nothing; false where it was overtaken."""
    actor.require(Permission.SETTLEMENT_RUN_WORK)
    found = _OUTCOME.validate_python(outcome)
    state = RunState.HELD if found.faults else RunState.COMPUTED
    with transaction() as session:
        ended = {"state": state, "seen_at": now, "updated_at": now}
        if state is RunState.COMPUTED:
            ended |= {"computed_at": now, "result_digest": found.result_digest}
        run_id = _fenced(session, public_id, token, ended, {RunState.COMPUTING})
        if run_id is None:
            return False
        _add_outcome(session, run_id, found)
        _end(session, actor, public_id, state, now)
    return True


def fail_attempt(
    *, actor: Actor, public_id: str, token: str, reference: str, now: datetime
) -> bool:
    """Write down that we failed; the log holds the fault under the reference."""
    actor.require(Permission.SETTLEMENT_RUN_WORK)
    with transaction() as session:
        ended = {"state": RunState.FAILED, "fault_reference": reference, "updated_at": now}
        if _fenced(session, public_id, token, ended) is None:
            return False
        _end(session, actor, public_id, RunState.FAILED, now)
    return True


def settle_now(*, actor: Actor, public_id: str, executor: Executor, now: datetime) -> bool:
    """Every step of the run's current attempt, one after the other, here and at once."""
    actor.require(Permission.SETTLEMENT_RUN_WORK)
    with reading() as session:
        run = run_of(session, public_id)
    if run is None:
        return False
    token = run.attempt_token
    if not begin_attempt(actor=actor, public_id=public_id, token=token, now=now):
        return False
    if not gather_inputs(actor=actor, public_id=public_id, token=token, now=now):
        return False
    found = compute(actor=actor, public_id=public_id, token=token, executor=executor)
    return record_outcome(actor=actor, public_id=public_id, token=token, outcome=found, now=now)


def retry_stalled(*, actor: Actor, stalled_after: timedelta, now: datetime) -> tuple[str, ...]:
    """Give every run whose worker has not been heard of a new attempt; gives their public ids.

    A run that is only waiting is stalled when nothing at all was heard: then its queue is dead too.
    A run that was tried too often has failed.
    """
    actor.require(Permission.SETTLEMENT_RUN_WORK)
    limit = now - stalled_after
    run = SettlementRunRow
    with transaction() as session:
        heard = session.exec(select(run.id).where(col(run.seen_at) >= limit).limit(1)).first()
        silent = sa.and_(col(run.state) == RunState.COMPUTING, col(run.seen_at) < limit)
        waiting = sa.and_(
            col(run.state) == RunState.REQUESTED,
            col(run.updated_at) < limit,
            sa.literal(heard is None),
        )
        stalled = session.exec(
            select(run).where(sa.or_(silent, waiting)).with_for_update(skip_locked=True)
        ).all()
        for each in stalled:
            _try_again(session, actor, each, now)
        return tuple(each.public_id for each in stalled)


def _try_again(session: Session, actor: Actor, run: SettlementRunRow, now: datetime) -> None:
    finish(session, f"{run.public_id}:{run.attempt}", now)
    computing = run.state == RunState.COMPUTING
    run.attempt_token, run.updated_at = secrets.token_hex(16), now
    if computing and run.attempt >= MOST_ATTEMPTS:
        run.state, run.fault_reference = RunState.FAILED, "attempts"
        session.add(run)
        _end(session, actor, run.public_id, RunState.FAILED, now)
        return
    run.attempt, run.seen_at = run.attempt + 1, now if computing else None
    session.add(run)
    ask_for_work(session, run, now)


def ask_for_work(session: Session, run: SettlementRunRow, now: datetime) -> None:
    """Put the run's attempt into the outbox, in the transaction of whoever asks for it."""
    put_in_outbox(
        session,
        key=f"{run.public_id}:{run.attempt}",
        job=SETTLE,
        arguments={"public_id": run.public_id, "token": run.attempt_token},
        now=now,
    )


def _known_result(session: Session, inputs_digest: str) -> SettlementOutcome | None:
    """What the same inputs and rules gave before, if every file of it is still there."""
    earlier = with_the_same_result(session, inputs_digest)
    if earlier is None or earlier.id is None or earlier.result_digest is None:
        return None
    frames = frame_files(session, earlier.id)
    if not all(is_whole(data_directory(), file) for file in frames):
        return None
    events = session.exec(
        select(SettlementRunEventRow).where(SettlementRunEventRow.run_id == earlier.id)
    )
    return SettlementOutcome(
        frames=frames,
        result_digest=earlier.result_digest,
        events=_OUTCOME.validate_python(
            {"events": [row.model_dump(exclude={"id", "run_id"}) for row in events]}
        ).events,
        stages=(Stage("found worked out before", 0.0, sum(file.rows for file in frames)),),
    )


def _fenced(
    session: Session,
    public_id: str,
    token: str,
    values: dict[str, Any],
    states: frozenset[RunState] | set[RunState] = PENDING,
) -> int | None:
    """Change the run if the attempt is the current one and it is not over: its key, or None."""
    changed = session.execute(
        update(SettlementRunRow)
        .where(
            col(SettlementRunRow.public_id) == public_id,
            col(SettlementRunRow.attempt_token) == token,
            col(SettlementRunRow.state).in_(sorted(states)),
        )
        .values(**values, row_version=col(SettlementRunRow.row_version) + 1)
        .returning(sa.column("id"))
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    return None if changed is None else int(changed)


def _input(run_id: int, each: GatheredFrame, as_of: datetime) -> SettlementRunInputRow:
    return SettlementRunInputRow(
        run_id=run_id,
        name=each.file.name,
        dataset_version=each.dataset_version,
        sha256=each.file.sha256,
        rows=each.file.rows,
        known_as_of=as_of,
    )


def _add_outcome(session: Session, run_id: int, found: SettlementOutcome) -> None:
    session.add_all(
        SettlementRunFrameRow(
            run_id=run_id, quantity=file.name, rows=file.rows, sha256=file.sha256, path=file.path
        )
        for file in found.frames
    )
    session.add_all(SettlementRunHoldRow(run_id=run_id, **asdict(each)) for each in found.faults)
    session.add_all(SettlementRunEventRow(run_id=run_id, **asdict(each)) for each in found.events)
    session.add_all(
        SettlementRunStageRow(run_id=run_id, position=place, **asdict(each))
        for place, each in enumerate(found.stages, 1)
    )


def _end(session: Session, actor: Actor, public_id: str, state: RunState, now: datetime) -> None:
    session.flush()
    run = run_of(session, public_id)
    assert run is not None  # noqa: S101  # it was changed just now
    session.refresh(run)
    finish(session, f"{public_id}:{run.attempt}", now)
    record(
        session,
        actor=actor,
        event=f"settlement.run.{state}",
        subject=f"run:{public_id}",
        now=now,
        run=run_name(run.settlement_date, run.run_type, run.run_number),
        result=run.result_digest,
        fault=run.fault_reference,
    )
