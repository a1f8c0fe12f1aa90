"""What everyone may read: the entries that are published and count today."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.domain.public_content import HELP, STAGES, Entry, EntryKind, found_by
from state.persistence.models.public_content import PublicEntryRow
from state.persistence.queries.public_entries import entry_of
from state.persistence.transaction import reading


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry as it counts, by its id, and when it was last changed."""

    public_id: str
    entry: Entry
    changed_at: datetime


def help_entries(
    *, actor: Actor, search: str = "", topic: str = "", now: datetime
) -> tuple[ShownEntry, ...]:
    """Answers and guidance that hold every word of the search and are about the topic, if any."""
    actor.require(Permission.CONTENT_READ)
    shown = [one for one in _shown(HELP, now.date()) if not topic or topic in one.entry.topics]
    if not search.strip():
        return tuple(shown)
    places = {entry: at for at, entry in enumerate(found_by(search, [one.entry for one in shown]))}
    found = [one for one in shown if one.entry in places]
    return tuple(sorted(found, key=lambda one: places[one.entry]))


def plans(*, actor: Actor, now: datetime) -> tuple[ShownEntry, ...]:
    """What comes next, the soonest first; what is done last, the newest first."""
    actor.require(Permission.CONTENT_READ)
    shown = _shown((EntryKind.PLAN,), now.date())
    done = [one for one in shown if one.entry.stage == "done"]
    open_plans = [one for one in shown if one.entry.stage != "done"]
    order = list(STAGES)
    open_plans.sort(key=lambda one: (-order.index(one.entry.stage), one.entry.quarter))
    done.sort(key=lambda one: one.entry.quarter, reverse=True)
    return (*open_plans, *done)


def shown_in(session: Session, kinds: tuple[EntryKind, ...], today: date) -> list[ShownEntry]:
    """The entries of some kinds that count today, in the order in which they were first written."""
    rows = session.exec(
        select(PublicEntryRow)
        .where(
            col(PublicEntryRow.kind).in_([kind.value for kind in kinds]),
            col(PublicEntryRow.published_at).is_not(None),
            col(PublicEntryRow.since) <= today,
        )
        .order_by(col(PublicEntryRow.since), col(PublicEntryRow.version))
    ).all()
    first = {row.public_id: row.id for row in sorted(rows, key=lambda row: -(row.id or 0))}
    newest = {row.public_id: row for row in rows}
    counts = [row for row in newest.values() if row.until is None or row.until >= today]
    counts.sort(key=lambda row: first[row.public_id] or 0)
    return [
        ShownEntry(row.public_id, entry_of(row), row.published_at or row.created_at)
        for row in counts
    ]


def _shown(kinds: tuple[EntryKind, ...], today: date) -> list[ShownEntry]:
    with reading() as session:
        return shown_in(session, kinds, today)
