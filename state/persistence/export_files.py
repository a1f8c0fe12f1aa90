"""Copies of a company's data on the disk: one zip of JSON and Parquet, readable by us alone."""

import io
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from state.persistence.transaction import data_directory

_FOLDER: Final = "exports"


def put_export(
    public_id: str, frames: Mapping[str, pl.DataFrame], files: Mapping[str, Path]
) -> int:
    """Write the archive whole or not at all, `files` by their names in it; gives its bytes."""
    path = export_path(public_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, frame in frames.items():
            made.writestr(f"{name}.json", _json(frame))
            made.writestr(f"{name}.parquet", _parquet(frame))
        for name, there in files.items():
            if there.is_file():
                made.write(there, name)
    partial.rename(path)
    return path.stat().st_size


def export_path(public_id: str) -> Path:
    """Where an archive stands, or would."""
    return data_directory() / _FOLDER / f"{public_id}.zip"


def remove_export(public_id: str) -> None:
    """Take an archive off the disk, if it is there."""
    export_path(public_id).unlink(missing_ok=True)


def _json(frame: pl.DataFrame) -> str:
    return json.dumps(frame.to_dicts(), default=str, ensure_ascii=False, indent=1)


def _parquet(frame: pl.DataFrame) -> bytes:
    content = io.BytesIO()
    frame.write_parquet(content)
    return content.getvalue()
