"""What a page of My Account asks for beside the websocket: what is shown once, and files."""

import json
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response

from kinnect_app.api.private import PUBLIC_ID, NoSuchFiguresError, private
from kinnect_app.api.problems import problem
from kinnect_app.identity.caller import caller_of
from kinnect_app.settings import settings
from state.services import bank_reveal
from state.services.api_clients import new_program_secret
from state.services.publisher_proposals import publisher_secret
from state.services.webhooks import signing_secret
from state.ui.session import ask, clock

router = APIRouter(prefix="/api/v1/account", include_in_schema=False, tags=["account"])


@router.post("/bank-accounts/{public_id}/reveal")
@private
async def reveal(request: Request, public_id: str) -> Response:
    """The account in full. From a page of ours alone; never kept by anybody on the way."""
    if refused := _refused(request, public_id):
        return refused
    actor = await caller_of(request)
    found = await ask(
        bank_reveal.account_in_full,
        actor=actor,
        organisation_id=None if actor.staff_roles else actor.organisation_id,
        public_id=public_id,
        now=clock(),
    )
    return Response(json.dumps(dict(found)), media_type="application/json")


@router.post("/programs/{public_id}/secret")
@private
async def program_secret(request: Request, public_id: str) -> Response:
    """A new secret of a program: shown once; the one before it counts no more."""
    if refused := _refused(request, public_id):
        return refused
    made = await ask(new_program_secret, **await _of_company(request), public_id=public_id)
    return _facts({"Secret, shown this once": made.secret})


@router.post("/publishers/{public_id}/secret")
@private
async def secret_of_publisher(request: Request, public_id: str) -> Response:
    """The secret of a program that pushes rows: made and shown once, to who proposed it."""
    if refused := _refused(request, public_id):
        return refused
    actor = await caller_of(request)
    made = await ask(publisher_secret, actor=actor, public_id=public_id, now=clock())
    return _facts({"Secret, shown this once": made.secret})


@router.post("/webhooks/{public_id}/secret")
@private
async def webhook_secret(request: Request, public_id: str) -> Response:
    """What a webhook's signatures are checked with."""
    if refused := _refused(request, public_id):
        return refused
    shown = await ask(signing_secret, **await _of_company(request), public_id=public_id)
    return _facts({"Signing secret": shown.secret})


def _refused(request: Request, public_id: str) -> Response | None:
    """What no page of ours sends."""
    if request.headers.get("origin") not in settings().own_origins:
        return problem(HTTPStatus.FORBIDDEN, "This must be sent from a page of this service.")
    if not PUBLIC_ID.fullmatch(public_id):
        raise NoSuchFiguresError
    return None


async def _of_company(request: Request) -> dict[str, Any]:
    actor = await caller_of(request)
    return {"actor": actor, "organisation_id": actor.organisation_id, "now": clock()}


def _facts(facts: dict[str, str]) -> Response:
    return Response(json.dumps(facts), media_type="application/json")
