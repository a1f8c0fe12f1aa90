"""The outbox: work that a service asked for in its own transaction, for the worker to take up."""

from datetime import datetime

from sqlmodel import Field, SQLModel

import state.persistence.models.record  # noqa: F401  # the naming convention comes first


class OutboxRow(SQLModel, table=True):
    """One job, known by its key wherever it goes: handing it over twice is harmless.

    Arguments are plain JSON: ids, never rows.
    """

    __tablename__ = "outbox"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=80, unique=True)
    job: str = Field(max_length=60)
    arguments: str
    created_at: datetime
    handed_at: datetime | None = None
    done_at: datetime | None = None
