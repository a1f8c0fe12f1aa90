"""The files of a company's answers: sent by its people alone, fetched by either side."""

import json
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from starlette.requests import ClientDisconnect

from kinnect_app.api.private import PUBLIC_ID, NoSuchFiguresError, private
from kinnect_app.api.problems import Fault, problem
from kinnect_app.identity.caller import caller_of
from kinnect_app.settings import settings
from kinnect_app.uploads.virus_scan import virus_problem
from state.domain.actor import NotSignedInError
from state.domain.refusal import Refusal
from state.domain.uploaded_file import TRY_AGAIN
from state.services import information_answers
from state.services.information_requests import InformationRefusedError
from state.ui.session import ask, ask_at_length, clock

router = APIRouter(prefix="/api/v1/account/information", include_in_schema=False, tags=["account"])

_MEGABYTE: Final = 1_048_576
_NAMED: Final = "x-file-name"


@router.post("/{reference}/files")
@private
async def add_file(request: Request, reference: str) -> Response:
    """Keep the file that is the body, for the answer to a request. From a page of ours alone.

    Its name comes percent-encoded in `X-File-Name`. Who may not send one is refused unread.
    """
    if request.headers.get("origin") not in settings().own_origins:
        return problem(HTTPStatus.FORBIDDEN, "This must be sent from a page of this service.")
    actor = await caller_of(request)
    if actor.person_id is None:
        raise NotSignedInError
    answered = {"actor": actor, "organisation_id": actor.organisation_id or 0}
    try:
        most = await ask(
            information_answers.ready_for_file, **answered, reference=reference, now=clock()
        )
        content = await _body(request, most)
        _refuse(await ask_at_length(virus_problem, content=content))
        sha256 = await ask_at_length(
            information_answers.attach_file,
            **answered,
            reference=reference,
            name=_name(request),
            content=content,
            now=clock(),
        )
    except InformationRefusedError as refused:
        faults = [Fault(one.field, one.reason, in_body=True) for one in refused.reasons]
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, faults[0].detail, faults)
    said = json.dumps({"bytes": len(content), "sha256": sha256})
    return Response(said, HTTPStatus.CREATED, media_type="application/json")


@router.get("/files/{public_id}")
@private
async def file(request: Request, public_id: str) -> Response:
    """A file of an answer, to be kept and never to be shown as a page of ours."""
    actor = await caller_of(request)
    if actor.person_id is None:
        raise NotSignedInError
    if not PUBLIC_ID.fullmatch(public_id):
        raise NoSuchFiguresError
    path, name, media_type = await ask(
        information_answers.fetch_file, actor=actor, public_id=public_id, now=clock()
    )
    return FileResponse(
        path,
        media_type=media_type,
        filename=name,
        headers={"X-Content-Type-Options": "nosniff"},
    )


async def _body(request: Request, most_megabytes: int) -> bytes:
    """What is sent, and no more of it than shows that it is too much."""
    most, content = most_megabytes * _MEGABYTE, bytearray()
    try:
        async for piece in request.stream():
            content += piece
            if len(content) > most:
                _refuse(f"The selected file must be smaller than {most_megabytes}MB")
    except ClientDisconnect:
        _refuse(TRY_AGAIN)
    return bytes(content)


def _name(request: Request) -> str:
    return unquote(request.headers.get(_NAMED, ""), errors="replace")


def _refuse(reason: str | None) -> None:
    if reason:
        raise InformationRefusedError((Refusal("file", reason),))
