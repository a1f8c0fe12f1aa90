import asyncio
import json
from datetime import timedelta

import pytest
from sqlmodel import func, select

from state.domain.permissions import Capacity
from state.persistence.models.api_clients import ApiAnswerRow
from state.persistence.models.change import ChangeRow
from state.persistence.models.organisation import ContactRow
from state.persistence.transaction import reading, transaction
from state.services import change_decisions, change_views
from tests.api import asking_as
from tests.programs import made_program
from tests.unit.kinnect_app.api.conftest import now, told

RENAMED = {
    "kind": "contact",
    "action": "change",
    "subject": "contact-alpha",
    "values": {"name": "Carla of ALPHA"},
}
READ = {"If-Match": '"v1"'}
ACCOUNT = {
    "kind": "bank_account",
    "action": "add",
    "subject": "trading_charges",
    "values": {
        "country": "GB",
        "account_name": "ALPHA ENERGY LTD",
        "sort_code": "08-99-99",
        "account_number": "66374958",
    },
    "reason": "We changed banks",
}


def changes() -> int:
    with reading() as session:
        return session.exec(select(func.count()).select_from(ChangeRow)).one()


def pointers(answer) -> set[str]:
    return {one["pointer"] for one in told(answer)["errors"]}


async def test_a_program_prepares_and_sends_and_a_person_approves(erp, market) -> None:
    made = await erp.post("/registry/changes", json=RENAMED, headers=READ)
    assert made.status_code == 201
    draft = told(made)
    assert draft["status"] == "draft"
    assert [one["after"] for one in draft["fields"]] == ["Carla of ALPHA"]
    sent = await erp.post(f"/registry/changes/{draft['id']}/submit")
    assert told(sent)["status"] == "awaiting_approval"
    amy = market.acting("amy", "ALPHA", Capacity.CATEGORY_A, "A")
    where = {
        "actor": amy,
        "organisation_id": market.organisations["ALPHA"],
        "public_id": draft["id"],
    }
    view = change_views.change_to_see(**where)
    change_decisions.approve_change(**where, digest=view.digest, now=now())
    after = told(await erp.get(f"/registry/changes/{draft['id']}"))
    assert (after["status"], after["decisions"][0]["who"]) == ("applied", "Amy")
    stale = await erp.post("/registry/changes", json=RENAMED, headers=READ)
    assert stale.status_code == 412
    assert told(stale)["current"]["values"]["name"] == "Carla of ALPHA"
    assert stale.headers["etag"] == '"v2"'


async def test_a_dry_run_runs_every_check_and_writes_nothing(erp) -> None:
    good = await erp.post("/registry/changes?dry_run=true", json=RENAMED, headers=READ)
    assert (good.status_code, told(good)) == (200, {"would_be_accepted": True})
    bad = RENAMED | {"values": {"email": "nobody", "phone": "1"}, "effective_on": "2020-01-01"}
    refused = await erp.post("/registry/changes?dry_run=true", json=bad, headers=READ)
    assert refused.status_code == 422
    assert pointers(refused) == {"/values/email", "/values/phone", "/effective_on"}
    assert changes() == 0


async def test_a_bank_account_is_asked_for_whole_and_never_told_whole(erp) -> None:
    made = await erp.post("/registry/changes", json=ACCOUNT)
    assert made.status_code == 201, made.text
    assert "66374958" not in made.text
    assert any("4958" in one["after"] for one in told(made)["fields"])
    listed = await erp.get(f"/registry/changes/{told(made)['id']}")
    assert "66374958" not in listed.text
    wrong = ACCOUNT | {"values": ACCOUNT["values"] | {"account_number": "66374959"}}
    assert pointers(await erp.post("/registry/changes", json=wrong)) == {"/values/account_number"}


async def test_a_draft_is_taken_back_once(erp) -> None:
    draft = told(await erp.post("/registry/changes", json=RENAMED, headers=READ))
    gone = await erp.delete(f"/registry/changes/{draft['id']}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert (await erp.delete(f"/registry/changes/{draft['id']}")).status_code == 422
    assert told(await erp.get(f"/registry/changes/{draft['id']}"))["status"] == "withdrawn"
    assert (await erp.post(f"/registry/changes/{draft['id']}/submit")).status_code == 422


async def test_a_contact_begins_and_a_signatory_changes(erp) -> None:
    new = {
        "kind": "contact",
        "action": "add",
        "values": {
            "name": "Dora of ALPHA",
            "job_title": "Clerk",
            "email": "dora@alpha.example",
            "phone": "01632 960 001",
            "out_of_hours": "no",
            "purposes": "notices",
        },
    }
    assert (await erp.post("/registry/changes", json=new)).status_code == 201
    last = {"kind": "address", "action": "end", "subject": "address-alpha"}
    assert (await erp.post("/registry/changes", json=last, headers=READ)).status_code == 422
    signs = {
        "kind": "signatory",
        "action": "change",
        "subject": "p-nick",
        "values": {"categories": "N F"},
    }
    version = (await erp.get("/registry/signatories/p-nick")).headers["etag"]
    made = await erp.post("/registry/changes", json=signs, headers={"If-Match": version})
    assert made.status_code == 201, made.text


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (RENAMED | {"made_by": 1}, "/contact/made_by"),
        (RENAMED | {"kind": "reference"}, ""),
        (RENAMED | {"action": "approve"}, "/contact/action"),
        (RENAMED | {"subject": 7}, "/contact/subject"),
        (RENAMED | {"subject": "x' OR 1=1"}, "/contact/subject"),
        (RENAMED | {"effective_on": 1764000000}, "/contact/effective_on"),
        (RENAMED | {"effective_on": "tomorrow"}, "/contact/effective_on"),
        (RENAMED | {"reason": "x" * 501}, "/contact/reason"),
        (RENAMED | {"values": {"name": None}}, "/contact/values/name"),
        (RENAMED | {"values": ["name"]}, "/contact/values"),
        (RENAMED | {"reason": "a\u0000b"}, "/reason"),
        (RENAMED | {"values": {"name": "a\u0000b"}}, "/values/name"),
        (RENAMED | {"values": {"is_admin": "yes"}}, "/values/is_admin"),
        (RENAMED | {"values": {"name": "x" * 3000}}, "/values/name"),
        (RENAMED | {"subject": ""}, "/subject"),
        (RENAMED | {"action": "add"}, "/subject"),
        (ACCOUNT | {"subject": "pocket_money"}, "/subject"),
        ([], ""),
        ("contact", ""),
        (None, ""),
    ],
)
async def test_a_body_that_is_not_as_it_must_be_is_refused_by_its_place(erp, body, pointer) -> None:
    answer = await erp.post("/registry/changes", json=body, headers=READ)
    assert answer.status_code == 422, answer.text
    assert pointer in pointers(answer)
    assert changes() == 0


@pytest.mark.parametrize(
    "body",
    [
        b'{"kind": "contact", "kind": "company"}',
        b'{"kind": "contact", "values": {"name": NaN}}',
        b'{"kind": "contact", "values": {"name": Infinity}}',
        b"[" * 60_000,
        b'{"kind": ' + b"9" * 5_000 + b"}",
        b"\xff\xfe",
        b'{"kind": "contact", "action": "change", "subject": "\\ud800"}',
        b"",
        b"{",
    ],
)
async def test_a_body_with_two_meanings_or_none_is_refused(erp, body) -> None:
    answer = await erp.post(
        "/registry/changes", content=body, headers=READ | {"Content-Type": "application/json"}
    )
    assert answer.status_code == 422, answer.text
    assert changes() == 0


async def test_a_body_as_large_as_that_is_refused(erp) -> None:
    answer = await erp.post(
        "/registry/changes", content=b" " * 1_000_000, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("subject", ["contact-beta", "nobody"])
async def test_another_companys_record_is_like_none(erp, subject) -> None:
    asked = RENAMED | {"subject": subject}
    answer = await erp.post("/registry/changes", json=asked, headers=READ)
    assert answer.status_code == 404


async def test_a_change_begins_from_what_was_read(erp) -> None:
    assert (await erp.post("/registry/changes", json=RENAMED)).status_code == 428
    for tag in ("*", "v1", 'W/"v1"', '"v1", "v2"', '"x"'):
        answer = await erp.post("/registry/changes", json=RENAMED, headers={"If-Match": tag})
        assert answer.status_code == 400, tag


async def test_who_only_reads_changes_nothing(app, market) -> None:
    program = made_program(market, now=now())
    async with asking_as(app, program, "registry:read", now=now()) as client:
        answer = await client.post("/registry/changes", json=RENAMED, headers=READ)
    assert answer.status_code == 403
    assert changes() == 0


async def test_another_programs_change_is_left_alone(app, market, erp) -> None:
    draft = told(await erp.post("/registry/changes", json=RENAMED, headers=READ))
    async with asking_as(app, made_program(market, name="CRM", now=now()), now=now()) as crm:
        assert (await crm.post(f"/registry/changes/{draft['id']}/submit")).status_code == 404
        assert (await crm.delete(f"/registry/changes/{draft['id']}")).status_code == 404


async def test_the_same_key_brings_the_same_answer_and_another_body_is_refused(erp) -> None:
    keyed = READ | {"Idempotency-Key": "17"}
    first = await erp.post("/registry/changes", json=RENAMED, headers=keyed)
    second = await erp.post("/registry/changes", json=RENAMED, headers=keyed)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert second.headers["idempotent-replayed"] == "true"
    assert changes() == 1
    other = await erp.post("/registry/changes", json=RENAMED | {"reason": "Wrong"}, headers=keyed)
    assert other.status_code == 422
    assert "Idempotency-Key" in told(other)["detail"]
    with transaction() as session:
        row = session.exec(select(ApiAnswerRow)).one()
        row.created_at -= timedelta(hours=24)
        session.add(row)
    await erp.post("/registry/changes", json=RENAMED, headers=keyed)
    assert changes() == 2


async def test_what_was_refused_leaves_the_key_free(erp) -> None:
    keyed = READ | {"Idempotency-Key": "18"}
    bad = RENAMED | {"values": {"email": "x"}}
    assert (await erp.post("/registry/changes", json=bad, headers=keyed)).status_code == 422
    assert (await erp.post("/registry/changes", json=RENAMED, headers=keyed)).status_code == 201


async def test_twenty_four_racing_requests_have_one_effect(erp) -> None:
    keyed = READ | {"Idempotency-Key": "race"}
    answers = await asyncio.gather(
        *(erp.post("/registry/changes", json=RENAMED, headers=keyed) for _ in range(24))
    )
    assert {one.status_code for one in answers} == {201}
    assert len({json.loads(one.content)["id"] for one in answers}) == 1
    assert changes() == 1


async def test_of_two_programs_that_read_the_same_one_meets_the_other(erp, market) -> None:
    with transaction() as session:
        row = session.exec(select(ContactRow).where(ContactRow.public_id == "contact-alpha")).one()
        row.row_version += 1
        session.add(row)
    answer = await erp.post("/registry/changes", json=RENAMED, headers=READ)
    assert answer.status_code == 412
    assert changes() == 0
