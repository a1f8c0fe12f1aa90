"""The audit trail: what was done, by whom, each entry sealed to the one before it."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

import state.persistence.models.record  # noqa: F401  # the naming convention comes first


class AuditEntryRow(SQLModel, table=True):
    """One thing that happened. Rows are only ever added: triggers refuse anything else."""

    __tablename__ = "audit_entry"

    sequence: int = Field(
        sa_column=sa.Column(
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=False,
        )
    )
    at: datetime
    actor: str = Field(max_length=80, index=True)
    organisation_id: int | None = Field(default=None, index=True)
    event: str = Field(max_length=80, index=True)
    subject: str = Field(max_length=80, index=True)
    details: str
    previous_seal: str = Field(max_length=64)
    seal: str = Field(max_length=64, unique=True)
