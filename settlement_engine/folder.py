"""A folder of frames: read what is given with everything that is wrong with it, write results.

A frame is a file of its name, CSV or Parquet. What is written is whole or not there at all, and
the same bytes for the same result.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal

import polars as pl

from settlement_engine.faults import Fault, Given, GivenFramesError, checked
from settlement_engine.frames import Frame
from settlement_engine.rulebook import Settled
from settlement_engine.short_tables import SHORT_TABLES, frame_of

FileFormat = Literal["csv", "parquet"]

READERS: Final[Mapping[str, Callable[[Path], pl.DataFrame]]] = {
    ".csv": lambda path: pl.read_csv(path, infer_schema=False),
    ".parquet": pl.read_parquet,
}


class OutputExistsError(FileExistsError):
    """The folder for the results holds something already; nothing was written."""


def read(folder: Path, frame_types: Mapping[str, Frame]) -> Given:
    """Every frame of a folder, checked.

    Raises:
        GivenFramesError: With every problem of every file; a file that is no frame is one.
    """
    files = sorted(path for path in _entries(folder) if not path.name.startswith("."))
    frames: dict[str, pl.DataFrame] = {}
    sources: dict[str, str] = {}
    faults: list[Fault] = []
    for path in files:
        name = _frame_name(path)
        fault = _not_a_frame(path, frame_types) or _twice(path, name, sources)
        if fault is None:
            fault = _read_into(frames, path)
        if fault is not None:
            faults.append(fault)
        else:
            sources[name] = path.name
    return checked(frames, frame_types, sources, known=faults)


def write(settled: Settled, folder: Path, file_format: FileFormat) -> tuple[Path, ...]:
    """Write every quantity that was worked out, one file each, all of them or none.

    Raises:
        OutputExistsError: The folder exists and is not empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise OutputExistsError(f"{folder} is not empty. Name another folder or empty it first.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name in settled.worked_out:
            _write_frame(settled.decimals(name), beside / f"{name}.{file_format}", file_format)
        beside.chmod(0o777 & ~_umask())
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return tuple(folder / f"{name}.{file_format}" for name in settled.worked_out)


def _entries(folder: Path) -> list[Path]:
    if not folder.is_dir():
        cure = "Name a folder that holds balancing_actions.csv or balancing_actions.parquet."
        raise GivenFramesError([Fault(str(folder), None, None, "There is no such folder.", cure)])
    return list(folder.iterdir())


def _not_a_frame(path: Path, frame_types: Mapping[str, Frame]) -> Fault | None:
    if path.suffix.lower() in READERS and _frame_name(path) in frame_types and path.is_file():
        return None
    names = ", ".join(frame_types)
    cure = f"Take it out of the folder, or name it after a frame, .csv or .parquet: {names}."
    return Fault(path.name, None, None, "This is no frame of the rulebook.", cure)


def _frame_name(path: Path) -> str:
    """The frame that a file holds, whether it has the frame's name or its short one."""
    short = SHORT_TABLES.get(path.stem)
    return short.frame if short else path.stem


def _twice(path: Path, name: str, sources: Mapping[str, str]) -> Fault | None:
    if name not in sources:
        return None
    what = f"The frame is in {sources[name]} too."
    return Fault(path.name, None, None, what, "Keep one of the two.")


def _read_into(frames: dict[str, pl.DataFrame], path: Path) -> Fault | None:
    try:
        name, frame = frame_of(path.stem, READERS[path.suffix.lower()](path))
        frames[name] = frame
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        cure = "Write UTF-8 text with a header line and commas, or a Parquet file."
        return Fault(path.name, None, None, f"The file cannot be read: {reason}.", cure)
    return None


def _write_frame(frame: pl.DataFrame, path: Path, file_format: FileFormat) -> None:
    if file_format == "csv":
        frame.write_csv(path)
    else:
        frame.write_parquet(path, compression="zstd")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
