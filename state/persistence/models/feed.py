"""Feeds: how asking the public service for a dataset goes, and which stretches of time are done."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from state.persistence.models.record import Record


class FeedRow(Record, table=True):
    """One dataset that the public service is asked for. `open_until` says how long it rests."""

    __tablename__ = "feed"

    code: str = Field(max_length=20, unique=True)
    paused: bool = Field(default=False)
    next_run_at: datetime = Field(index=True)
    asked_until: datetime
    last_run_at: datetime | None = None
    last_good_at: datetime | None = None
    failures: int = Field(default=0)
    open_until: datetime | None = None
    fault: str = Field(default="", max_length=20)
    fault_detail: str = Field(default="", max_length=300)


class FeedStepRow(SQLModel, table=True):
    """A stretch of time that the service was asked for whole, once it was over."""

    __tablename__ = "feed_step"
    __table_args__ = (UniqueConstraint("code", "since", "until"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, index=True)
    since: datetime
    until: datetime
    done_at: datetime
    rows_read: int
    rows_stored: int
    rows_refused: int
