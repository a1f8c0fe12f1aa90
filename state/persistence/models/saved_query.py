"""Queries in SQL that people keep and share."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from state.persistence.models.record import Record


class SavedQueryRow(Record, table=True):
    """A query with a name. Whoever has its public id may read it; only its person forgets it."""

    __tablename__ = "saved_query"

    public_id: str = Field(max_length=40, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str = Field(max_length=80)
    sql: str = Field(sa_type=Text)
    as_of: datetime | None = None
