"""What the operator tells everyone: each version of each entry; none is written over."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlmodel import Field, UniqueConstraint

from state.persistence.models.record import Record


class PublicEntryRow(Record, table=True):
    """A version of an entry. It counts from `since` once it is published; `until` is its last day.

    A draft has no `published_at`. What its kind does not have is empty.
    """

    __tablename__ = "public_entry"
    __table_args__ = (UniqueConstraint("public_id", "version"),)

    public_id: str = Field(max_length=40)
    version: int
    kind: str = Field(max_length=20)
    title: str = Field(max_length=160)
    body: str = Field(sa_type=Text)
    topics: str = Field(default="", max_length=200)
    audience: str = Field(default="", max_length=20)
    stage: str = Field(default="", max_length=20)
    quarter: str = Field(default="", max_length=7)
    mailbox: str = Field(default="", max_length=80)
    hours: str = Field(default="", max_length=120)
    since: date
    until: date | None = None
    written_by: int = Field(foreign_key="person.id")
    published_at: datetime | None = None
