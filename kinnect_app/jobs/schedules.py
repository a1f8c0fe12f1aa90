"""What the clock starts in the worker: one table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from kinnect_app.checks.asking import RegisterClerk
from kinnect_app.jobs.feeds import FeedClerk
from kinnect_app.jobs.settling import take
from kinnect_app.mail.delivery import Postman
from kinnect_app.settings import worker_settings
from kinnect_app.webhooks.delivery import Messengers
from state.domain.actor import THE_CLOCK
from state.services.access_reviews import remind_of_access
from state.services.alert_watch import (
    remove_old_crossings,
    tell_of_crossings,
    tell_of_late_datasets,
)
from state.services.contact_reviews import remind_of_contacts
from state.services.data_exports import make_exports
from state.services.drafts import remove_old_drafts
from state.services.due_changes import take_due_changes_up
from state.services.folding import fold_files
from state.services.information_reminders import remind_of_information
from state.services.invitation_reminders import remind_and_expire
from state.services.jobs import hand_jobs_over
from state.services.kept_rows import remove_outdated_rows
from state.services.publishing import end_embargoes, show_what_was_held_back
from state.services.retention import (
    forget_public_writers,
    remove_ended_contacts,
    remove_old_births,
    remove_stray_uploads,
    remove_unsigned_declarations,
)
from state.services.settlement_attempts import retry_stalled
from state.services.settlement_timetable import schedule_due_runs
from state.services.signatory_confirmations import remind_of_confirmations
from state.services.view_as import end_old_looks
from state.services.webhook_deliveries import remove_old_deliveries

_POSTMAN: Final = Postman()
_MESSENGERS: Final = Messengers()
_REGISTER_CLERK: Final = RegisterClerk()
_FEED_CLERK: Final = FeedClerk()

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


def _send_webhooks(now: datetime, _first: bool) -> None:  # noqa: FBT001
    _MESSENGERS.go(now)


def _ask_the_register(now: datetime, _first: bool) -> None:  # noqa: FBT001
    _REGISTER_CLERK.go(now)


def _ask_the_public_service(now: datetime, _first: bool) -> None:  # noqa: FBT001
    _FEED_CLERK.go(now)


def _tell_of_crossings(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if told := tell_of_crossings(actor=THE_CLOCK, now=now):
        _log.info("alerts told", alerts=told)


def _tell_of_late_datasets(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if told := tell_of_late_datasets(actor=THE_CLOCK, now=now):
        _log.info("late datasets told", alerts=told)


def _remove_old_crossings(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if removed := remove_old_crossings(actor=THE_CLOCK, now=now):
        _log.info("old crossings of alerts removed", crossings=removed)


def _remove_unsigned(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if emptied := remove_unsigned_declarations(actor=THE_CLOCK, now=now):
        _log.info("unsigned declarations emptied", declarations=emptied)
    if removed := remove_old_births(actor=THE_CLOCK, now=now):
        _log.info("dates of birth removed", people=removed)


def _remove_stray_uploads(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if removed := remove_stray_uploads(actor=THE_CLOCK, now=now):
        _log.info("files that no record names removed", files=removed)


def _remove_old_deliveries(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if removed := remove_old_deliveries(actor=THE_CLOCK, now=now):
        _log.info("old webhook deliveries removed", deliveries=removed)


def _remind(now: datetime, _first: bool) -> None:  # noqa: FBT001
    done = remind_and_expire(actor=THE_CLOCK, now=now)
    if done.reminded or done.expired:
        _log.info("invitations", reminded=done.reminded, expired=done.expired)


def _take_due_changes_up(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if moved := take_due_changes_up(actor=THE_CLOCK, now=now):
        _log.info("changes taken up", changes=moved)


def _end_embargoes(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if opened := end_embargoes(actor=THE_CLOCK, now=now):
        _log.info("embargoes ended", datasets=opened)


def _show_what_was_held_back(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if shown := show_what_was_held_back(actor=THE_CLOCK, now=now):
        _log.info("runs shown that a lag held back", runs=shown)


def _fold_files(now: datetime, _first: bool) -> None:  # noqa: FBT001
    done = fold_files(actor=THE_CLOCK, now=now)
    if done.into or done.removed:
        _log.info("files folded", files=done.files, into=done.into, removed=done.removed)


def _remove_outdated_rows(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if removed := remove_outdated_rows(actor=THE_CLOCK, now=now):
        _log.info("rows that are kept no longer removed", rows=removed)


def _remind_of_duties(now: datetime, _first: bool) -> None:  # noqa: FBT001
    contacts = remind_of_contacts(actor=THE_CLOCK, now=now)
    lists = remind_of_confirmations(actor=THE_CLOCK, now=now)
    access = remind_of_access(actor=THE_CLOCK, now=now)
    _log.info("yearly duties", contacts=contacts, lists=lists, access=access)


def _remind_of_information(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if due := remind_of_information(actor=THE_CLOCK, now=now):
        _log.info("requests for information brought to mind", requests=due)


def _make_exports(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if made := make_exports(actor=THE_CLOCK, now=now):
        _log.info("copies of data made", copies=made)


def _remove_ended_contacts(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if removed := remove_ended_contacts(actor=THE_CLOCK, now=now):
        _log.info("ended contacts removed", contacts=removed)


def _forget_public_writers(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if forgotten := forget_public_writers(actor=THE_CLOCK, now=now):
        _log.info("writers to the public forms forgotten", writers=forgotten)


def _remove_old_drafts(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if removed := remove_old_drafts(actor=THE_CLOCK, now=now):
        _log.info("old drafts removed", drafts=removed)


def _end_old_looks(now: datetime, _first: bool) -> None:  # noqa: FBT001
    if ended := end_old_looks(actor=THE_CLOCK, now=now):
        _log.info("looks at a company ended", looks=ended)


SCHEDULES: Final = (
    Schedule("remove old drafts", 3600, _remove_old_drafts),
    Schedule("take up the changes that are due", 60, _take_due_changes_up),
    Schedule("end embargoes that are over", 60, _end_embargoes),
    Schedule("show what a publishing lag held back", 5, _show_what_was_held_back),
    Schedule("fold small files of the store", 3600, _fold_files),
    Schedule("remove rows that are kept no longer", 3600, _remove_outdated_rows),
    Schedule("make copies of data", 2, _make_exports),
    Schedule("remove ended contacts", 3600, _remove_ended_contacts),
    Schedule("forget who wrote to us long ago", 3600, _forget_public_writers),
    Schedule("remind of yearly duties", 3600, _remind_of_duties),
    Schedule("remind of requests for information", 3600, _remind_of_information),
    Schedule("ask for the runs that are due", 60, _ask_for_due_runs),
    Schedule("try stalled runs again", 5, _retry_stalled),
    Schedule("hand over what is in the outbox", 1, _hand_over),
    Schedule("remind of invitations", 300, _remind),
    Schedule("end what looks at a company too long", 60, _end_old_looks),
    Schedule("tell of crossings", 2, _tell_of_crossings),
    Schedule("tell of late datasets", 60, _tell_of_late_datasets),
    Schedule("remove old crossings of alerts", 3600, _remove_old_crossings),
    Schedule("send mail", 5, _send_mail),
    Schedule("send webhooks", 1, _send_webhooks),
    Schedule("ask the register of companies", 1, _ask_the_register),
    Schedule("ask the public data service", 1, _ask_the_public_service),
    Schedule("remove what no director signed", 3600, _remove_unsigned),
    Schedule("remove files that no record names", 3600, _remove_stray_uploads),
    Schedule("remove old webhook deliveries", 3600, _remove_old_deliveries),
)
"""In the order in which they are done when several are due."""
