"""Feedback on the service, and what was done about it."""

from datetime import date, datetime

from sqlmodel import Field

from state.persistence.models.record import Record


class FeedbackRow(Record, table=True):
    """What somebody said. Their address is removed a while after (`retention.py`)."""

    __tablename__ = "feedback"

    reference: str = Field(max_length=20, unique=True)
    area: str = Field(max_length=20)
    rating: int
    text: str = Field(max_length=2000)
    email: str = Field(default="", max_length=80)
    status: str = Field(max_length=20, index=True)
    answer_due_on: date
    note: str = Field(default="", max_length=500)
    dealt_with_at: datetime | None = None
    dealt_with_by: int | None = Field(default=None, foreign_key="person.id")
