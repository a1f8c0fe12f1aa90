"""Proposals to give or end a staff role: one administrator makes them, another decides."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from state.persistence.models.record import Record


class StaffRoleProposalRow(Record, table=True):
    """Neither who proposes nor who agrees is the one whose role it is: the database sees to it."""

    __tablename__ = "staff_role_proposal"
    __table_args__ = (
        sa.CheckConstraint(
            "proposed_by <> person_id AND (decided_by IS NULL OR status = 'withdrawn' "
            "OR (decided_by <> proposed_by AND decided_by <> person_id))",
            name="two_others",
        ),
    )

    public_id: str = Field(max_length=40, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str = Field(max_length=30)
    gives: bool
    reason: str = Field(max_length=500)
    status: str = Field(max_length=20, index=True)
    lapses_on: date
    proposed_by: int = Field(foreign_key="person.id")
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
