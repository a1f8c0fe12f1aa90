"""The job that works a Settlement Run out, kept by DBOS: what was done before a crash stays done.

Three coarse steps, each of which may run twice. Arguments and answers are plain JSON.
"""

import json
import secrets
import time
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

import structlog
from dbos import DBOS, SetWorkflowID
from dbos._serialization import Serializer

from state.domain.actor import THE_CLOCK
from state.services import settlement_attempts as attempts
from state.services.jobs import Job
from state.services.settlement_work import InProcess

QUEUE: Final = "settlement"

_TRIES: Final = 3
_PAUSE_SECONDS: Final = 0.5
_FAILED: Final[dict[str, Any]] = {}

_log = structlog.get_logger(__name__)
_T = TypeVar("_T")


class PlainJson(Serializer):
    """What DBOS keeps is readable and cannot be run: JSON, where it would pickle."""

    def serialize(self, data: Any) -> str:  # noqa: ANN401  # whatever a job says
        """JSON; of an exception its words."""
        return json.dumps(data, default=lambda odd: {"said": repr(odd)})

    def deserialize(self, serialized_data: str) -> Any:  # noqa: ANN401
        """What was said; an exception comes back as one."""
        data = json.loads(serialized_data)
        if isinstance(data, dict) and data.keys() == {"said"}:
            return RuntimeError(data["said"])
        return data

    def name(self) -> str:
        """How DBOS marks what was written so."""
        return "kinnect_json"


class _Place:
    """Where days are worked out in this process; set once, before any job runs."""

    executor: Executor = InProcess()


def work_in(executor: Executor) -> None:
    """Have days worked out there."""
    _Place.executor = executor


def take(job: Job) -> None:
    """Put a job into the queue; one of the same key is there once, however often it comes."""
    with SetWorkflowID(job.key):
        DBOS.enqueue_workflow(QUEUE, settle, job.arguments["public_id"], job.arguments["token"])


@DBOS.workflow(name=attempts.SETTLE)
def settle(public_id: str, token: str) -> str:
    """Gather, compute, record; how it ended, in a word."""
    if not _gather(public_id, token):
        return "overtaken"
    outcome = _compute(public_id, token)
    if not outcome:
        return "failed"
    return "recorded" if _record(public_id, token, outcome) else "overtaken"


@DBOS.step(name="gather inputs")
def _gather(public_id: str, token: str) -> bool:
    _log.info("run taken up", run=public_id)

    def doing() -> bool:
        who = THE_CLOCK
        return attempts.begin_attempt(
            actor=who, public_id=public_id, token=token, now=_now()
        ) and attempts.gather_inputs(actor=who, public_id=public_id, token=token, now=_now())

    return _tried(doing, public_id, token, otherwise=False)


@DBOS.step(name="compute")
def _compute(public_id: str, token: str) -> dict[str, Any]:
    def doing() -> dict[str, Any]:
        return attempts.compute(
            actor=THE_CLOCK, public_id=public_id, token=token, executor=_Place.executor
        )

    return _tried(doing, public_id, token, otherwise=_FAILED)


@DBOS.step(name="record")
def _record(public_id: str, token: str, outcome: dict[str, Any]) -> bool:
    def doing() -> bool:
        return attempts.record_outcome(
            actor=THE_CLOCK, public_id=public_id, token=token, outcome=outcome, now=_now()
        )

    recorded = _tried(doing, public_id, token, otherwise=False)
    _log.info("run recorded" if recorded else "run overtaken", run=public_id)
    return recorded


def _tried(doing: Callable[[], _T], public_id: str, token: str, *, otherwise: _T) -> _T:
    """Do it, up to three times; then the run has failed, by a reference that the log explains."""
    for left in reversed(range(_TRIES)):
        try:
            return doing()
        except Exception:  # noqa: BLE001  # whatever it is, it ends as a failed run
            if left:
                _log.warning("step repeated", run=public_id, exc_info=True)
                time.sleep(_PAUSE_SECONDS)
                continue
            reference = secrets.token_hex(4)
            _log.exception("run failed", run=public_id, reference=reference)
            attempts.fail_attempt(
                actor=THE_CLOCK,
                public_id=public_id,
                token=token,
                reference=reference,
                now=_now(),
            )
    return otherwise


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # the edge
