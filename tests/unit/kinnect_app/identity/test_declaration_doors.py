import pytest
from sqlmodel import select
from starlette.requests import Request

from kinnect_app.identity import declaration_doors as doors
from state.domain.actor import ANYONE
from state.persistence.models.proofs import DirectorDeclarationRow
from state.persistence.transaction import reading
from state.services import signed_declarations
from tests.declared import asked, prepared, secret_of, without_category_a
from tests.market import NOW, tiny_market

SIGNED = "decision=sign&signed_name=Ngozi+Okonjo&born_month=4&born_year=1975&digest="


def sent(secret: str = "", body: str = "") -> Request:
    async def receive():
        return {"type": "http.request", "body": body.encode(), "more_body": False}

    headers = [(b"content-type", b"application/x-www-form-urlencoded")]
    if secret:
        headers.append((b"cookie", f"kinnect_declaration={secret}".encode()))
    scope = {"type": "http", "method": "POST", "headers": headers, "client": ("10.0.0.1", 1)}
    return Request(scope, receive)


@pytest.fixture
def secret(database, monkeypatch) -> str:
    monkeypatch.setattr(doors, "clock", lambda: NOW)
    market = tiny_market()
    without_category_a(market)
    asked(market, prepared(market))
    return secret_of("declaration")


def row() -> DirectorDeclarationRow:
    with reading() as session:
        return session.exec(select(DirectorDeclarationRow)).one()


def digest_of(secret: str) -> str:
    public_id = signed_declarations.open_declaration(actor=ANYONE, secret=secret)
    shown = signed_declarations.declaration_to_sign(actor=ANYONE, public_id=public_id, now=NOW)
    return shown.digest


async def test_the_link_leaves_its_secret_in_a_cookie_of_the_doors_alone(secret) -> None:
    answered = await doors.open_link(sent(), secret)
    assert answered.headers["location"] == f"/declaration/?declaration={row().public_id}"
    cookie = answered.headers["set-cookie"]
    for part in (f"kinnect_declaration={secret};", "HttpOnly", "Path=/auth", "SameSite=lax"):
        assert part in cookie
    assert row().status == "asked"  # opening uses nothing up: mail scanners open links too


async def test_a_link_of_nothing_leaves_no_cookie(secret) -> None:
    answered = await doors.open_link(sent(), "nothing")
    assert answered.headers["location"] == "/declaration/?why=unknown"
    assert "set-cookie" not in answered.headers


async def test_what_was_shown_is_signed_and_the_cookie_is_gone(secret) -> None:
    answered = await doors.answer(sent(secret, SIGNED + digest_of(secret)))
    assert answered.headers["location"] == f"/declaration/?declaration={row().public_id}"
    assert 'kinnect_declaration=""' in answered.headers["set-cookie"]
    assert row().status == "signed"


async def test_a_director_says_no(secret) -> None:
    await doors.answer(sent(secret, "decision=refuse"))
    assert row().status == "refused"


@pytest.mark.parametrize("has_cookie", [True, False])
async def test_without_the_cookie_or_with_another_text_nothing_is_signed(
    secret, has_cookie
) -> None:
    """Who knows only the id of the page, as from a history, can sign nothing."""
    digest = "0" * 64 if has_cookie else digest_of(secret)
    answered = await doors.answer(sent(secret if has_cookie else "", SIGNED + digest))
    assert "why=wrong" in answered.headers["location"]
    assert row().status == "asked"


async def test_nothing_is_signed_without_saying_so(secret) -> None:
    body = (SIGNED + digest_of(secret)).replace("decision=sign&", "")
    await doors.answer(sent(secret, body))
    assert row().status == "asked"


async def test_secrets_are_not_tried_for_ever(secret, monkeypatch) -> None:
    monkeypatch.setattr(doors, "too_many_forms", lambda _client: True)
    answered = await doors.open_link(sent(), secret)
    assert answered.headers["location"] == "/declaration/?why=often"
