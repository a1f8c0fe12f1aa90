"""The public directory of participants, under `/api/v1/public`: no sign-in, no key."""

from http import HTTPStatus

from fastapi import APIRouter, Response

from kinnect_app.api import registry_models as told
from kinnect_app.api.cursor import Cursor, Limit, key_in, page_of
from kinnect_app.api.registry import sent
from kinnect_app.api.registry_route import OpenRoute, problems
from state.domain.actor import ANYONE
from state.services.participants import public_participants
from state.ui.session import ask, clock

router = APIRouter(prefix="/api/v1/public", tags=["public"], route_class=OpenRoute)


@router.get(
    "/participants",
    response_model=told.ParticipantPage,
    responses=problems(HTTPStatus.BAD_REQUEST, HTTPStatus.TOO_MANY_REQUESTS)
    | {304: {"description": "You have it already."}},
)
async def participants(limit: Limit = 100, cursor: Cursor = "") -> Response:
    """The companies that take part in the market, by Party Id."""
    after = key_in(cursor, "participants")
    found = await ask(public_participants, actor=ANYONE, after=after, most=limit + 1, now=clock())
    page, following = page_of(found, [one.party_id for one in found], limit, "participants")
    data = [
        told.Participant(
            party_id=one.party_id,
            system_name=one.system_name,
            status=one.status,
            country=one.country,
            roles=[told.DirectoryRole(code=role.code, name=role.name) for role in one.roles],
        )
        for one in page
    ]
    return sent(told.ParticipantPage(data=data, next_cursor=following))
