"""What the clock starts in the worker: one table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from kinnect_app.jobs.settling import take
from kinnect_app.mail.delivery import Postman
from kinnect_app.settings import worker_settings
from state.domain.actor import THE_CLOCK
from state.services.drafts import remove_old_drafts
from state.services.invitation_reminders import remind_and_expire
from state.services.jobs import hand_jobs_over
from state.services.settlement_attempts import retry_stalled
from state.services.settlement_timetable import schedule_due_runs

_POSTMAN: Final = Postman()

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Something to be done again and again; `first` is true the first time after a start."""

    name: str
    every_seconds: float
    do: Callable[[datetime, bool], None]


def _ask_for_due_runs(now: datetime, _first: bool) -> None:  # noqa: FBT001  # one shape for all
    for run in schedule_due_runs(actor=THE_CLOCK, now=now):
        _log.info(
            "run due",
            run=run.public_id,
            settlement_date=str(run.settlement_date),
            type=run.run_type,
        )


def _retry_stalled(now: datetime, _first: bool) -> None:  # noqa: FBT001
    limit = timedelta(seconds=worker_settings().run_stalled_after_seconds)
    for public_id in retry_stalled(actor=THE_CLOCK, stalled_after=limit, now=now):
        _log.warning("run tried again: its worker was not heard of", run=public_id)


def _hand_over(now: datetime, first: bool) -> None:  # noqa: FBT001
    hand_jobs_over(actor=THE_CLOCK, take=take, again=first, now=now)


def _send_mail(now: datetime, _first: bool) -> None:  # noqa: FBT001
    _POSTMAN.go(now)


def _remind(now: datetime, _first: bool) -> None:  # noqa: FBT001
    done = remind_and_expire(actor=THE_CLOCK, now=now)
    if done.reminded or done.expired:
        _log.info("invitations", reminded=done.reminded, expired=done.expired)


def _remove_old_drafts(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if removed := remove_old_drafts(actor=THE_CLOCK, now=now):
        _log.info("old drafts removed", drafts=removed)


SCHEDULES: Final = (
    Schedule("remove old drafts", 3600, _remove_old_drafts),
    Schedule("ask for the runs that are due", 60, _ask_for_due_runs),
    Schedule("try stalled runs again", 5, _retry_stalled),
    Schedule("hand over what is in the outbox", 1, _hand_over),
    Schedule("remind of invitations", 300, _remind),
    Schedule("send mail", 5, _send_mail),
)
"""In the order in which they are done when several are due."""
