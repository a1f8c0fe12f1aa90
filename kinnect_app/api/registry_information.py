"""What the operator asks the company for, for its programs: they read it and answer in words."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from kinnect_app.api.cursor import Cursor, Limit, key_in, page_of
from kinnect_app.api.registry import PREFIX, RecordId, sent
from kinnect_app.api.registry_caller import Answerer
from kinnect_app.api.registry_changes import Key, once_for
from kinnect_app.api.registry_route import EVERYWHERE, ProgramRoute, problems
from state.domain.actor import NotAllowedError
from state.domain.information_requests import LONGEST_ANSWER
from state.services.api_answers import KeptAnswer
from state.services.api_tokens import ProgramHere
from state.services.information_answers import answer_request
from state.services.information_requests import (
    InformationRefusedError,
    RequestInFull,
    RequestLine,
    request_for_company,
    requests_of_company,
)
from state.ui.session import ask, clock

_OF = "information-requests"

router = APIRouter(
    prefix=f"{PREFIX}/information-requests",
    tags=["registry"],
    route_class=ProgramRoute,
    responses=EVERYWHERE | problems(HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
)


class InformationRequest(BaseModel):
    """A request for information in a list."""

    model_config = ConfigDict(extra="forbid")

    reference: str
    kind: Literal["commercial", "technical"]
    title: str
    due_on: date
    status: Literal["asked", "answered", "accepted", "withdrawn"]
    is_overdue: bool
    asked_at: datetime
    answered_at: datetime | None


class InformationRequestPage(BaseModel):
    """One page of requests, by their references."""

    data: list[InformationRequest]
    next_cursor: str | None = Field(description="Send it as cursor for what follows.")


class InformationStep(BaseModel):
    """What somebody did about a request, and what they said."""

    what: Literal["asked", "answered", "returned", "accepted", "withdrawn"]
    who: str
    said: str
    due_on: date | None
    at: datetime


class InformationFile(BaseModel):
    """A file of an answer; its content is fetched on the page."""

    id: str
    name: str
    bytes: int
    sha256: str
    sent_at: datetime | None


class InformationRequestDetail(InformationRequest):
    """A request with all that was said and sent."""

    text: str
    steps: list[InformationStep]
    files: list[InformationFile]


class AnswerBody(BaseModel):
    """An answer in words. Files that a person added on the page go with it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    answer: str = Field(min_length=1, max_length=LONGEST_ANSWER)


@router.get("", response_model=InformationRequestPage)
async def information_requests(here: Answerer, limit: Limit = 100, cursor: Cursor = "") -> Response:
    """What the operator asks the company for; `asked` waits for an answer."""
    after = key_in(cursor, _OF)
    found = await ask(requests_of_company, **_where(here), now=clock())
    in_order = sorted(
        (one for one in found if one.reference > after), key=lambda one: one.reference
    )
    page, following = page_of(in_order, [one.reference for one in in_order], limit, _OF)
    data = [InformationRequest(**_line(one)) for one in page]
    return sent(InformationRequestPage(data=data, next_cursor=following))


@router.get("/{reference}", response_model=InformationRequestDetail)
async def information_request(here: Answerer, reference: RecordId) -> Response:
    """One request: what is asked, what was said, and which files were sent."""
    return sent(_detail(await ask(_found, here=here, reference=reference)))


@router.post("/{reference}/answer", response_model=InformationRequestDetail)
async def answer(
    request: Request,
    here: Answerer,
    reference: RecordId,
    body: Annotated[AnswerBody, Body()],
    key: Key = None,
) -> Response:
    """Send the answer. The operator sees it at once, and accepts it or says what is missing."""

    def answered() -> KeptAnswer:
        _found(here=here, reference=reference)
        answer_request(**_where(here), reference=reference, text=body.answer, now=clock())
        said = _detail(_found(here=here, reference=reference)).model_dump_json()
        return KeptAnswer(int(HTTPStatus.OK), said)

    return await once_for(request, here, key, answered)


def _found(*, here: ProgramHere, reference: str) -> RequestInFull:
    try:
        return request_for_company(**_where(here), reference=reference, now=clock())
    except InformationRefusedError as none:
        raise NotAllowedError("There is no such request of the company.") from none


def _where(here: ProgramHere) -> dict[str, Any]:
    return {"actor": here.actor, "organisation_id": here.organisation_id}


def _line(one: RequestLine) -> dict[str, Any]:
    return {name: getattr(one, name) for name in InformationRequest.model_fields}


def _detail(found: RequestInFull) -> InformationRequestDetail:
    return InformationRequestDetail(
        **_line(found.line),
        text=found.text,
        steps=[
            InformationStep(
                what=one.what.value, who=one.who, said=one.said, due_on=one.due_on, at=one.at
            )
            for one in found.steps
        ],
        files=[
            InformationFile(
                id=one.public_id,
                name=one.name,
                bytes=one.bytes,
                sha256=one.sha256,
                sent_at=one.sent_at,
            )
            for one in found.files
        ],
    )
