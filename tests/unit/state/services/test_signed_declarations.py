from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE
from state.domain.director_declaration import digest_of_text
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.proofs import DirectorDeclarationRow, RegisterCheckRow
from state.persistence.transaction import reading, transaction
from state.services import signed_declarations
from state.services.director_declarations import DeclarationRefusedError
from tests.declared import SIGNED, asked, prepared, secret_of, signed, without_category_a
from tests.invited import events, notices_of
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    made = tiny_market()
    without_category_a(made)
    asked(made, prepared(made))
    return made


@pytest.fixture
def secret(market) -> str:
    return secret_of("declaration")


def shown(public_id, *, now=NOW):
    return signed_declarations.declaration_to_sign(actor=ANYONE, public_id=public_id, now=now)


def row() -> DirectorDeclarationRow:
    with reading() as session:
        return session.exec(select(DirectorDeclarationRow)).one()


def test_what_is_signed_is_what_was_shown(secret) -> None:
    public_id = signed_declarations.open_declaration(actor=ANYONE, secret=secret)
    page = shown(public_id)
    assert page.company == "BETA ENERGY LTD"
    assert any("Dora First" in line for line in page.declared)
    assert digest_of_text("\n".join(page.declared)) == page.digest
    assert signed(secret) == public_id
    held = row()
    assert (held.status, held.signed_name, held.answered_at) == ("signed", "Ngozi Okonjo", NOW)
    assert held.digest == page.digest
    assert held.secret_hash is None
    assert events()[-1] == "declaration.signed"


def test_a_link_signs_once(secret) -> None:
    signed(secret)
    assert signed_declarations.open_declaration(actor=ANYONE, secret=secret) is None
    with pytest.raises(DeclarationRefusedError, match="any more"):
        signed(secret)
    assert events().count("declaration.signed") == 1


@pytest.mark.parametrize("secret_given", ["", "x" * 43])
def test_no_other_secret_opens_anything(market, secret_given) -> None:
    assert signed_declarations.open_declaration(actor=ANYONE, secret=secret_given) is None
    with pytest.raises(DeclarationRefusedError):
        signed(secret_given)
    assert shown("none") is None


def test_after_its_time_it_cannot_be_signed(secret) -> None:
    late = NOW + timedelta(days=14)
    assert shown(row().public_id, now=late).status == "expired"
    with pytest.raises(DeclarationRefusedError, match="any more"):
        signed(secret, now=late)


def test_another_text_is_not_signed(secret) -> None:
    with pytest.raises(DeclarationRefusedError, match="another text"):
        signed_declarations.sign_declaration(
            actor=ANYONE, secret=secret, digest="0" * 64, signature=SIGNED, now=NOW
        )
    assert row().status == "asked"


def test_what_is_no_signature_is_refused_before_and_at_the_door(secret) -> None:
    bad = replace(SIGNED, name="Dora First", is_confirmed=False)
    with pytest.raises(DeclarationRefusedError) as refused:
        signed_declarations.check_signature(
            actor=ANYONE, public_id=row().public_id, signature=bad, now=NOW
        )
    assert [reason.field for reason in refused.value.reasons] == ["signed_name", "confirmed"]
    with pytest.raises(DeclarationRefusedError):
        signed(secret, bad)
    signed_declarations.check_signature(
        actor=ANYONE, public_id=row().public_id, signature=SIGNED, now=NOW
    )


def test_a_director_may_say_no_and_staff_are_told(market, secret) -> None:
    signed_declarations.refuse_declaration(
        actor=ANYONE, secret=secret, comment=" I do not know her. ", now=NOW
    )
    assert (row().status, row().comment) == ("refused", "I do not know her.")
    for who in ("stella", "peter"):
        assert "director.refused" in notices_of(market.people[who])
    with pytest.raises(DeclarationRefusedError):
        signed(secret)


def test_a_company_of_no_register_is_for_people_to_look_at(market, secret) -> None:
    with transaction() as session:
        for company in session.exec(select(OrganisationRow)):
            company.country = "France"
            session.add(company)
    signed(secret)
    with reading() as session:
        check = session.exec(select(RegisterCheckRow)).one()
    assert (check.status, check.code, check.next_try_at) == ("manual", "not_in_register", None)
    assert check.born_year is None
    assert "director.not_verified" in notices_of(market.people["peter"])
