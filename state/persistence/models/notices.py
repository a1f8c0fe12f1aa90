"""Notices to people, the mail that goes with them, and which mail a person wants."""

from datetime import datetime

from sqlmodel import Field, SQLModel

import state.persistence.models.record  # noqa: F401  # the naming convention comes first


class NoticeRow(SQLModel, table=True):
    """One thing one person should know; its words are put into the catalogue's when it is read."""

    __tablename__ = "notice"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(max_length=40, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    key: str = Field(max_length=60)
    words: str
    link: str = Field(max_length=300)
    created_at: datetime
    read_at: datetime | None = None
    dedupe_key: str | None = Field(default=None, max_length=160, unique=True)


class OutboxMailRow(SQLModel, table=True):
    """One mail that waits or has been sent. A link that opens something is wiped once it is."""

    __tablename__ = "outbox_mail"

    id: int | None = Field(default=None, primary_key=True)
    to_person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    address: str = Field(max_length=80)
    key: str = Field(max_length=60)
    subject: str = Field(max_length=200)
    body: str
    link: str = Field(max_length=300)
    created_at: datetime
    next_try_at: datetime | None = Field(default=None, index=True)
    sent_at: datetime | None = None
    tries: int = Field(default=0)
    failed_reason: str = Field(default="", max_length=200)
    dedupe_key: str | None = Field(default=None, max_length=160, unique=True)


class NoticePreferenceRow(SQLModel, table=True):
    """Whether a person wants mail about a topic; without a row they do."""

    __tablename__ = "notice_preference"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    topic: str = Field(max_length=30, primary_key=True)
    by_mail: bool
