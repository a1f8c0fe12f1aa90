"""Proposals to let a program push rows, or to end one: one makes them, another decides."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from state.persistence.models.record import Record


class PublisherProposalRow(Record, table=True):
    """Who agrees neither proposed it nor is whom the program acts for: the database sees to it."""

    __tablename__ = "publisher_proposal"
    __table_args__ = (
        sa.CheckConstraint(
            "decided_by IS NULL OR status = 'withdrawn' "
            "OR (decided_by <> proposed_by AND decided_by <> acts_for)",
            name="another",
        ),
    )

    public_id: str = Field(max_length=40, unique=True)
    adds: bool
    name: str = Field(max_length=40)
    acts_for: int = Field(foreign_key="person.id")
    allowed_addresses: str = Field(default="", max_length=1000)
    program_id: int | None = Field(default=None, foreign_key="api_client.id")
    reason: str = Field(max_length=500)
    status: str = Field(max_length=20, index=True)
    lapses_on: date
    proposed_by: int = Field(foreign_key="person.id")
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
