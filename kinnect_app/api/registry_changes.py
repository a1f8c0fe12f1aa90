"""Changes that a program asks for: checked, kept as a draft, sent on, taken back."""

import hashlib
import re
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Body, Header, Query, Request, Response

from kinnect_app.api import registry_models as told
from kinnect_app.api.problems import BadRequestError, Fault
from kinnect_app.api.registry import PREFIX, RecordId, sent
from kinnect_app.api.registry_asked import AskedBody
from kinnect_app.api.registry_caller import Writer
from kinnect_app.api.registry_route import EVERYWHERE, ProgramRoute, problems
from state.domain.changes import ChangeAction, ChangeKind
from state.domain.program_changes import AskedChange
from state.services.api_answers import KeptAnswer, RequestKey, answered_once
from state.services.api_tokens import ProgramHere
from state.services.registry import ask_change, send_change, take_back_change
from state.ui.session import ask, clock

_VERSION: Final = re.compile(r'"v([1-9][0-9]{0,8})"')

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,80}$",
        description="The same key and request bring the same answer, for 24 hours.",
    ),
]
"""A key of the program's own choice."""

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=80, description="The ETag of the record as it was read."),
]
"""Which version of the record was read."""

router = APIRouter(
    prefix=f"{PREFIX}/changes",
    tags=["registry"],
    route_class=ProgramRoute,
    responses=EVERYWHERE | problems(HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
)


@router.post(
    "",
    status_code=201,
    response_model=told.Change,
    responses=problems(HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)
    | {200: {"model": told.Checked, "description": "Checked alone; nothing was written."}},
)
async def ask_for_change(  # what it is, who asks, and how
    request: Request,
    here: Writer,
    body: Annotated[AskedBody, Body()],
    dry_run: Annotated[bool, Query(description="Run every check and write nothing.")] = False,  # noqa: FBT002
    key: Key = None,
    if_match: IfMatch = None,
) -> Response:
    """Prepare a change. It counts once it is submitted and a person has approved it.

    What is left out of the values stays as it is, but for a bank account, which is given whole.
    """
    asked = _asked(body, if_match)
    prepare = partial(
        ask_change,
        actor=here.actor,
        organisation_id=here.organisation_id,
        asked=asked,
        only_check=dry_run,
        now=clock(),
    )
    if dry_run:
        await ask(prepare)
        return sent(told.Checked())
    return await once_for(request, here, key, lambda: _kept(prepare(), HTTPStatus.CREATED))


@router.post("/{id}/submit", response_model=told.Change)
async def submit(
    request: Request,
    here: Writer,
    id: RecordId,  # noqa: A002
    key: Key = None,
) -> Response:
    """Send a draft of the program's on to the people who approve it."""
    send = partial(
        send_change,
        actor=here.actor,
        organisation_id=here.organisation_id,
        public_id=id,
        now=clock(),
    )
    return await once_for(request, here, key, lambda: _kept(send(), HTTPStatus.OK))


@router.delete("/{id}", status_code=204, response_class=Response)
async def withdraw(here: Writer, id: RecordId) -> Response:  # noqa: A002
    """Take back a change of the program's that has not counted yet."""
    await ask(
        take_back_change,
        actor=here.actor,
        organisation_id=here.organisation_id,
        public_id=id,
        now=clock(),
    )
    return Response(status_code=int(HTTPStatus.NO_CONTENT))


def _asked(body: AskedBody, if_match: str | None) -> AskedChange:
    return AskedChange(
        kind=ChangeKind(body.kind),
        action=ChangeAction(body.action),
        subject=body.subject,
        values=body.values,
        effective_on=body.effective_on,
        reason=body.reason,
        version=_version(if_match),
    )


def _version(if_match: str | None) -> int | None:
    if not if_match:
        return None
    found = _VERSION.fullmatch(if_match.strip())
    if found is None:
        raise BadRequestError([Fault("If-Match", "Send one ETag of a record, as it was given.")])
    return int(found[1])


def _kept(view: object, status: HTTPStatus) -> KeptAnswer:
    return KeptAnswer(int(status), told.change_body(view).model_dump_json())  # type: ignore[arg-type]


async def once_for(
    request: Request, here: ProgramHere, key: str | None, do: Callable[[], KeptAnswer]
) -> Response:
    """Do it; with a key once, however often it is asked for."""
    if key is None:
        answer = await ask(do)
    else:
        body = await request.body()
        says = [request.method, str(request.url.path), request.url.query]
        says += [request.headers.get("if-match", ""), body.decode()]
        asked = RequestKey(here.row_id, key, hashlib.sha256("\n".join(says).encode()).hexdigest())
        where = {"actor": here.actor, "organisation_id": here.organisation_id}
        answer = await ask(answered_once, **where, asked=asked, do=do, now=clock())
    headers = {"Idempotent-Replayed": "true"} if answer.was_kept else {}
    return Response(answer.body, answer.status, headers, media_type="application/json")
