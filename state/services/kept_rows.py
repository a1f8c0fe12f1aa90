"""What of the store is kept no longer: shown to everybody, and removed by the worker."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from state.domain.actor import Actor
from state.domain.datasets import Kept
from state.domain.kept_rows import UnfitKeptRowsError, first_day_kept
from state.domain.permissions import Permission
from state.persistence.audit_trail import record
from state.persistence.kept_rows import installed_kept_rows, outdated, remove_rows, written_anew
from state.persistence.storing import StoreMovedError
from state.persistence.transaction import reading, transaction

__all__ = ["UnfitKeptRowsError"]


def rows_kept(*, actor: Actor) -> Mapping[str, Kept]:
    """The datasets whose rows are not kept for ever, by name.

    Raises:
        UnfitKeptRowsError: The installation's file is not what it should be.
    """
    actor.require(Permission.INSIGHTS_READ)
    return installed_kept_rows()


def remove_outdated_rows(*, actor: Actor, now: datetime) -> int:
    """Remove the rows that are kept no longer; gives how many. Where nothing says so, none.

    Each dataset is a transaction of its own. Where others add to one meanwhile, it waits for the
    next time.

    Raises:
        UnfitKeptRowsError: The installation's file is not what it should be; nothing is removed.
    """
    actor.require(Permission.OUTBOX_WORK)
    named = installed_kept_rows().items()
    return sum(_remove(actor, name, kept, now) for name, kept in named)


def _remove(actor: Actor, name: str, kept: Kept, now: datetime) -> int:
    before = first_day_kept(kept, now.date())
    with reading() as session:
        found = outdated(session, name, before)
    if found is None:
        return 0
    anew = written_anew(found)
    with suppress(StoreMovedError), transaction() as session:
        rows = remove_rows(session, found, anew, kept, now)
        record(
            session,
            actor=actor,
            event="dataset.rows.removed",
            subject=f"dataset:{name}",
            now=now,
            before=str(before),
            rows=rows,
            kept_months=kept.months,
            reason=kept.reason,
            source=kept.source,
        )
        return rows
    return 0
