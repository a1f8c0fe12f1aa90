"""Copies of all that is held about a company, made for whoever asked."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from state.persistence.models.record import Record


class DataExportRow(Record, table=True):
    """One archive: who asked, whether it is made, until when, and how many rows each file has."""

    __tablename__ = "data_export"

    public_id: str = Field(max_length=40, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    asked_by: int = Field(foreign_key="person.id", index=True)
    status: str = Field(max_length=20, index=True)
    made_at: datetime | None = None
    expires_at: datetime | None = None
    bytes: int = Field(default=0)
    row_counts: str = Field(default="{}", sa_type=Text)
