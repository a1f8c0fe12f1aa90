"""What a page of My Account asks for beside the websocket: a bank account in full, for a moment."""

import json
from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from kinnect_app.api.private import PUBLIC_ID, NoSuchFiguresError, private
from kinnect_app.api.problems import problem
from kinnect_app.identity.caller import caller_of
from kinnect_app.settings import settings
from state.services import bank_reveal
from state.ui.session import ask, clock

router = APIRouter(prefix="/api/v1/account", include_in_schema=False, tags=["account"])


@router.post("/bank-accounts/{public_id}/reveal")
@private
async def reveal(request: Request, public_id: str) -> Response:
    """The account in full. From a page of ours alone; never kept by anybody on the way."""
    if request.headers.get("origin") not in settings().own_origins:
        return problem(HTTPStatus.FORBIDDEN, "This must be sent from a page of this service.")
    if not PUBLIC_ID.fullmatch(public_id):
        raise NoSuchFiguresError
    actor = await caller_of(request)
    found = await ask(
        bank_reveal.account_in_full,
        actor=actor,
        organisation_id=None if actor.staff_roles else actor.organisation_id,
        public_id=public_id,
        now=clock(),
    )
    return Response(json.dumps(dict(found)), media_type="application/json")
