"""What is registered for a company, for its programs, under `/api/v1/registry`."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel

from kinnect_app.api import registry_models as told
from kinnect_app.api.cursor import Cursor, Limit, key_in, page_of
from kinnect_app.api.registry_caller import DirectoryReader, NoticeReader, Reader
from kinnect_app.api.registry_route import EVERYWHERE, ProgramRoute
from state.domain.changes import ChangeKind
from state.services import registered
from state.services.account import company_account
from state.services.api_tokens import ProgramHere
from state.services.change_views import change_to_see, changes_of
from state.services.notices import notices_about
from state.services.participants import participants_for_company
from state.services.registered import Entry
from state.services.registry import record_of
from state.ui.session import ask, clock

PREFIX: Final = "/api/v1/registry"
RecordId = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,40}$", description="An id of ours.")]
"""An id in a path."""

router = APIRouter(prefix=PREFIX, tags=["registry"], route_class=ProgramRoute, responses=EVERYWHERE)


@router.get("/organisation", response_model=told.Organisation)
async def organisation(here: Reader) -> Response:
    """The company that the program acts for."""
    found = await ask(company_account, **_where(here), now=clock())
    names = [name for name in told.Organisation.model_fields if name not in {"id", "party_ids"}]
    facts = {name: getattr(found, name) for name in names}
    return sent(told.Organisation(id=found.public_id, party_ids=list(found.party_ids), **facts))


@router.get("/roles", response_model=told.RoleList)
async def roles(here: Reader) -> Response:
    """The capacities in which the company takes part, with their dates."""
    found = await ask(company_account, **_where(here), now=clock())
    return sent(
        told.RoleList(
            data=[
                told.Role(code=one.code, name=one.name, since=one.since, until=one.until)
                for one in found.roles
            ]
        )
    )


@router.get("/contacts", response_model=told.RecordPage)
async def contacts(here: Reader, limit: Limit = 100, cursor: Cursor = "") -> Response:
    """Whom the operator speaks to at the company."""
    return await _listed(here, registered.contacts_of, "contacts", limit, cursor)


@router.get("/addresses", response_model=told.RecordPage)
async def addresses(here: Reader, limit: Limit = 100, cursor: Cursor = "") -> Response:
    """Where the company can be written to."""
    return await _listed(here, registered.addresses_of, "addresses", limit, cursor)


@router.get("/signatories", response_model=told.RecordPage)
async def signatories(here: Reader, limit: Limit = 100, cursor: Cursor = "") -> Response:
    """Who may sign for the company, and for what."""
    return await _listed(here, registered.signatories_of, "signatories", limit, cursor)


@router.get("/bank-accounts", response_model=told.RecordPage)
async def bank_accounts(here: Reader, limit: Limit = 100, cursor: Cursor = "") -> Response:
    """The company's bank accounts, their numbers masked."""
    return await _listed(here, registered.bank_accounts_of, "bank-accounts", limit, cursor)


@router.get("/organisation/details", response_model=told.RecordDetail)
async def organisation_details(here: Reader) -> Response:
    """What the company may change of itself; begin a change from its ETag."""
    return await _record(here, ChangeKind.COMPANY, here.organisation_public_id)


@router.get("/contacts/{id}", response_model=told.RecordDetail)
async def contact(here: Reader, id: RecordId) -> Response:  # noqa: A002  # its name in the path
    """One contact; begin a change from its ETag."""
    return await _record(here, ChangeKind.CONTACT, id)


@router.get("/addresses/{id}", response_model=told.RecordDetail)
async def address(here: Reader, id: RecordId) -> Response:  # noqa: A002
    """One address; begin a change from its ETag."""
    return await _record(here, ChangeKind.ADDRESS, id)


@router.get("/signatories/{id}", response_model=told.RecordDetail)
async def signatory(here: Reader, id: RecordId) -> Response:  # noqa: A002
    """What one colleague signs for; begin a change from its ETag."""
    return await _record(here, ChangeKind.SIGNATORY, id)


@router.get("/bank-accounts/{purpose}", response_model=told.RecordDetail)
async def bank_account(here: Reader, purpose: RecordId) -> Response:
    """The account in use for a purpose, its numbers masked; begin a change from its ETag."""
    return await _record(here, ChangeKind.BANK_ACCOUNT, purpose)


@router.get("/changes", response_model=told.ChangePage)
async def changes(here: Reader, limit: Limit = 100, cursor: Cursor = "") -> Response:
    """The company's changes, the newest first."""
    before = key_in(cursor, "changes")
    found = await ask(changes_of, **_where(here), before=before, most=limit + 1)
    page, following = page_of(found, [one.public_id for one in found], limit, "changes")
    summaries = [told.ChangeSummary(**told.change_summary(one)) for one in page]
    return sent(told.ChangePage(data=summaries, next_cursor=following))


@router.get("/changes/{id}", response_model=told.Change)
async def change(here: Reader, id: RecordId) -> Response:  # noqa: A002
    """One change as it stands: what differs, and who decided what."""
    return sent(told.change_body(await ask(change_to_see, **_where(here), public_id=id)))


@router.get("/notices", response_model=told.NoticePage)
async def notices(here: NoticeReader, limit: Limit = 100, cursor: Cursor = "") -> Response:
    """What the program's maker was told about the company, the newest first."""
    before = key_in(cursor, "notices")
    found = await ask(notices_about, **_where(here), before=before, most=limit + 1)
    page, following = page_of(found, [one.public_id for one in found], limit, "notices")
    data = [
        told.Notice(
            id=one.public_id,
            title=one.title,
            sentence=one.sentence,
            link=one.link,
            at=one.created_at,
            is_read=one.is_read,
        )
        for one in page
    ]
    return sent(told.NoticePage(data=data, next_cursor=following))


@router.get("/participants", response_model=told.DatedParticipantPage)
async def participants(here: DirectoryReader, limit: Limit = 100, cursor: Cursor = "") -> Response:
    """The directory of participants, with the dates of their roles."""
    after = key_in(cursor, "participants")
    where = {**_where(here), "after": after, "most": limit + 1, "now": clock()}
    found = await ask(participants_for_company, **where)
    page, following = page_of(found, [one.party_id for one in found], limit, "participants")
    data = [
        told.DatedParticipant(
            party_id=one.party_id,
            system_name=one.system_name,
            status=one.status,
            country=one.country,
            roles=[
                told.DatedRole(code=role.code, name=role.name, since=role.since, until=role.until)
                for role in one.roles
            ],
        )
        for one in page
    ]
    return sent(told.DatedParticipantPage(data=data, next_cursor=following))


def sent(model: BaseModel, status: int = 200) -> Response:
    """A model as an answer."""
    return Response(model.model_dump_json(), status_code=status, media_type="application/json")


def _where(here: ProgramHere) -> dict[str, Any]:
    return {"actor": here.actor, "organisation_id": here.organisation_id}


async def _listed(
    here: ProgramHere,
    service: Callable[..., tuple[Entry, ...]],
    of: str,
    limit: int,
    cursor: str,
) -> Response:
    """By what never changes of a record, so that what is added moves nothing between pages."""
    after = key_in(cursor, of)
    found = await ask(service, **_where(here), now=clock())
    in_order = sorted((one for one in found if _key(one) > after), key=_key)
    page, following = page_of(in_order, [_key(one) for one in in_order], limit, of)
    data = [
        told.ListedRecord(
            id=one.public_id,
            state=one.tab.value,
            title=one.title,
            since=one.since,
            until=one.until,
            words=dict(one.words),
            review_due_on=one.review_due_on,
            waits=one.waits,
        )
        for one in page
    ]
    return sent(told.RecordPage(data=data, next_cursor=following))


def _key(one: Entry) -> str:
    return f"{one.public_id}:{one.tab.value}"


async def _record(here: ProgramHere, kind: ChangeKind, subject: str) -> Response:
    found = await ask(record_of, **_where(here), kind=kind, subject=subject)
    answer = sent(told.RecordDetail.model_validate(told.record_body(found)))
    answer.headers["ETag"] = f'"v{found.version}"'
    return answer
