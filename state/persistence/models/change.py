"""Changes to what is registered, and what people decided about them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from state.persistence.models.record import Record


class ChangeRow(Record, table=True):
    """What somebody wants to be so, against what was so when they began; JSON of text by field.

    Private fields are sealed in both. The digest is over all that an approver was shown.
    """

    __tablename__ = "change"

    public_id: str = Field(max_length=40, unique=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    kind: str = Field(max_length=20, index=True)
    action: str = Field(max_length=10)
    subject: str = Field(max_length=40, index=True)
    title: str = Field(max_length=160)
    base_version: int
    before: str
    after: str
    effective_on: date
    reason: str = Field(default="", max_length=500)
    status: str = Field(max_length=20, index=True)
    digest: str = Field(max_length=64)
    made_by: int = Field(foreign_key="person.id", index=True)
    made_through: str = Field(default="page", max_length=60)
    flags: str = Field(default="", max_length=400)
    submitted_at: datetime | None = None
    lapses_on: date | None = None
    cools_until: date | None = None
    ended_at: datetime | None = None
    answer: str = Field(default="", max_length=500)


class ChangeDecisionRow(Record, table=True):
    """A signature: who decided what, when, how they were signed in, over which digest."""

    __tablename__ = "change_decision"
    __table_args__ = (
        sa.UniqueConstraint("change_id", "change_version", "slot", "person_id"),
        sa.CheckConstraint(
            "slot IN ('withdraw', 'stop') OR person_id <> made_by OR self_approved",
            name="four_eyes",
        ),
    )

    change_id: int = Field(foreign_key="change.id", index=True)
    change_version: int
    slot: str = Field(max_length=20)
    person_id: int = Field(foreign_key="person.id", index=True)
    made_by: int = Field(foreign_key="person.id")
    self_approved: bool = Field(default=False)
    digest: str = Field(max_length=64)
    method: str = Field(max_length=20)
    comment: str = Field(default="", max_length=500)
    decided_at: datetime
