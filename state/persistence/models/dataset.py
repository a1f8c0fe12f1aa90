"""The catalogue of the Parquet store: which files hold which rows, and which run brought them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

import state.persistence.models.record  # noqa: F401  # the naming convention comes first

_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class IngestRow(SQLModel, table=True):
    """One run that took files or a frame into the store, whether or not it stored anything.

    One that `shows` another shows what that brought and a publishing lag held back.
    """

    __tablename__ = "ingest"

    id: int | None = Field(default=None, sa_column=sa.Column(_KEY, primary_key=True))
    dataset: str = Field(max_length=60, index=True)
    at: datetime = Field(sa_type=sa.DateTime(timezone=True))
    actor: str = Field(max_length=80)
    sources: str
    rows_read: int
    rows_stored: int
    rows_held: int
    rows_repeated: int
    rows_refused: int
    report: str | None = Field(default=None, max_length=200)
    shows: int | None = Field(default=None, sa_column=sa.Column(_KEY, nullable=True))


class FoldedFileRow(SQLModel, table=True):
    """One file that holds the rows of several, each row with the run that brought it, and when.

    One that was folded into a larger one itself is superseded.
    """

    __tablename__ = "folded_file"

    id: int | None = Field(default=None, sa_column=sa.Column(_KEY, primary_key=True))
    dataset: str = Field(max_length=60, index=True)
    partition: str = Field(max_length=10)
    sha256: str = Field(max_length=64)
    rows: int
    size_bytes: int
    made_at: datetime = Field(sa_type=sa.DateTime(timezone=True))
    superseded_at: datetime | None = Field(
        default=None, sa_type=sa.DateTime(timezone=True), nullable=True
    )
    removed_at: datetime | None = Field(
        default=None, sa_type=sa.DateTime(timezone=True), nullable=True
    )
    sources_removed_at: datetime | None = Field(
        default=None, sa_type=sa.DateTime(timezone=True), nullable=True
    )


class RemovedRowsRow(SQLModel, table=True):
    """Rows that a dataset keeps no longer: those of before a day, removed at one moment."""

    __tablename__ = "removed_rows"

    id: int | None = Field(default=None, sa_column=sa.Column(_KEY, primary_key=True))
    dataset: str = Field(max_length=60, index=True)
    before: date
    kept_months: int
    rows: int
    at: datetime = Field(sa_type=sa.DateTime(timezone=True))
    files_removed_at: datetime | None = Field(
        default=None, sa_type=sa.DateTime(timezone=True), nullable=True
    )


class DatasetPartRow(SQLModel, table=True):
    """What one run added to a partition. Only ever added to; the greatest key is the version.

    Its rows stand in a file of their own, or since they were folded in one with those of others.
    One that a publishing lag holds back from the public says from when on its time counts; when it
    is shown, it is added anew by the run that shows it. One whose rows are kept no longer says with
    which others they were removed, and holds nothing.
    """

    __tablename__ = "dataset_part"
    __table_args__ = (
        sa.UniqueConstraint("dataset", "partition", "sha256"),
        sa.Index(None, "dataset", "first_day", "last_day"),
    )

    id: int | None = Field(default=None, sa_column=sa.Column(_KEY, primary_key=True))
    ingest_id: int = Field(
        sa_column=sa.Column(_KEY, sa.ForeignKey("ingest.id"), index=True, nullable=False)
    )
    dataset: str = Field(max_length=60)
    partition: str = Field(max_length=10)
    sha256: str = Field(max_length=64)
    rows: int
    size_bytes: int
    first_day: date
    last_day: date
    ingested_at: datetime = Field(sa_type=sa.DateTime(timezone=True))
    folded_file_id: int | None = Field(
        default=None,
        sa_column=sa.Column(_KEY, sa.ForeignKey("folded_file.id"), index=True, nullable=True),
    )
    removed_rows_id: int | None = Field(
        default=None,
        sa_column=sa.Column(_KEY, sa.ForeignKey("removed_rows.id"), index=True, nullable=True),
    )
    held_since: datetime | None = Field(
        default=None, sa_type=sa.DateTime(timezone=True), nullable=True, index=True
    )
    shown_at: datetime | None = Field(
        default=None, sa_type=sa.DateTime(timezone=True), nullable=True
    )
