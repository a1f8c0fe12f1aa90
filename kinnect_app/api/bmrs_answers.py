"""Shapes of the public data service: envelopes, formats and problems as programs expect them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import escape

import polars as pl
from fastapi import Request, Response

from kinnect_app.api.answers import Answer
from state.domain.bmrs.arguments import ArgumentsError
from state.domain.bmrs.catalogue import Endpoint

_MOMENT: Final = "%Y-%m-%dT%H:%M:%SZ"
_ACCEPT: Final = {
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "application/vnd.apache.parquet": "parquet",
    "application/vnd.apache.arrow.stream": "arrow",
}
MEDIA: Final = {
    "json": "application/json",
    "xml": "application/xml",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "arrow": "application/vnd.apache.arrow.stream",
}
_OURS: Final = ("parquet", "arrow")
IN_PARTS: Final = ("json", "csv", "xml")
"""Formats that can leave part by part."""


def format_of(request: Request, endpoint: Endpoint) -> str:
    """The format asked for by name or by `Accept`; JSON where nothing is said.

    Raises:
        ArgumentsError: The address does not give that format.
    """
    named = next(
        (text for name, text in request.query_params.multi_items() if name.lower() == "format"), ""
    ).lower()
    known = (*endpoint.formats, *_OURS)
    if named and named not in known:
        raise ArgumentsError({"format": [f"Give one of {', '.join(known)}."]})
    if named:
        return named
    accepted = [part.split(";")[0].strip() for part in request.headers.get("accept", "").split(",")]
    found = [_ACCEPT[media] for media in accepted if media in _ACCEPT]
    if not found or any(media in {"application/json", "text/json", "*/*"} for media in accepted):
        return "json"
    return found[0] if found[0] in known else "json"


def written(rows: pl.DataFrame, endpoint: Endpoint, format_name: str) -> Answer:
    """Rows in their envelope."""
    writers = {"json": _json, "xml": _xml, "csv": _csv, "parquet": _parquet, "arrow": _arrow}
    content = writers[format_name](rows, endpoint)
    return Answer(content, MEDIA[format_name])


def in_parts(
    frames: Iterable[pl.DataFrame], endpoint: Endpoint, format_name: str
) -> Iterator[bytes]:
    """The bytes of `written`, of one frame after the other."""
    if format_name == "csv":
        for place, rows in enumerate(frames):
            yield _flat(_text(rows)).write_csv(include_header=place == 0).encode()
        return
    if format_name == "xml":
        before, after = _around_xml(endpoint)
        yield before.encode()
        for rows in frames:
            yield _items(rows).encode()
        yield after.encode()
        return
    before, after = _around(endpoint)
    yield f"{before}[".encode()
    written_any = False
    for rows in frames:
        if not rows.is_empty():
            inner = _text(rows).write_json().removeprefix("[").removesuffix("]")
            yield f"{',' if written_any else ''}{inner}".encode()
            written_any = True
    yield f"]{after}".encode()


def _json(rows: pl.DataFrame, endpoint: Endpoint) -> bytes:
    if endpoint.envelope == "object":
        first = rows.head(1)
        return _text(first).write_json().removeprefix("[").removesuffix("]").encode() or b"null"
    body = json.dumps(rows["value"].to_list()) if not endpoint.fields else _text(rows).write_json()
    before, after = _around(endpoint)
    return f"{before}{body}{after}".encode()


def _around(endpoint: Endpoint) -> tuple[str, str]:
    """What stands before and after the rows."""
    if endpoint.envelope == "array":
        return "", ""
    if endpoint.envelope == "data":
        return '{"data":', "}"
    return f'{{"metadata":{json.dumps({"datasets": list(endpoint.codes)})},"data":', "}"


def _text(rows: pl.DataFrame) -> pl.DataFrame:
    """Moments to the second in UTC, as the official service writes them."""
    moments = [name for name, kind in rows.schema.items() if isinstance(kind, pl.Datetime)]
    return rows.with_columns(pl.col(moments).dt.strftime(_MOMENT)) if moments else rows


def _csv(rows: pl.DataFrame, _: Endpoint) -> bytes:
    return _flat(_text(rows)).write_csv().encode()


def _flat(rows: pl.DataFrame) -> pl.DataFrame:
    """Nested values as JSON text."""
    nested = [name for name, kind in rows.schema.items() if kind.is_nested()]
    written_out = {name: [_nested(value) for value in rows[name]] for name in nested}
    return rows.with_columns(
        pl.Series(name, values, dtype=pl.String) for name, values in written_out.items()
    )


def _nested(value: object) -> str | None:
    plain = value.to_list() if isinstance(value, pl.Series) else value
    return None if plain is None else json.dumps(plain, default=str)


def _xml(rows: pl.DataFrame, endpoint: Endpoint) -> bytes:
    """`<response><metadata/><data><item>…`: an element a value, none where there is no value."""
    before, after = _around_xml(endpoint)
    return f"{before}{_items(rows)}{after}".encode()


def _around_xml(endpoint: Endpoint) -> tuple[str, str]:
    codes = "".join(f"<datasets>{escape(code)}</datasets>" for code in endpoint.codes)
    head = f"<metadata>{codes}</metadata>" if endpoint.envelope == "metadata" else ""
    before = f'<?xml version="1.0" encoding="utf-8"?><response>{head}<data>'
    return before, "</data></response>"


def _items(rows: pl.DataFrame) -> str:
    return "".join(f"<item>{_elements(row)}</item>" for row in _text(rows).iter_rows(named=True))


def _elements(row: Mapping[str, Any]) -> str:
    return "".join(
        f"<{name}>{_element(value)}</{name}>" for name, value in row.items() if value is not None
    )


def _element(value: Any) -> str:  # noqa: ANN401  # whatever a row holds
    if isinstance(value, Mapping):
        return _elements(value)
    if isinstance(value, list):
        return "".join(f"<item>{_element(one)}</item>" for one in value)
    if isinstance(value, bool):
        return str(value).lower()
    return escape("".join(letter for letter in str(value) if letter >= " " or letter in "\t\n\r"))


def _parquet(rows: pl.DataFrame, _: Endpoint) -> bytes:
    buffer = BytesIO()
    rows.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def _arrow(rows: pl.DataFrame, _: Endpoint) -> bytes:
    buffer = BytesIO()
    rows.write_ipc_stream(buffer, compression="zstd")
    return buffer.getvalue()


def document(content: Mapping[str, Any]) -> Answer:
    """A JSON document."""
    return Answer(json.dumps(content).encode(), "application/json")


def bad_request(faults: Mapping[str, Sequence[str]]) -> Response:
    """A problem as the official service tells it (RFC 9110), every fault at once."""
    return _problem(
        HTTPStatus.BAD_REQUEST,
        {
            "type": "https://tools.ietf.org/html/rfc9110#section-15.5.1",
            "title": "One or more validation errors occurred.",
            "status": int(HTTPStatus.BAD_REQUEST),
            "errors": {name: list(of) for name, of in faults.items()},
        },
        "application/problem+json",
    )


def not_found(message: str) -> Response:
    """Nothing is at this address."""
    body = {"statusCode": int(HTTPStatus.NOT_FOUND), "message": message}
    return _problem(HTTPStatus.NOT_FOUND, body, "application/json")


def _problem(status: HTTPStatus, body: Mapping[str, Any], media_type: str) -> Response:
    return Response(
        json.dumps(body),
        status_code=int(status),
        media_type=media_type,
        headers={"Cache-Control": "no-store"},
    )
