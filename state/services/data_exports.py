"""A copy of all that is held about a company: asked for in one click, made by the worker."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlmodel import Session, col, select

from state.domain import rules
from state.domain.actor import Actor, NotAllowedError
from state.domain.dates import spoken_moment
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.persistence.audit_trail import record
from state.persistence.export_files import export_path, put_export, remove_export
from state.persistence.models.data_export import DataExportRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.notices import notify
from state.persistence.queries.company_export import company_files, company_frames
from state.persistence.transaction import reading, transaction

ASKED, MAKING, MADE, REMOVED = "asked", "making", "made", "removed"

_GIVEN_UP_AFTER: Final = timedelta(minutes=10)
_MOST_LISTED: Final = 10


class ExportRefusedError(RefusedError):
    """It cannot be asked for now; nothing is stored."""


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One copy that whoever looks asked for."""

    public_id: str
    asked_at: datetime
    status: str
    expires_at: datetime | None
    bytes: int
    row_counts: Mapping[str, int]


def ask_for_export(*, actor: Actor, organisation_id: int, now: datetime) -> str:
    """Ask for a copy; the worker makes it, and who asked is told.

    Raises:
        ExportRefusedError: One that they asked for is still being made.
    """
    actor.require(Permission.DATA_EXPORT, organisation_id)
    with transaction() as session:
        mine = _of(session, actor, organisation_id)
        if any(row.status in {ASKED, MAKING} for row in mine):
            waits = "A copy is being made already. You are told when it is there"
            raise ExportRefusedError((Refusal("", waits),))
        row = DataExportRow(
            public_id=secrets.token_hex(16),
            organisation_id=organisation_id,
            asked_by=actor.person_id or 0,
            status=ASKED,
            created_at=now,
            updated_at=now,
        )
        session.add(row)
        _record(session, actor, row, "asked", now)
        return row.public_id


def exports_of(*, actor: Actor, organisation_id: int, now: datetime) -> tuple[ExportLine, ...]:
    """The copies that the actor asked for, newest first; one whose time is over is gone."""
    actor.require(Permission.DATA_EXPORT, organisation_id)
    with reading() as session:
        return tuple(
            ExportLine(
                row.public_id,
                row.created_at,
                MADE if _is_there(row, now) else REMOVED if row.status == MADE else row.status,
                row.expires_at,
                row.bytes,
                json.loads(row.row_counts),
            )
            for row in _of(session, actor, organisation_id)[:_MOST_LISTED]
        )


def fetch_export(*, actor: Actor, organisation_id: int, public_id: str, now: datetime) -> Path:
    """The archive on the disk, for the one who asked, until its time is over.

    Raises:
        NotAllowedError: Somebody else's, one whose time is over, or none: the answer is the same.
    """
    actor.require(Permission.DATA_EXPORT, organisation_id)
    with transaction() as session:
        mine = _of(session, actor, organisation_id)
        row = next((one for one in mine if one.public_id == public_id), None)
        if row is None or not _is_there(row, now) or not export_path(public_id).is_file():
            raise NotAllowedError("There is no such copy of yours now.")
        _record(session, actor, row, "fetched", now)
        return export_path(public_id)


def make_exports(*, actor: Actor, now: datetime) -> int:
    """Make the copies that were asked for, and remove those whose time is over; gives how many."""
    actor.require(Permission.OUTBOX_WORK)
    made = 0
    while row := _taken(now):
        with reading() as session:
            frames = company_frames(session, row.organisation_id)
            files = company_files(session, row.organisation_id)
        size = put_export(row.public_id, frames, files)
        counts = {name: frame.height for name, frame in frames.items()}
        _finish(actor, row, counts, size, now)
        made += 1
    _remove_old(actor, now)
    return made


def _taken(now: datetime) -> DataExportRow | None:
    """The next one to make, ours alone; one that a worker gave up is taken up again."""
    with transaction() as session:
        row = session.exec(
            select(DataExportRow)
            .where(
                (col(DataExportRow.status) == ASKED)
                | (
                    (col(DataExportRow.status) == MAKING)
                    & (col(DataExportRow.updated_at) < now - _GIVEN_UP_AFTER)
                )
            )
            .order_by(col(DataExportRow.id))
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if row is not None:
            row.status, row.updated_at = MAKING, now
            session.add(row)
        return row


def _finish(
    actor: Actor, taken: DataExportRow, counts: Mapping[str, int], size: int, now: datetime
) -> None:
    with transaction() as session:
        row = session.get_one(DataExportRow, taken.id)
        row.status, row.made_at, row.updated_at, row.bytes = MADE, now, now, size
        row.expires_at = now + timedelta(hours=rules.export_kept_hours(now.date()))
        row.row_counts = json.dumps(counts, sort_keys=True)
        session.add(row)
        _record(session, actor, row, "made", now)
        notify(
            session,
            key="data.export_ready",
            people=[row.asked_by],
            organisation_id=row.organisation_id,
            link="/account/export",
            now=now,
            company=session.get_one(OrganisationRow, row.organisation_id).legal_name,
            until=spoken_moment(row.expires_at),
        )


def _remove_old(actor: Actor, now: datetime) -> None:
    with transaction() as session:
        over = session.exec(
            select(DataExportRow).where(
                DataExportRow.status == MADE, col(DataExportRow.expires_at) <= now
            )
        ).all()
        for row in over:
            remove_export(row.public_id)
            row.status, row.updated_at = REMOVED, now
            session.add(row)
            _record(session, actor, row, "removed", now)


def _of(session: Session, actor: Actor, organisation_id: int) -> list[DataExportRow]:
    wanted = select(DataExportRow).where(
        DataExportRow.organisation_id == organisation_id,
        DataExportRow.asked_by == actor.person_id,
    )
    return list(session.exec(wanted.order_by(col(DataExportRow.id).desc())))


def _is_there(row: DataExportRow, now: datetime) -> bool:
    return row.status == MADE and row.expires_at is not None and now < row.expires_at


def _record(session: Session, actor: Actor, row: DataExportRow, what: str, now: datetime) -> None:
    record(
        session,
        actor=actor,
        event=f"data.export_{what}",
        subject=row.public_id,
        organisation_id=row.organisation_id,
        now=now,
    )
