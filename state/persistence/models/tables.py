"""Every table of the record, so that one import knows them all."""

from sqlmodel import SQLModel

from state.persistence.models import (
    audit,
    bm_unit,
    change,
    dataset,
    draft,
    invitations,
    market_entry,
    market_exit,
    notices,
    organisation,
    outbox,
    person,
    settlement_run,
)

__all__ = [
    "audit",
    "bm_unit",
    "change",
    "dataset",
    "draft",
    "invitations",
    "market_entry",
    "market_exit",
    "notices",
    "organisation",
    "outbox",
    "person",
    "settlement_run",
]

METADATA = SQLModel.metadata
"""What the database should hold."""
