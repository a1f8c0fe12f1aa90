"""Webhooks of the company, kept by its programs."""

from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from kinnect_app.api.registry import PREFIX, RecordId, sent
from kinnect_app.api.registry_caller import WebhookKeeper
from kinnect_app.api.registry_route import EVERYWHERE, ProgramRoute, problems
from state.domain.webhooks import ALL_EVENTS
from state.services.api_tokens import ProgramHere
from state.services.webhooks import (
    Webhook,
    add_webhook,
    end_webhook,
    ping_webhook,
    signing_secret,
    webhooks_of,
)
from state.ui.session import ask, clock

_STRICT: Final = ConfigDict(extra="forbid", strict=True)
_MOST_DATASETS: Final = 150
_EVENTS: Final = {"items": {"type": "string", "enum": list(ALL_EVENTS)}}


class WebhookAsked(BaseModel):
    """An address, and what it is told of: of which events, and of which public datasets."""

    model_config = _STRICT

    url: str = Field(max_length=400, description="It begins with https://.")
    events: list[str] = Field(
        min_length=1,
        max_length=len(ALL_EVENTS),
        json_schema_extra=_EVENTS,  # type: ignore[arg-type]
    )
    datasets: list[str] = Field(
        default=[],
        max_length=_MOST_DATASETS,
        description="Names or codes of public datasets; each time rows of one have come, the "
        "address is told dataset.published.",
    )


class WebhookTold(BaseModel):
    """A webhook as it stands."""

    model_config = _STRICT

    id: str
    url: str
    events: list[str]
    datasets: list[str]
    failing_since: datetime | None
    disabled_at: datetime | None


class NewWebhook(BaseModel):
    """A webhook that was added, with what checks its signatures: told this once."""

    model_config = _STRICT

    id: str
    signing_secret: str


class WebhookList(BaseModel):
    """The company's webhooks."""

    model_config = _STRICT

    data: list[WebhookTold]


router = APIRouter(
    prefix=f"{PREFIX}/webhooks",
    tags=["registry"],
    route_class=ProgramRoute,
    responses=EVERYWHERE | problems(HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
)


@router.get("", response_model=WebhookList)
async def webhooks(here: WebhookKeeper) -> Response:
    """The addresses that are told of changes."""
    found = await ask(webhooks_of, **_where(here))
    return sent(WebhookList(data=[_told(one) for one in found]))


@router.post("", status_code=201, response_model=NewWebhook)
async def add(here: WebhookKeeper, body: WebhookAsked) -> Response:
    """Tell an address of changes from now on."""
    where = {**_where(here), "now": clock()}
    public_id = await ask(add_webhook, **where, **body.model_dump())
    shown = await ask(signing_secret, **where, public_id=public_id)
    return sent(NewWebhook(id=public_id, signing_secret=shown.secret), int(HTTPStatus.CREATED))


@router.post("/{id}/ping", status_code=204, response_class=Response)
async def ping(here: WebhookKeeper, id: RecordId) -> Response:  # noqa: A002
    """Send a test to an address; one that was switched off is tried again."""
    return await _done(partial(ping_webhook, **_where(here), public_id=id, now=clock()))


@router.delete("/{id}", status_code=204, response_class=Response)
async def end(here: WebhookKeeper, id: RecordId) -> Response:  # noqa: A002
    """Tell an address nothing any more."""
    return await _done(partial(end_webhook, **_where(here), public_id=id, now=clock()))


async def _done(service: partial[Any]) -> Response:
    await ask(service)
    return Response(status_code=int(HTTPStatus.NO_CONTENT))


def _where(here: ProgramHere) -> dict[str, Any]:
    return {"actor": here.actor, "organisation_id": here.organisation_id}


def _told(one: Webhook) -> WebhookTold:
    return WebhookTold(
        id=one.public_id,
        url=one.url,
        events=list(one.events),
        datasets=list(one.datasets),
        failing_since=one.failing_since,
        disabled_at=one.disabled_at,
    )
