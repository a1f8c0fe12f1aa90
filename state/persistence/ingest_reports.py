"""Reports of refused rows: one CSV file a run, named by its content."""

import hashlib
from pathlib import Path

import polars as pl
from sqlmodel import Session, col, select

from state.domain.feeds import REFUSED_SCHEMA
from state.persistence.disk import put_file
from state.persistence.models.dataset import IngestRow
from state.persistence.transaction import data_directory


def write_report(dataset: str, refused: pl.DataFrame) -> Path | None:
    """Put every reason in a file; none when nothing was refused."""
    if refused.is_empty():
        return None
    content = refused.write_csv().encode()
    name = f"{dataset}-{hashlib.sha256(content).hexdigest()[:16]}.csv"
    path = data_directory() / "reports" / name
    put_file(path, content)
    return path


def was_reported(session: Session, dataset: str, report: Path) -> bool:
    """Whether a run of the dataset has this very report already."""
    kept = str(report.relative_to(data_directory()))
    found = select(col(IngestRow.id)).where(IngestRow.dataset == dataset, IngestRow.report == kept)
    return session.exec(found.limit(1)).first() is not None


def refused_rows(report: str) -> pl.DataFrame:
    """The reasons of a report, as they were written; none where the file is gone."""
    path = data_directory() / report
    if not path.is_file():
        return pl.DataFrame(schema=REFUSED_SCHEMA)
    return pl.read_csv(path, schema_overrides=REFUSED_SCHEMA)
