"""What is shown once: to a page of ours, for who may see it, and kept by nobody."""

import pytest

from kinnect_app.settings import settings
from state.domain.actor import ANYONE
from state.services import webhooks
from state.services.choose_company import choose_company
from state.services.sessions import (
    DEVELOPMENT,
    DEVELOPMENT_ISSUER,
    WAYS_IN,
    Identity,
    begin_session,
    session_id_of,
    who_is_here,
)
from state.ui.session import clock
from tests.programs import ann, made_program
from tests.unit.kinnect_app.api.conftest import now, told


def signed_in(subject: str, company: str) -> dict[str, str]:
    identity = Identity(DEVELOPMENT_ISSUER, subject, DEVELOPMENT)
    secret = begin_session(actor=ANYONE, identity=identity, now=clock()).secret
    here = who_is_here(session_id=session_id_of(secret), now=clock())
    choose_company(actor=here.actor, public_id=company, now=clock())
    return {"Cookie": f"{settings().cookie}={secret}", "Origin": settings().origin}


@pytest.fixture
def doors(market, monkeypatch):
    monkeypatch.setattr(WAYS_IN, "development", True)
    where = {"actor": ann(market), "organisation_id": market.organisations["ALPHA"], "now": now()}
    hook = webhooks.add_webhook(
        **where, url="https://hooks.alpha.example/", events=["change.applied"]
    )
    program = made_program(market, now=now())
    return [f"/account/programs/{program.public_id}/secret", f"/account/webhooks/{hook}/secret"]


async def test_a_category_a_is_shown_a_secret_once(stranger, doors) -> None:
    for door, name in zip(doors, ("Secret, shown this once", "Signing secret"), strict=True):
        answer = await stranger.post(door, headers=signed_in("ann", "alpha"))
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert told(answer)[name]


async def test_nobody_else_is(stranger, doors) -> None:
    for door in doors:
        assert (await stranger.post(door)).status_code == 403
        ours = {"Origin": settings().origin}
        assert (await stranger.post(door, headers=ours)).status_code == 401
        for subject, company in (("al", "alpha"), ("ben", "beta")):
            answer = await stranger.post(door, headers=signed_in(subject, company))
            assert answer.status_code == 403
        foreign = signed_in("ann", "alpha") | {"Origin": "https://evil.example"}
        assert (await stranger.post(door, headers=foreign)).status_code == 403
        assert (await stranger.post(f"{door}/../x y/secret", headers=ours)).status_code in {
            401,
            404,
        }
