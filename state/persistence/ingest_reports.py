"""Reports of refused rows: one CSV file a run, named by its content."""

import hashlib
from pathlib import Path

import polars as pl

from state.persistence.datasets import put_file
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
