import pytest
from sqlmodel import select
from starlette.requests import Request

from kinnect_app.identity import identity_check_doors as doors
from state.persistence.models.proofs import IdentityCheckRow
from state.persistence.transaction import reading
from tests.market import NOW, tiny_market
from tests.proving import asked_to_prove, expressed


def coming(secret: str = "") -> Request:
    headers = [(b"cookie", f"kinnect_identity={secret}".encode())] if secret else []
    return Request({"type": "http", "headers": headers, "client": ("10.0.0.1", 1)})


@pytest.fixture
def secret(database, monkeypatch) -> str:
    monkeypatch.setattr(doors, "clock", lambda: NOW)
    return asked_to_prove(tiny_market(), expressed())


def row() -> IdentityCheckRow:
    with reading() as session:
        return session.exec(select(IdentityCheckRow)).one()


async def test_there_to_the_provider_and_back(secret) -> None:
    opened = await doors.open_link(coming(), secret)
    assert opened.headers["location"] == f"/identity-check/?check={row().public_id}"
    assert "HttpOnly" in opened.headers["set-cookie"]
    away = await doors.begin(coming(secret))
    assert away.headers["location"].endswith("/auth/identity-return")
    home = await doors.come_back(coming(secret))
    assert home.headers["location"] == f"/identity-check/?check={row().public_id}"
    assert 'kinnect_identity=""' in home.headers["set-cookie"]
    assert row().status == "verified"


async def test_who_comes_back_without_having_begun_is_verified_by_nothing(secret) -> None:
    home = await doors.come_back(coming(secret))
    assert home.headers["location"] == f"/identity-check/?check={row().public_id}"
    assert row().status == "asked"


@pytest.mark.parametrize("held", ["", "another"])
async def test_without_the_links_secret_nothing_begins(secret, held) -> None:
    for door in (doors.begin, doors.come_back):
        answered = await door(coming(held))
        assert answered.headers["location"] == "/identity-check/?why=unknown"
    opened = await doors.open_link(coming(), "another")
    assert opened.headers["location"] == "/identity-check/?why=unknown"
    assert row().provider_reference == ""


async def test_where_no_provider_is_staff_check_by_hand(secret, monkeypatch) -> None:
    monkeypatch.setattr(doors, "identity_provider", lambda: None)
    answered = await doors.begin(coming(secret))
    assert answered.headers["location"] == "/identity-check/?why=by-hand"


async def test_links_are_not_tried_for_ever(secret, monkeypatch) -> None:
    monkeypatch.setattr(doors, "too_many_forms", lambda _client: True)
    for answered in (await doors.open_link(coming(), secret), await doors.begin(coming(secret))):
        assert answered.headers["location"] == "/identity-check/?why=often"
