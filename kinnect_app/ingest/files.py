"""Files of a feed, read as they are: Parquet, the official JSON in its three envelopes, and CSV."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import polars as pl

from state.domain.feeds import GivenFile

READABLE: Final = (".parquet", ".json", ".json.gz", ".jsonl", ".jsonl.gz", ".csv", ".csv.gz")
_LARGEST_BYTES: Final = 2 * 1024**3
_CHUNK: Final = 1024**2
_REMEDY: Final = "Give the file as its source publishes it; if it was cut short, fetch it again."
_ENVELOPES: Final = 'a list of rows, {"data": [...]} or {"metadata": {...}, "data": [...]}'


class UnreadableFileError(Exception):
    """The file cannot be read; says why."""


def files_under(path: Path) -> tuple[Path, ...]:
    """The file itself, or every file of a folder that is of a kind we read, by name."""
    if path.is_dir():
        return tuple(sorted(file for file in path.iterdir() if _readable(file)))
    return (path,)


def passed_over(path: Path) -> tuple[str, ...]:
    """Names in a folder that are of no kind we read."""
    if not path.is_dir():
        return ()
    return tuple(sorted(file.name for file in path.iterdir() if not _readable(file)))


def read_file(path: Path) -> GivenFile:
    """The rows of a file, or why it cannot be read."""
    return read_sent(path.name, lambda: _reader(path)(path))


def read_sent(name: str, read: Callable[[], pl.DataFrame]) -> GivenFile:
    """The rows of what somebody gave, or why they cannot be read."""
    try:
        frame = read()
    except UnreadableFileError as fault:
        return GivenFile(name, fault=str(fault), remedy=_REMEDY)
    except (OSError, EOFError, zlib.error, pl.exceptions.PolarsError) as fault:
        words = str(fault).splitlines() or [type(fault).__name__]
        return GivenFile(name, fault=f"It cannot be read: {words[0]}.", remedy=_REMEDY)
    if frame.is_empty():
        return GivenFile(name, fault="It holds no rows.", remedy=_REMEDY)
    return GivenFile(name, frame)


def rows_of_csv(content: bytes) -> pl.DataFrame:
    """The rows of a file with a line of names, every value as its text."""
    return pl.read_csv(content, infer_schema=False)


def _readable(file: Path) -> bool:
    return file.is_file() and file.name.lower().endswith(READABLE)


def _reader(path: Path) -> Callable[[Path], pl.DataFrame]:
    name = path.name.lower()
    for suffix, reader in (
        (".parquet", _read_parquet),
        (".json", _read_json),
        (".json.gz", _read_json),
        (".jsonl", _read_lines),
        (".jsonl.gz", _read_lines),
        (".csv", _read_csv),
        (".csv.gz", _read_csv),
    ):
        if name.endswith(suffix):
            return reader
    raise UnreadableFileError(f"Its kind is none of {', '.join(READABLE)}.")


def _read_parquet(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path, use_statistics=False)
    except pl.exceptions.PanicException as fault:
        raise UnreadableFileError("It is damaged.") from fault


def _read_csv(path: Path) -> pl.DataFrame:
    return rows_of_csv(_content(path))


def _read_lines(path: Path) -> pl.DataFrame:
    """A row a line."""
    try:
        return rows_of([json.loads(line) for line in _content(path).splitlines() if line.strip()])
    except (ValueError, RecursionError) as fault:
        raise UnreadableFileError(f"A line of it is no whole JSON object: {fault}.") from fault


def _read_json(path: Path) -> pl.DataFrame:
    try:
        document = json.loads(_content(path))
    except (ValueError, RecursionError) as fault:
        raise UnreadableFileError(f"It is no whole JSON document: {fault}.") from fault
    return rows_of(document)


def rows_of(document: object) -> pl.DataFrame:
    """The rows of an answer in any of the three envelopes.

    Raises:
        UnreadableFileError: It holds none, or something else than objects.
    """
    rows = document.get("data") if isinstance(document, dict) else document
    if not isinstance(rows, list):
        raise UnreadableFileError(f"It holds no rows where they are published: {_ENVELOPES}.")
    if any(not isinstance(row, dict) for row in rows):
        raise UnreadableFileError("Its rows are not objects with names and values.")
    names = dict.fromkeys(name for row in rows for name in row)
    return pl.DataFrame([_column(name, [row.get(name) for row in rows]) for name in names])


def _column(name: str, values: list[Any]) -> pl.Series:
    """A column of one type where all values are of one; of text where they are mixed."""
    kinds = {type(value) for value in values if value is not None}
    with suppress(pl.exceptions.PolarsError, TypeError, OverflowError):
        if kinds == {int, float}:
            floats = [None if value is None else float(value) for value in values]
            return pl.Series(name, floats, dtype=pl.Float64)
        if len(kinds) <= 1 and not kinds & {dict, list}:
            return pl.Series(name, values, strict=True)
    return pl.Series(name, [_text(value) for value in values], dtype=pl.String)


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _content(path: Path) -> bytes:
    """The bytes of the file, unpacked; more than anybody publishes is not unpacked to the end."""
    if not path.name.lower().endswith(".gz"):
        return path.read_bytes()
    return b"".join(_unpacked(path))


def _unpacked(path: Path) -> Iterator[bytes]:
    total = 0
    with gzip.open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            total += len(chunk)
            if total > _LARGEST_BYTES:
                raise UnreadableFileError("It unpacks to more than 2 GiB.")
            yield chunk
