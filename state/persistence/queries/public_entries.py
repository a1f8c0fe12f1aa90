"""Entries of what everyone is told, as their rows hold them."""

from state.domain.public_content import Entry, EntryKind
from state.persistence.models.public_content import PublicEntryRow


def entry_of(row: PublicEntryRow) -> Entry:
    """The entry that a row holds."""
    return Entry(
        kind=EntryKind(row.kind),
        title=row.title,
        body=row.body,
        since=row.since,
        topics=tuple(row.topics.split()),
        audience=row.audience,
        stage=row.stage,
        quarter=row.quarter,
        mailbox=row.mailbox,
        hours=row.hours,
    )
