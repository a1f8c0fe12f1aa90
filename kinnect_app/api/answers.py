"""Answers of the public API: raw bytes, tagged by the data's version so that none is sent twice."""

import asyncio
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import polars as pl
from fastapi import Request, Response

CACHE_CONTROL: Final = "public, no-cache"  # keep it, but ask each time whether it is still so
_KEPT_BYTES: Final = 64 * 1024**2


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer and what they are."""

    content: bytes
    media_type: str
    file_name: str | None = None


class _Kept:
    """The latest answers of this process, by tag: a tag names one content for ever."""

    def __init__(self, most_bytes: int) -> None:
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._bytes = 0
        self._most_bytes = most_bytes

    def get(self, tag: str) -> Answer | None:
        if (answer := self._answers.get(tag)) is not None:
            self._answers.move_to_end(tag)
        return answer

    def keep(self, tag: str, answer: Answer) -> None:
        if tag in self._answers or len(answer.content) > self._most_bytes // 4:
            return
        self._answers[tag] = answer
        self._bytes += len(answer.content)
        while self._bytes > self._most_bytes:
            _, oldest = self._answers.popitem(last=False)
            self._bytes -= len(oldest.content)


_kept = _Kept(_KEPT_BYTES)


def tag_of(*facts: object) -> str:
    """An entity tag over everything that decides an answer."""
    return '"' + hashlib.sha256(repr(facts).encode()).hexdigest()[:32] + '"'


async def answered(request: Request, tag: str, make: Callable[[], Answer]) -> Response:
    """The answer of the tag: 304 where the client has it, kept bytes where we have, else made."""
    headers = {"ETag": tag, "Cache-Control": CACHE_CONTROL}
    if client_has(request, tag):
        return Response(status_code=int(HTTPStatus.NOT_MODIFIED), headers=headers)
    answer = _kept.get(tag)
    if answer is None:
        answer = await asyncio.to_thread(make)
        _kept.keep(tag, answer)
    if answer.file_name:
        headers["Content-Disposition"] = f'attachment; filename="{answer.file_name}"'
    return Response(answer.content, media_type=answer.media_type, headers=headers)


def client_has(request: Request, tag: str) -> bool:
    """Whether the client says that it holds the answer of the tag."""
    given = request.headers.get("if-none-match", "")
    tags = {one.strip().removeprefix("W/") for one in given.split(",")}
    return "*" in tags or tag in tags


def json_answer(document: dict[str, Any], arrays: dict[str, dict[str, pl.Series]]) -> Answer:
    """A JSON object of small values and of columns, each written as one array.

    `arrays` maps a name to columns that stand under it; those of the name "" stand at the top.
    """
    members = [f"{json.dumps(name)}:{json.dumps(value)}" for name, value in document.items()]
    for name, columns in arrays.items():
        inner = [f"{json.dumps(column)}:{_array(series)}" for column, series in columns.items()]
        members += inner if not name else [f"{json.dumps(name)}:{{{','.join(inner)}}}"]
    return Answer(f"{{{','.join(members)}}}".encode(), "application/json")


def csv_answer(rows: pl.DataFrame, file_name: str) -> Answer:
    """Rows as a file to keep."""
    content = rows.write_csv(datetime_format="%Y-%m-%dT%H:%M:%SZ")
    return Answer(content.encode(), "text/csv; charset=utf-8", file_name)


def _array(series: pl.Series) -> str:
    if series.dtype == pl.Boolean or series.dtype.is_numeric():
        written = series.cast(pl.String)
    elif series.dtype == pl.Datetime:
        written = series.dt.epoch("ms").cast(pl.String)
    elif series.dtype == pl.Date:
        written = '"' + series.cast(pl.String) + '"'
    else:
        return json.dumps(series.to_list())
    return f"[{written.fill_null('null').str.join(',').item()}]" if series.len() else "[]"
