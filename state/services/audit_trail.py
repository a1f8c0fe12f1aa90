"""A company's own audit trail, in words: its people by name, staff as the operator."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, func, select

from state.domain.actor import Actor
from state.domain.audit_search import AuditSearch
from state.domain.audit_words import details_words, event_words
from state.domain.permissions import Permission
from state.persistence.models.audit import AuditEntryRow
from state.persistence.models.person import MembershipRow, PersonRow
from state.persistence.queries.audit_entries import (
    conditions,
    names_of_actors,
    person_number,
)
from state.persistence.transaction import reading

PAGE_ROWS: Final = 50
"""Rows of one page of the trail."""

_BATCH: Final = 2_000
_OPERATOR: Final = "The operator"
_NO_PERSON: Final = {"clock": "Kinnect, by the clock", "provider": "The identity provider"}


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One thing that happened, as the company reads it."""

    sequence: int
    at: datetime
    who: str
    what: str
    about: str
    details: str


@dataclass(frozen=True, slots=True)
class TrailPage:
    """One page of the trail, the newest first, and how many entries match."""

    entries: tuple[TrailEntry, ...]
    total: int


def company_trail(
    *, actor: Actor, organisation_id: int, wanted: AuditSearch, page: int = 1
) -> TrailPage:
    """The entries that concern one company; whatever company the search names is passed over."""
    actor.require(Permission.AUDIT_VIEW_OWN, organisation_id)
    own = _own(wanted, organisation_id)
    with reading() as session:
        which = conditions(session, own)
        total = session.exec(select(func.count()).select_from(AuditEntryRow).where(*which)).one()
        rows = session.exec(
            select(AuditEntryRow)
            .where(*which)
            .order_by(col(AuditEntryRow.sequence).desc())
            .offset((max(page, 1) - 1) * PAGE_ROWS)
            .limit(PAGE_ROWS)
        ).all()
        return TrailPage(tuple(_entries(session, list(rows), organisation_id)), total)


def company_trail_rows(
    *, actor: Actor, organisation_id: int, wanted: AuditSearch
) -> Iterator[list[TrailEntry]]:
    """All of them, the oldest first, in batches.

    Raises:
        NotAllowedError: At once, before anything is read.
    """
    actor.require(Permission.AUDIT_VIEW_OWN, organisation_id)
    return _batches(_own(wanted, organisation_id), organisation_id)


def _own(wanted: AuditSearch, organisation_id: int) -> AuditSearch:
    return AuditSearch(
        event=wanted.event,
        since=wanted.since,
        until=wanted.until,
        organisation_id=organisation_id,
    )


def _batches(wanted: AuditSearch, organisation_id: int) -> Iterator[list[TrailEntry]]:
    last = 0
    while True:
        with reading() as session:
            rows = session.exec(
                select(AuditEntryRow)
                .where(*conditions(session, wanted), col(AuditEntryRow.sequence) > last)
                .order_by(col(AuditEntryRow.sequence))
                .limit(_BATCH)
            ).all()
            batch = _entries(session, list(rows), organisation_id)
        if not batch:
            return
        yield batch
        last = batch[-1].sequence


def _entries(session: Session, rows: list[AuditEntryRow], organisation_id: int) -> list[TrailEntry]:
    actors = {row.actor for row in rows}
    theirs = set(
        session.exec(
            select(MembershipRow.person_id).where(MembershipRow.organisation_id == organisation_id)
        )
    )
    names = names_of_actors(session, actors)
    who = {
        actor: _who(actor, names.get(actor, ""), is_ours=person_number(actor) in theirs)
        for actor in actors
    }
    people = session.exec(
        select(PersonRow.public_id, PersonRow.name).where(
            col(PersonRow.public_id).in_({row.subject for row in rows}),
            col(PersonRow.id).in_(theirs),
        )
    ).all()
    about = dict(people)
    return [
        TrailEntry(
            sequence=row.sequence,
            at=row.at,
            who=who[row.actor],
            what=event_words(row.event),
            about=about.get(row.subject, ""),
            details=details_words(row.details, of_company=True),
        )
        for row in rows
    ]


def _who(actor: str, name: str, *, is_ours: bool) -> str:
    """A colleague by name; a member of staff, or the console, is the operator."""
    if is_ours:
        return name
    kind = actor.partition(":")[0]
    if kind == "program":
        return "A program of yours"
    return "Somebody else" if kind == "public" else _NO_PERSON.get(kind, _OPERATOR)
