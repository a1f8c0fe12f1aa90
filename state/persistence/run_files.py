"""Frames of Settlement Runs on the disk: Parquet named by its content, and hashes over several.

The same rows give the same bytes, whatever their order was and however many threads wrote them:
rows are sorted by every column, in one chunk, before they are written.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import polars as pl

from state.persistence.disk import put_file

FOLDER: Final = "settlement"
"""Under the data directory; `inputs` and `results` stand in it."""

_ROW_GROUP: Final = 20_000


class DamagedFileError(Exception):
    """A file does not hold what its name says."""


@dataclass(frozen=True, slots=True)
class FrameFile:
    """A frame on the disk: its name, its path under the data directory and its content's hash."""

    name: str
    path: str
    sha256: str
    rows: int


def put_frame(home: Path, kind: str, name: str, frame: pl.DataFrame) -> FrameFile:
    """Put a frame where its content says, unless it is there; its rows in the order of columns."""
    content = _parquet(frame.sort(frame.columns, maintain_order=True))
    sha256 = hashlib.sha256(content).hexdigest()
    path = f"{FOLDER}/{kind}/{name}/{sha256}.parquet"
    put_file(home / path, content)
    return FrameFile(name, path, sha256, frame.height)


def frame_of(home: Path, file: FrameFile) -> pl.DataFrame:
    """The frame of a file, if it is whole.

    Raises:
        DamagedFileError: The bytes are not those that were written.
    """
    content = (home / file.path).read_bytes()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise DamagedFileError(f"{file.path} is not as it was written.")
    return pl.read_parquet(BytesIO(content))


def is_whole(home: Path, file: FrameFile) -> bool:
    """Whether the file is there and holds what was written."""
    path = home / file.path
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256


def digest(lines: Iterable[str]) -> str:
    """One hash of several facts, whatever their order."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def frames_digest(files: Iterable[FrameFile]) -> str:
    """One hash of several frames: the same when every frame has the same rows."""
    return digest(f"{file.name} {file.sha256}" for file in files)


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    frame.rechunk().write_parquet(
        buffer, compression="zstd", compression_level=3, row_group_size=_ROW_GROUP, statistics=True
    )
    return buffer.getvalue()
