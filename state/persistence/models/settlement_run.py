"""Settlement Runs: each run, what it started from, what it gave, and what hindered it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from state.persistence.models.record import Record

_DIGEST = 64


class SettlementRunRow(Record, table=True):
    """One run of one Settlement Date. Runs count up within the date and run type."""

    __tablename__ = "settlement_run"
    __table_args__ = (
        sa.UniqueConstraint("settlement_date", "run_type", "run_number"),
        sa.Index(
            "ix_settlement_run_published",
            "settlement_date",
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        ),
    )

    public_id: str = Field(max_length=40, unique=True)
    settlement_date: date = Field(index=True)
    run_type: str = Field(max_length=2)
    run_number: int
    state: str = Field(max_length=12, index=True)
    reason: str = Field(max_length=500)
    rulebook: str = Field(max_length=60)
    fingerprint: str | None = Field(default=None, max_length=_DIGEST)
    inputs_digest: str | None = Field(default=None, max_length=_DIGEST, index=True)
    result_digest: str | None = Field(default=None, max_length=_DIGEST)
    attempt: int
    attempt_token: str = Field(max_length=32)
    known_as_of: datetime
    requested_by: str = Field(max_length=80)
    requested_at: datetime
    started_at: datetime | None = None
    seen_at: datetime | None = None
    computed_at: datetime | None = None
    published_by: str | None = Field(default=None, max_length=80)
    published_at: datetime | None = None
    superseded_at: datetime | None = None
    supersedes_id: int | None = Field(default=None, foreign_key="settlement_run.id")
    restates_id: int | None = Field(default=None, foreign_key="settlement_run.id")
    fault_reference: str | None = Field(default=None, max_length=12)


class _OfRun(SQLModel):
    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="settlement_run.id", index=True)


class SettlementRunInputRow(_OfRun, table=True):
    """One frame that the run started from: which version of the dataset, and its very bytes."""

    __tablename__ = "settlement_run_input"

    name: str = Field(max_length=60)
    dataset_version: int
    sha256: str = Field(max_length=_DIGEST)
    rows: int
    known_as_of: datetime


class SettlementRunFrameRow(_OfRun, table=True):
    """One quantity that the run worked out; the path is relative to the data directory."""

    __tablename__ = "settlement_run_frame"

    quantity: str = Field(max_length=60)
    rows: int
    sha256: str = Field(max_length=_DIGEST)
    path: str = Field(max_length=200)


class SettlementRunHoldRow(_OfRun, table=True):
    """One reason why the inputs cannot be settled, its place and its cure."""

    __tablename__ = "settlement_run_hold"

    source: str = Field(max_length=60)
    row: int | None = None
    column: str | None = Field(default=None, max_length=60)
    what: str
    cure: str


class SettlementRunEventRow(_OfRun, table=True):
    """A data-quality event: what stood in for something that was not given, how often, how much."""

    __tablename__ = "settlement_run_event"

    code: str = Field(max_length=60)
    what: str
    count: int
    amount: float | None = None
    unit: str | None = Field(default=None, max_length=20)


class SettlementRunStageRow(_OfRun, table=True):
    """How long one stage of the run took."""

    __tablename__ = "settlement_run_stage"

    position: int
    name: str = Field(max_length=60)
    seconds: float
    rows: int
