"""Folding the files of the store: what a feed brings in small files is kept in few large ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from state.domain import rules
from state.domain.actor import Actor
from state.domain.datasets import datasets
from state.domain.permissions import Permission
from state.persistence.audit_trail import record
from state.persistence.datasets import parts
from state.persistence.folding import (
    Folded,
    fold,
    name_folded,
    note_removed,
    replaced_files,
    small_files,
)
from state.persistence.object_store import ObjectStoreError, is_elsewhere, remove, send
from state.persistence.transaction import reading, transaction

__all__ = ["ObjectStoreError"]


@dataclass(frozen=True, slots=True)
class FoldedFiles:
    """What became of the files: how many were folded into how many, and how many were removed."""

    files: int = 0
    into: int = 0
    rows: int = 0
    removed: int = 0


def fold_files(*, actor: Actor, now: datetime) -> FoldedFiles:
    """Fold every partition of many small files into one, and remove what was folded long ago.

    Rows, versions and answers stay what they are; each partition is a transaction of its own, so
    that it can be stopped at any moment.
    """
    actor.require(Permission.INSTALLATION_RUN)
    removed = _remove_replaced(now)
    with reading() as session:
        found = tuple(
            small_files(
                session,
                least_files=rules.number_on("compacted_files_least", now.date()),
                most_rows=rules.number_on("compacted_file_rows", now.date()),
            )
        )
    done = [folded for small in found if _name(actor, folded := fold(small), now)]
    return FoldedFiles(
        files=sum(one.small.files for one in done),
        into=len(done),
        rows=sum(one.rows for one in done),
        removed=removed,
    )


def _name(actor: Actor, folded: Folded, now: datetime) -> bool:
    with transaction() as session:
        if not name_folded(session, folded, now):
            return False
        record(
            session,
            actor=actor,
            event="dataset.files.folded",
            subject=f"dataset:{folded.small.dataset}",
            now=now,
            partition=folded.small.partition,
            files=folded.small.files,
            rows=folded.rows,
            sha256=folded.sha256,
        )
        return True


def _remove_replaced(now: datetime) -> int:
    """Files first, then the note that they are gone: a stop between costs another look."""
    kept = timedelta(hours=rules.number_on("replaced_file_kept_hours", now.date()))
    before = now - kept
    with reading() as session:
        named = replaced_files(session, before=before)
    found = [path for path in named if path.is_file() or is_elsewhere()]
    for path in found:
        remove(path)
    with transaction() as session:
        note_removed(session, before=before, now=now)
    return len(found)


def send_files(*, actor: Actor) -> int:
    """Put every file that the catalogue names in object storage, as after setting it; how many.

    Raises:
        ObjectStoreError: There is no such setting, or it took a file not.
    """
    actor.require(Permission.INSTALLATION_RUN)
    with reading() as session:
        return send(part.path for name in datasets() for part in parts(session, name))
