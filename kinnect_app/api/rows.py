"""Rows of a public dataset, pushed by a program of the operator's or of a publisher of data."""

import hashlib
import json
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from kinnect_app.api.insights import PREFIX
from kinnect_app.api.problems import MEDIA_TYPE, BadRequestError, Fault, problem
from kinnect_app.api.registry_caller import Publisher
from kinnect_app.api.registry_changes import Key
from kinnect_app.api.registry_route import EVERYWHERE, ProgramRoute, problems
from kinnect_app.ingest.files import read_sent, rows_of, rows_of_csv
from kinnect_app.ingest.published import UnknownCodeError, feed_of, prepared
from state.domain import rules
from state.domain.acceptance_lines import rows_of_feed
from state.domain.datasets import dataset
from state.domain.feeds import Feed, GivenFile
from state.services.api_answers import KeptAnswer, RequestKey
from state.services.api_tokens import ProgramHere
from state.services.ingest import StoreBusyError
from state.services.pushed_rows import PushedRows, TooManyRowsError, push_rows, pushed_once
from state.ui.session import ask_at_length, clock

_JSON: Final = "application/json"
_CSV: Final = "text/csv"
_NAME: Final = "body"
_SECONDS_TO_WAIT: Final = 5
_ENVELOPES: Final = (
    "A list of rows, or an object that holds them as `data`: the official names and shapes."
)
_ROW: Final = {"type": "object", "additionalProperties": True}
_ROWS: Final = {"type": "array", "items": _ROW}
_SENT: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "1 MB and 10,000 rows at most.",
        "content": {
            _JSON: {
                "schema": {
                    "description": _ENVELOPES,
                    "oneOf": [
                        _ROWS,
                        {"type": "object", "required": ["data"], "properties": {"data": _ROWS}},
                    ],
                }
            },
            _CSV: {"schema": {"type": "string", "description": "A line of official names first."}},
        },
    }
}

Code = Annotated[
    str,
    Path(pattern=r"^[A-Za-z0-9_]{1,60}$", description="The official code, like DISEBSP."),
]


class RefusedRow(BaseModel):
    """One reason against one row, counted from 1; without a number against all of them."""

    row: int | None
    column: str
    value: str
    code: str
    reason: str
    remedy: str


class PushReport(BaseModel):
    """What became of every row. `refused` holds the first reasons; `reasons` says how many."""

    model_config = ConfigDict(extra="forbid")

    dataset: str
    code: str
    cursor: int = Field(description="The number of the run: the cursor of events.")
    version: int
    rows_read: int
    rows_stored: int
    rows_held: int = Field(description="Held already, as they are.")
    rows_repeated: int
    rows_refused: int
    rows_left_out: int = Field(
        description="They say that nothing happened, or the dataset keeps them no longer."
    )
    reasons: int
    refused: list[RefusedRow]


class RowsRoute(ProgramRoute):
    """A request that carries rows: larger than any other that a program sends."""

    def most_bytes(self) -> int:
        """As the operator has it."""
        return rules.number_on("pushed_kilobytes_most", clock().date()) * 1000


router = APIRouter(prefix=PREFIX, tags=["insights"], route_class=RowsRoute, responses=EVERYWHERE)


@router.post(
    "/datasets/{code}/rows",
    response_model=PushReport,
    openapi_extra=_SENT,
    responses=problems(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.SERVICE_UNAVAILABLE,
    ),
)
async def push(request: Request, here: Publisher, code: Code, key: Key = None) -> Response:
    """Push rows of a public dataset: the good ones are stored, each other is told with its reason.

    They are checked like rows from anywhere else. Rows that are held already count as held.
    Where no row is fit the answer is a problem that says why, row by row.
    """
    feed = _feed(code)
    if feed is None:
        return problem(HTTPStatus.NOT_FOUND, f"There is no public dataset {code}.")
    given = await _given(request)
    if given is None:
        words = f"Send rows as {_JSON} or as {_CSV}."
        return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, words)
    try:
        answer = await _answered(request, here, key, feed, given)
    except TooManyRowsError as many:
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(many))
    except StoreBusyError as busy:
        later = problem(HTTPStatus.SERVICE_UNAVAILABLE, str(busy))
        later.headers["Retry-After"] = str(_SECONDS_TO_WAIT)
        return later
    headers = {"Idempotent-Replayed": "true"} if answer.was_kept else {}
    media_type = _JSON if answer.status == HTTPStatus.OK else MEDIA_TYPE
    return Response(answer.body, answer.status, headers, media_type=media_type)


def _feed(code: str) -> Feed | None:
    try:
        feed = feed_of(code)
    except UnknownCodeError:
        return None
    return feed if dataset(feed.dataset).classification == "public" else None


async def _given(request: Request) -> GivenFile | None:
    """The rows of the body, or why they cannot be read; None where it is of no kind we read."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _JSON:
        document = await _document(request)
        return read_sent(_NAME, lambda: rows_of(document))
    if kind == _CSV:
        content = await request.body()
        return read_sent(_NAME, lambda: rows_of_csv(content))
    return None


async def _document(request: Request) -> object:
    try:
        return await request.json()
    except json.JSONDecodeError as fault:
        raise BadRequestError([Fault("", f"This is no JSON: {fault.msg}.", in_body=True)]) from None


async def _answered(
    request: Request, here: ProgramHere, key: str | None, feed: Feed, given: GivenFile
) -> KeptAnswer:
    """Do it; with a key once, however often it is asked for."""
    now = clock()

    def do() -> KeptAnswer:
        ready = prepared(given, rows_of_feed(feed), now.date())
        return _told(feed, push_rows(actor=here.actor, feed=feed, given=ready, now=now))

    if key is None:
        return await ask_at_length(do)
    says = f"{request.url.path}\n{request.headers.get('content-type', '')}\n".encode()
    request_hash = hashlib.sha256(says + await request.body()).hexdigest()
    asked = RequestKey(here.row_id, key, request_hash)
    return await ask_at_length(pushed_once, actor=here.actor, asked=asked, do=do, now=now)


def _told(feed: Feed, pushed: PushedRows) -> KeptAnswer:
    if pushed.is_refused:
        return _refused(pushed)
    receipt = asdict(pushed.receipt)
    names = PushReport.model_fields.keys() - {"code", "cursor", "reasons", "refused"}
    report = PushReport(
        **{name: receipt[name] for name in names},
        code=dataset(feed.dataset).code or "",
        cursor=pushed.receipt.ingest,
        reasons=pushed.reasons,
        refused=[
            RefusedRow(**{name: getattr(one, name) for name in RefusedRow.model_fields})
            for one in pushed.refused
        ],
    )
    return KeptAnswer(int(HTTPStatus.OK), report.model_dump_json())


def _refused(pushed: PushedRows) -> KeptAnswer:
    """Row 1 is `/0`, as the pointers of JSON count."""
    faults = [
        Fault(_pointer(one.row, one.column), f"{one.reason} {one.remedy}".strip(), in_body=True)
        for one in pushed.refused
    ]
    answer = problem(HTTPStatus.UNPROCESSABLE_ENTITY, "No row is fit, and none was stored.", faults)
    return KeptAnswer(int(HTTPStatus.UNPROCESSABLE_ENTITY), bytes(answer.body).decode())


def _pointer(row: int | None, column: str) -> str:
    if row is None:
        return ""
    return f"/{row - 1}" + (f"/{column}" if column else "")
