"""What people ask to be told of the public data, and what was found and told."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from state.persistence.models.record import Record

_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class AlertRow(Record, table=True):
    """One thing that one person watches. `seen_ingest` is the last run that was looked at."""

    __tablename__ = "alert"

    public_id: str = Field(max_length=40, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str = Field(max_length=10)
    dataset: str = Field(max_length=60, index=True)
    series: str = Field(default="", max_length=200)
    line: float = Field(default=0.0)
    paused: bool = Field(default=False)
    seen_ingest: int = Field(default=0, sa_type=_KEY)
    times_told: int = Field(default=0)
    last_told_at: datetime | None = None


class AlertCrossingRow(SQLModel, table=True):
    """One crossing of an alert's line, or one time that its dataset was late: found once.

    Without `told_at` it was not told: it was so when the alert was set, or enough had been told.
    """

    __tablename__ = "alert_crossing"
    __table_args__ = (UniqueConstraint("alert_id", "first_at"),)

    id: int | None = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="alert.id", index=True)
    first_at: datetime
    last_at: datetime = Field(index=True)
    value: float = Field(default=0.0)
    found_at: datetime
    told_at: datetime | None = None
