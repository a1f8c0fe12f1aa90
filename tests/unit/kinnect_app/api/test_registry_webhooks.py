import pytest

from tests.api import asking_as
from tests.programs import made_program
from tests.unit.kinnect_app.api.conftest import now, told

ASKED = {"url": "https://hooks.alpha.example/", "events": ["change.applied"]}


async def test_a_program_keeps_webhooks(erp) -> None:
    made = await erp.post("/registry/webhooks", json=ASKED)
    assert made.status_code == 201
    new = told(made)
    assert new["signing_secret"].startswith("whsec_")
    listed = await erp.get("/registry/webhooks")
    assert [one["id"] for one in told(listed)["data"]] == [new["id"]]
    assert new["signing_secret"] not in listed.text
    assert (await erp.post(f"/registry/webhooks/{new['id']}/ping")).status_code == 204
    assert (await erp.delete(f"/registry/webhooks/{new['id']}")).status_code == 204
    assert (await erp.delete(f"/registry/webhooks/{new['id']}")).status_code == 404


async def test_a_webhook_is_told_of_public_datasets(erp) -> None:
    asked = ASKED | {"events": ["dataset.published"], "datasets": ["DISEBSP", "FUELINST"]}
    assert (await erp.post("/registry/webhooks", json=asked)).status_code == 201
    [one] = told(await erp.get("/registry/webhooks"))["data"]
    assert one["datasets"] == ["generation_by_fuel", "system_prices"]
    other = asked | {"url": "https://hooks.alpha.example/2", "datasets": ["metered_volumes"]}
    refused = await erp.post("/registry/webhooks", json=other)
    assert refused.status_code == 422
    assert told(refused)["errors"][0]["pointer"] == "/datasets"


@pytest.mark.parametrize(
    "body",
    [
        ASKED | {"url": "https://127.0.0.1:22/"},
        ASKED | {"url": "http://hooks.alpha.example/"},
        ASKED | {"events": []},
        ASKED | {"events": ["change.made_up"]},
        ASKED | {"secret": "whsec_mine"},
    ],
)
async def test_a_webhook_that_cannot_be_is_refused(erp, body) -> None:
    assert (await erp.post("/registry/webhooks", json=body)).status_code == 422


async def test_without_the_scope_there_is_none(app, market) -> None:
    program = made_program(market, now=now())
    async with asking_as(app, program, "registry:write", now=now()) as client:
        assert (await client.post("/registry/webhooks", json=ASKED)).status_code == 403
