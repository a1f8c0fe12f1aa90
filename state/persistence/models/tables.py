"""Every table of the record, so that one import knows them all."""

from sqlmodel import SQLModel

from state.persistence.models import (
    audit,
    bm_unit,
    dataset,
    market_entry,
    market_exit,
    organisation,
    outbox,
    person,
    settlement_run,
)

__all__ = [
    "audit",
    "bm_unit",
    "dataset",
    "market_entry",
    "market_exit",
    "organisation",
    "outbox",
    "person",
    "settlement_run",
]

METADATA = SQLModel.metadata
"""What the database should hold."""
