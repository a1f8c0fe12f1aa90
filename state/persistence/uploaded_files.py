"""Files that people uploaded, on the disk: under a random name, readable by us alone."""

import hashlib
import os
from collections.abc import Container
from datetime import datetime
from pathlib import Path
from typing import Final

from state.persistence.transaction import data_directory

_FOLDER: Final = "uploads"
_ENDING: Final = ".bin"


def put_upload(public_id: str, content: bytes) -> None:
    """Write a file whole or not at all, under its id and never under the name that it came with."""
    path = upload_path(public_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f".{path.name}")  # no backup takes it along
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)


def upload_path(public_id: str) -> Path:
    """Where a file stands, or would."""
    return data_directory() / _FOLDER / f"{public_id}{_ENDING}"


def is_whole(public_id: str, sha256: str) -> bool:
    """Whether the file is there and still what it was when it came."""
    path = upload_path(public_id)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def remove_upload(public_id: str) -> None:
    """Take a file off the disk, if it is there."""
    upload_path(public_id).unlink(missing_ok=True)


def remove_uploads_but(kept: Container[str], *, before: datetime) -> int:
    """Remove the files that are older and whose ids are not among those; gives how many."""
    folder = data_directory() / _FOLDER
    if not folder.is_dir():
        return 0
    over = [
        path
        for path in folder.iterdir()
        if path.name.lstrip(".").removesuffix(_ENDING) not in kept
        and path.stat().st_mtime < before.timestamp()
    ]
    for path in over:
        path.unlink()
    return len(over)
