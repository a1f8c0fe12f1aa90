"""The staff's side of what everyone is told: entries are drafted, published, changed, retired."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from state.domain.actor import Actor
from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.domain.public_content import Entry, EntryKind, refusals, tidied
from state.domain.refusal import Refusal, RefusedError
from state.persistence.audit_trail import record
from state.persistence.models.person import PersonRow
from state.persistence.models.public_content import PublicEntryRow
from state.persistence.queries.public_entries import entry_of
from state.persistence.transaction import reading, transaction

_OVERTAKEN = Refusal(
    "",
    "Somebody changed this entry since you opened it. Open it again: nothing of yours was stored.",
)


class ContentRefusedError(RefusedError):
    """The entry, or the end of it, breaks a rule; nothing is stored."""


@dataclass(frozen=True, slots=True)
class HeldEntry:
    """The newest version of an entry, with who wrote it. `status` is in words."""

    public_id: str
    version: int
    entry: Entry
    until: date | None
    written_by: str
    written_at: datetime
    status: str


def held_entries(*, actor: Actor, now: datetime) -> tuple[HeldEntry, ...]:
    """Every entry, by kind and title, as it was written last."""
    actor.require(Permission.CONTENT_VIEW)
    with reading() as session:
        found = [versions[-1] for versions in _by_entry(session).values()]
        return tuple(
            sorted(
                (_held(session, row, now.date()) for row in found),
                key=lambda one: (list(EntryKind).index(one.entry.kind), one.entry.title.casefold()),
            )
        )


def versions_of_entry(*, actor: Actor, public_id: str, now: datetime) -> tuple[HeldEntry, ...]:
    """Every version of an entry, the newest first; none where there is no such entry."""
    actor.require(Permission.CONTENT_VIEW)
    with reading() as session:
        rows = _by_entry(session, public_id).get(public_id, [])
        return tuple(_held(session, row, now.date()) for row in reversed(rows))


def save_entry(  # who, what, of which, on top of what, for whom, when
    *,
    actor: Actor,
    entry: Entry,
    publish: bool,
    now: datetime,
    public_id: str = "",
    version: int = 0,
) -> str:
    """Write an entry's next version: a draft, or one that everyone reads from its date on.

    `version` is the one that was read before, 0 for a new entry. Gives the entry's id.

    Raises:
        ContentRefusedError: Every rule that it breaks, or another was quicker.
    """
    actor.require(Permission.CONTENT_PUBLISH if publish else Permission.CONTENT_PREPARE)
    told = tidied(entry)
    if reasons := refusals(told):
        raise ContentRefusedError(reasons)
    try:
        with transaction() as session:
            newest = _newest(session, public_id)
            if (newest.version if newest else 0) != version:
                raise ContentRefusedError((_OVERTAKEN,))
            row = _row(told, newest, actor, now)
            row.published_at = now if publish else None
            session.add(row)
            session.flush()
            _note(session, actor, "published" if publish else "drafted", row, now)
            return row.public_id
    except IntegrityError as raced:
        raise ContentRefusedError((_OVERTAKEN,)) from raced


def retire_entry(
    *, actor: Actor, public_id: str, version: int, last_day: date | None, now: datetime
) -> None:
    """Let an entry end: after its last day, or at once where there is none. It stays in the record.

    Raises:
        ContentRefusedError: It was never published, its last day is past, or another was quicker.
    """
    actor.require(Permission.CONTENT_PUBLISH)
    if last_day and last_day < now.date():
        raise ContentRefusedError((Refusal("last_day", "Last day must be today or later"),))
    until = last_day or now.date() - timedelta(days=1)
    with transaction() as session:
        rows = _by_entry(session, public_id).get(public_id, [])
        if not rows or rows[-1].version != version:
            raise ContentRefusedError((_OVERTAKEN,))
        if not any(row.published_at for row in rows):
            raise ContentRefusedError((Refusal("", "It was never published: nobody reads it."),))
        for row in rows:
            row.until, row.updated_at, row.row_version = until, now, row.row_version + 1
            session.add(row)
        _note(session, actor, "retired", rows[-1], now)


def _by_entry(session: Session, public_id: str = "") -> dict[str, list[PublicEntryRow]]:
    wanted = select(PublicEntryRow).order_by(col(PublicEntryRow.version))
    if public_id:
        wanted = wanted.where(PublicEntryRow.public_id == public_id).with_for_update()
    found: dict[str, list[PublicEntryRow]] = {}
    for row in session.exec(wanted).all():
        found.setdefault(row.public_id, []).append(row)
    return found


def _newest(session: Session, public_id: str) -> PublicEntryRow | None:
    rows = _by_entry(session, public_id).get(public_id, []) if public_id else []
    return rows[-1] if rows else None


def _row(told: Entry, newest: PublicEntryRow | None, actor: Actor, now: datetime) -> PublicEntryRow:
    assert told.since is not None  # noqa: S101  # refusals() saw to it
    assert actor.person_id is not None  # noqa: S101  # only staff hold the permission
    return PublicEntryRow(
        public_id=newest.public_id if newest else secrets.token_hex(6),
        version=newest.version + 1 if newest else 1,
        kind=newest.kind if newest else told.kind.value,
        title=told.title,
        body=told.body,
        topics=" ".join(told.topics),
        audience=told.audience,
        stage=told.stage,
        quarter=told.quarter,
        mailbox=told.mailbox,
        hours=told.hours,
        since=told.since,
        written_by=actor.person_id,
        created_at=now,
        updated_at=now,
    )


def _held(session: Session, row: PublicEntryRow, today: date) -> HeldEntry:
    return HeldEntry(
        public_id=row.public_id,
        version=row.version,
        entry=entry_of(row),
        until=row.until,
        written_by=session.get_one(PersonRow, row.written_by).name,
        written_at=row.created_at,
        status=_status(row, today),
    )


def _status(row: PublicEntryRow, today: date) -> str:
    if row.published_at is None:
        return "Draft"
    if row.until is not None and row.until < today:
        return "Retired"
    if row.since > today:
        return f"From {spoken_date(row.since)}"
    return "Published"


def _note(session: Session, actor: Actor, what: str, row: PublicEntryRow, now: datetime) -> None:
    record(
        session,
        actor=actor,
        event=f"content.entry.{what}",
        subject=f"{row.public_id}/{row.version}",
        now=now,
        kind=row.kind,
        title=row.title,
        since=row.since,
        until=row.until,
    )
