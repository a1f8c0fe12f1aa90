"""Questions in SQL about the public data, without a sign-in: `/api/v1/insights/query`."""

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, Final, ParamSpec

from fastapi import APIRouter, Request, Response
from starlette.datastructures import QueryParams

from kinnect_app.api.answers import CACHE_CONTROL, client_has
from kinnect_app.api.insights import PREFIX
from kinnect_app.api.parameters import moment, one_of, read_parameters
from kinnect_app.api.problems import BadRequestError, Fault, problem
from kinnect_app.api.query_answers import FORMATS, written
from kinnect_app.api.query_description import asked_in_body, asked_in_query, giving
from kinnect_app.api.strict_json import StrictRequest, TooLargeError
from state.domain.actor import ANYONE
from state.domain.query import Question, truncated_words
from state.services import query
from state.services.query import NoSandboxError, QueryRefusedError, TooManyQueriesError
from state.services.saved_queries import NoSuchQueryError, saved_query
from state.ui.session import ask_at_length, clock

_BUSY: Final = HTTPStatus.SERVICE_UNAVAILABLE
_SAID: Final[Mapping[type[Exception], HTTPStatus]] = {
    NoSuchQueryError: HTTPStatus.NOT_FOUND,
    TooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    NoSandboxError: _BUSY,
}
_WARNING: Final = "X-Kinnect-Warning"
_SECONDS_TO_WAIT: Final = 5
_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "sql": str,
    "as_of": moment,
    "format": one_of({name: name for name in FORMATS}),
}

router = APIRouter(prefix=f"{PREFIX}/query", tags=["insights"])

_P = ParamSpec("_P")


def _told(endpoint: Callable[_P, Awaitable[Response]]) -> Callable[_P, Awaitable[Response]]:
    """Answer with a problem where there is no answer."""

    @wraps(endpoint)
    async def guarded(*args: _P.args, **kwargs: _P.kwargs) -> Response:
        try:
            return await endpoint(*args, **kwargs)
        except BadRequestError as bad:
            return _bad(bad.faults)
        except QueryRefusedError as refused:
            return _bad([Fault(one.field, one.reason) for one in refused.reasons])
        except TooManyQueriesError as many:
            return _later(HTTPStatus.TOO_MANY_REQUESTS if many.of_one else _BUSY, str(many))
        except tuple(_SAID) as fault:
            return problem(_SAID[type(fault)], str(fault) or "That is too large to be a query.")

    return guarded


@router.get("", response_class=Response, responses=giving(), openapi_extra=asked_in_query("sql"))
@_told
async def in_address(request: Request) -> Response:
    """Rows that answer a SELECT over the public tables. The address can be kept and shared."""
    return await _answered(request, read_parameters(request.query_params, _READERS))


@router.post("", response_class=Response, responses=giving(), openapi_extra=asked_in_body())
@_told
async def in_body(request: Request) -> Response:
    """The same, for a query that is too long for an address."""
    return await _answered(request, read_parameters(await _body(request), _READERS))


@router.get(
    "/saved/{public_id}",
    response_class=Response,
    responses=giving(),
    openapi_extra=asked_in_query(),
)
@_told
async def saved(request: Request, public_id: str) -> Response:
    """Rows that answer a saved query now, or as they were known at the moment it was saved with."""
    asked = read_parameters(request.query_params, {"format": _READERS["format"]})
    held = await ask_at_length(saved_query, actor=ANYONE, public_id=public_id)
    return await _answered(request, {**asked, "sql": held.sql, "as_of": held.as_of})


async def _answered(request: Request, asked: Mapping[str, Any]) -> Response:
    question = Question(asked.get("sql", ""), asked.get("as_of"))
    form, on = FORMATS[asked.get("format", "json")], clock().date()
    tag = await ask_at_length(query.query_tag, actor=ANYONE, question=question, on=on)
    headers = {"Cache-Control": "no-store"}
    if tag:
        headers = {"ETag": f'"{tag}-{form.name}"', "Cache-Control": CACHE_CONTROL}
        if client_has(request, headers["ETag"]):
            return Response(status_code=int(HTTPStatus.NOT_MODIFIED), headers=headers)
    asker = request.client.host if request.client else ""
    found = await ask_at_length(
        query.answer_query, actor=ANYONE, question=question, asker=asker, on=on
    )
    if found.truncated:
        headers[_WARNING] = truncated_words(found.limits)
    if form.is_file:
        headers["Content-Disposition"] = f'attachment; filename="kinnect-query.{form.name}"'
    content = await ask_at_length(written, found=found, form=form.name)
    return Response(content, media_type=form.media_type, headers=headers)


async def _body(request: Request) -> QueryParams:
    """The members of the body as parameters: the same names, with the same faults."""
    try:
        body = await StrictRequest(request.scope, request.receive).json()
    except json.JSONDecodeError as fault:
        raise BadRequestError([Fault("", f"This is no JSON: {fault.msg}.", in_body=True)]) from None
    if not isinstance(body, dict) or not all(isinstance(value, str) for value in body.values()):
        words = 'Send one JSON object of texts, like {"sql": "SELECT 1"}.'
        raise BadRequestError([Fault("", words, in_body=True)])
    return QueryParams(list(body.items()))


def _bad(faults: Any) -> Response:  # noqa: ANN401  # any sequence of faults
    return problem(HTTPStatus.BAD_REQUEST, "The query has no answer.", faults)


def _later(status: HTTPStatus, words: str) -> Response:
    answer = problem(status, words)
    answer.headers["retry-after"] = str(_SECONDS_TO_WAIT)
    return answer
