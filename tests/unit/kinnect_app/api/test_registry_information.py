import pytest

from state.domain.permissions import StaffRole
from state.services.information_requests import request_for_staff
from tests.api import asking_as
from tests.asked import ask_alpha
from tests.programs import made_program
from tests.unit.kinnect_app.api.conftest import now, told

PATH = "/registry/information-requests"
KEYED = {"Idempotency-Key": "one"}


@pytest.fixture
def stella(market):
    return market.staff("stella", StaffRole.MARKET_ENTRY)


async def test_a_program_reads_what_is_asked_and_answers_it_once(erp, stella) -> None:
    first, second = (ask_alpha(stella, now=now()) for _ in range(2))
    page = told(await erp.get(PATH, params={"limit": 1}))
    assert [one["reference"] for one in page["data"]] == [first]
    after = told(await erp.get(PATH, params={"cursor": page["next_cursor"]}))
    assert [one["reference"] for one in after["data"]] == [second]
    assert told(await erp.get(f"{PATH}/{first}"))["text"] == "Send us the diagram of the site."
    said = {"answer": "We have none."}
    for _ in range(2):
        sent = await erp.post(f"{PATH}/{first}/answer", json=said, headers=KEYED)
        assert (sent.status_code, told(sent)["status"]) == (200, "answered")
    again = await erp.post(f"{PATH}/{first}/answer", json=said)
    assert again.status_code == 422
    assert "it is answered" in told(again)["errors"][0]["detail"]
    step = request_for_staff(actor=stella, reference=first, now=now()).steps[-1]
    assert (step.said, step.who) == (
        "We have none.",
        "Ann of ALPHA ENERGY LTD, by program ERP,",
    )


async def test_what_another_company_is_asked_is_not_there(erp, stella) -> None:
    reference = ask_alpha(stella, company="beta", now=now())
    assert told(await erp.get(PATH))["data"] == []
    assert (await erp.get(f"{PATH}/{reference}")).status_code == 404
    answer = await erp.post(f"{PATH}/{reference}/answer", json={"answer": "Ours."})
    assert answer.status_code == 404
    assert request_for_staff(actor=stella, reference=reference, now=now()).line.status == "asked"


@pytest.mark.parametrize("body", [{}, {"answer": ""}, {"answer": "x" * 4_001}, {"answer": 1}])
async def test_what_is_no_answer_is_refused_at_its_place(erp, stella, body) -> None:
    reference = ask_alpha(stella, now=now())
    refused = await erp.post(f"{PATH}/{reference}/answer", json=body)
    assert refused.status_code == 422
    assert [one["pointer"] for one in told(refused)["errors"]] == ["/answer"]


async def test_a_program_without_the_scope_reads_nothing(market, app) -> None:
    program = made_program(market, now=now())
    async with asking_as(app, program, "registry:read", now=now()) as client:
        assert (await client.get(PATH)).status_code == 403
