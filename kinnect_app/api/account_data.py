"""What a person of a company takes away by a door of its own: their phrase, a copy of the data."""

import json
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from kinnect_app.api.private import PUBLIC_ID, NoSuchFiguresError, private
from kinnect_app.api.problems import problem
from kinnect_app.identity.caller import caller_of
from kinnect_app.settings import settings
from state.domain.actor import NotAllowedError, NotSignedInError
from state.services import data_exports, verification_phrases
from state.ui.session import ask, clock

router = APIRouter(prefix="/api/v1/account", include_in_schema=False, tags=["account"])


@router.post("/phrase")
@private
async def new_phrase(request: Request) -> Response:
    """A new verification phrase of whoever asks, shown this once. From a page of ours alone."""
    if request.headers.get("origin") not in settings().own_origins:
        return problem(HTTPStatus.FORBIDDEN, "This must be sent from a page of this service.")
    actor = await caller_of(request)
    if actor.person_id is not None and actor.organisation_id is None:
        raise NotAllowedError
    phrase = await ask(
        verification_phrases.make_phrase,
        actor=actor,
        organisation_id=actor.organisation_id or 0,
        now=clock(),
    )
    return Response(json.dumps({"Your phrase": phrase}), media_type="application/json")


@router.get("/exports/{public_id}")
@private
async def export(request: Request, public_id: str) -> Response:
    """A copy of the company's data, streamed to the one who asked for it."""
    actor = await caller_of(request)
    if actor.person_id is None:
        raise NotSignedInError
    if not PUBLIC_ID.fullmatch(public_id) or actor.organisation_id is None:
        raise NoSuchFiguresError
    path = await ask(
        data_exports.fetch_export,
        actor=actor,
        organisation_id=actor.organisation_id,
        public_id=public_id,
        now=clock(),
    )
    return FileResponse(path, media_type="application/zip", filename="kinnect-company-data.zip")
