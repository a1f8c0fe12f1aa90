"""The public data service under its official addresses: programs written for it run unchanged.

Everything is a GET without a key. What the official service lacks is here on the same addresses:
`asOf`, `format=parquet|arrow`, `strict=true`, tags, and ranges of any length.
"""

import asyncio
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse, StreamingResponse

from kinnect_app.api import bmrs_answers as answers
from kinnect_app.api.answers import CACHE_CONTROL, Answer, answered, client_has, tag_of
from kinnect_app.api.bmrs_description import description
from state.domain.actor import ANYONE
from state.domain.bmrs.arguments import Arguments, ArgumentsError, read_arguments
from state.domain.bmrs.catalogue import Endpoint, endpoint_at, moved
from state.services.bmrs import (
    Days,
    NothingThereError,
    public_parts,
    public_rows,
    public_versions,
    published_under,
)
from state.services.publishing import NotPublishedError, require_published

PREFIX: Final = "/bmrs/api/v1"
WARNING: Final = "X-Kinnect-Warning"

router = APIRouter(prefix=PREFIX, include_in_schema=False)


@router.get("/openapi.json")
async def openapi(request: Request) -> Response:
    """What may be asked here, as OpenAPI 3.1, in our own words."""
    made = answers.document(description(PREFIX))
    return await answered(request, tag_of("bmrs", made.content), lambda: made)


@router.get("/{address:path}")
async def public_data(request: Request, address: str) -> Response:
    """Rows of one address, in the envelope and the format asked for."""
    path = f"/{address.rstrip('/')}"
    if (new := moved().get(path)) is not None:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{PREFIX}{new}{query}", int(HTTPStatus.MOVED_PERMANENTLY))
    found = endpoint_at(path)
    if found is None:
        return answers.not_found(f"There is nothing at {PREFIX}{path[:200]}.")
    endpoint, in_path = found
    try:
        format_name = answers.format_of(request, endpoint)
        asked = read_arguments(endpoint, in_path, request.query_params.multi_items())
        return await _answer(request, endpoint, asked, format_name)
    except ArgumentsError as fault:
        return answers.bad_request(fault.faults)
    except (NothingThereError, NotPublishedError) as fault:
        return answers.not_found(str(fault))


async def _answer(
    request: Request, endpoint: Endpoint, asked: Arguments, format_name: str
) -> Response:
    if endpoint.envelope == "status":
        healthy = Response('"Healthy"', media_type="application/json")
        healthy.headers["Cache-Control"] = "no-store"
        return healthy
    named = published_under(actor=ANYONE, endpoint=endpoint)
    await asyncio.to_thread(require_published, actor=ANYONE, names=named)
    versions = await asyncio.to_thread(public_versions, actor=ANYONE, endpoint=endpoint)
    facts = (endpoint.path, sorted(asked.values.items()), asked.as_of, format_name)
    tag = tag_of("bmrs", versions, *facts)
    parts = await asyncio.to_thread(public_parts, actor=ANYONE, endpoint=endpoint, asked=asked)
    if len(parts) > 1 and format_name in answers.IN_PARTS and not client_has(request, tag):
        response: Response = _in_parts(endpoint, asked, format_name, parts)
        response.headers.update({"ETag": tag, "Cache-Control": CACHE_CONTROL})
    else:
        make = partial(_made, endpoint, asked, format_name)
        response = await answered(request, tag, make)
    response.headers.update(_warning(asked))
    return response


def _made(endpoint: Endpoint, asked: Arguments, format_name: str) -> Answer:
    rows = public_rows(actor=ANYONE, endpoint=endpoint, asked=asked)
    return answers.written(rows, endpoint, format_name)


def _in_parts(
    endpoint: Endpoint, asked: Arguments, format_name: str, parts: tuple[Days | None, ...]
) -> StreamingResponse:
    """A long answer leaves as it is read, so that no range is too long for it."""
    frames = (
        public_rows(actor=ANYONE, endpoint=endpoint, asked=asked, days=days) for days in parts
    )
    return StreamingResponse(
        answers.in_parts(frames, endpoint, format_name), media_type=answers.MEDIA[format_name]
    )


def _warning(asked: Arguments) -> Mapping[str, str]:
    """Names that mean nothing here are passed over, as there; but here it is said."""
    if not asked.ignored:
        return {}
    names = ", ".join(name.encode("ascii", "replace").decode()[:60] for name in asked.ignored[:10])
    return {WARNING: f"Ignored, for there is no such parameter here: {names}".replace("\n", " ")}
