"""The audit trail, to be read and to be verified."""

from contextlib import closing
from dataclasses import dataclass, replace

from sqlmodel import col, func, select

from state.domain.actor import Actor
from state.domain.audit_seal import FIRST_SEAL, AuditFacts, seal
from state.domain.audit_search import AuditSearch
from state.domain.permissions import Permission
from state.persistence.models.audit import AuditEntryRow
from state.persistence.queries.audit_entries import (
    conditions,
    facts_of,
    names_of_actors,
)
from state.persistence.transaction import reading

PAGE_ROWS = 50
"""Rows of one page of the trail."""

EVERYTHING = AuditSearch()
"""A search that every entry meets."""

_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of the trail, the newest first; how many match; who the actors are today."""

    entries: tuple[AuditFacts, ...]
    total: int
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """Whether the trail is whole: `broken_at` is the first entry that is not as it was sealed."""

    entries: int
    head: str
    broken_at: int | None = None
    why: str = ""


def audit_trail(
    *, actor: Actor, search: str = "", page: int = 1, narrowed: AuditSearch = EVERYTHING
) -> AuditPage:
    """Everybody's entries whose event, subject or actor holds the search, narrowed further."""
    actor.require(Permission.AUDIT_VIEW_ALL)
    wanted = replace(narrowed, anything=search or narrowed.anything, organisation_id=None)
    with reading() as session:
        which = conditions(session, wanted)
        total = session.exec(select(func.count()).select_from(AuditEntryRow).where(*which)).one()
        rows = session.exec(
            select(AuditEntryRow)
            .where(*which)
            .order_by(col(AuditEntryRow.sequence).desc())
            .offset((max(page, 1) - 1) * PAGE_ROWS)
            .limit(PAGE_ROWS)
        ).all()
        names = names_of_actors(session, {row.actor for row in rows})
    return AuditPage(tuple(facts_of(row) for row in rows), total, names)


def verify_audit_trail(
    *, actor: Actor, expected_entries: int | None = None, expected_head: str | None = None
) -> AuditVerdict:
    """Recompute every seal from the first; with a head kept elsewhere, also find a cut tail."""
    actor.require(Permission.AUDIT_VIEW_ALL)
    count, previous = 0, FIRST_SEAL
    head_seen = expected_head is None
    in_order = select(AuditEntryRow).order_by(col(AuditEntryRow.sequence))
    with (
        reading() as session,
        closing(session.exec(in_order.execution_options(yield_per=_BATCH))) as rows,
    ):
        for row in rows:
            count += 1
            if problem := _problem(row, count, previous):
                return AuditVerdict(count, previous, row.sequence, problem)
            previous = row.seal
            head_seen = head_seen or previous == expected_head
    if (expected_entries is not None and count < expected_entries) or not head_seen:
        return AuditVerdict(count, previous, count + 1, "entries are missing at the end")
    return AuditVerdict(count, previous)


def _problem(row: AuditEntryRow, expected_sequence: int, previous: str) -> str | None:
    if row.sequence != expected_sequence:
        return f"entry {expected_sequence} is missing"
    if row.previous_seal != previous:
        return "it is not sealed to the entry before it"
    if row.seal != seal(facts_of(row), previous):
        return "it was changed after it was sealed"
    return None
