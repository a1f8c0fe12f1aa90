from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, NotAllowedError
from state.domain.invitations import InvitationStatus
from state.domain.permissions import StaffRole
from state.persistence.models.invitations import InvitationRow
from state.persistence.models.notices import OutboxMailRow
from state.persistence.models.proofs import DirectorDeclarationRow
from state.persistence.transaction import reading
from state.services import company_access, director_declarations, signed_declarations
from state.services.director_declarations import DeclarationRefusedError
from tests.declared import (
    NGOZI,
    asked,
    peter,
    prepared,
    secret_of,
    signed,
    stella,
    without_category_a,
)
from tests.invited import events
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    made = tiny_market()
    without_category_a(made)
    return made


def seen(market, invitation, *, now=NOW):
    return director_declarations.invitation_to_declare(
        actor=peter(market), company="beta", invitation=invitation, now=now
    )


def test_a_director_is_asked_by_another_of_staff_and_gets_a_link(market) -> None:
    invitation = prepared(market)
    with pytest.raises(DeclarationRefusedError, match="Another of us"):
        asked(market, invitation, actor=stella(market))
    with pytest.raises(NotAllowedError):
        asked(market, invitation, actor=market.staff("otto", StaffRole.AUDITOR))
    public_id = asked(market, invitation)
    secret = secret_of("declaration")
    assert len(secret) == 43
    with reading() as session:
        row = session.exec(select(DirectorDeclarationRow)).one()
        mail = session.exec(
            select(OutboxMailRow).where(OutboxMailRow.key == "director.request")
        ).one()
        waits = session.exec(select(InvitationRow.status)).one()
    assert row.public_id == public_id
    assert secret not in (row.secret_hash or "")
    assert row.expires_at == NOW + timedelta(days=14)
    assert mail.address == "ngozi@beta.example"
    assert "Dora" not in mail.body  # who is named is read behind the link
    assert waits == InvitationStatus.DRAFT
    assert events()[-1] == "declaration.asked"


def test_everything_wrong_with_who_is_asked_is_said_at_once(market) -> None:
    invitation = prepared(market)
    with pytest.raises(DeclarationRefusedError) as refused:
        asked(market, invitation, replace(NGOZI, name="", email="dora@beta.example", role=""))
    assert [reason.field for reason in refused.value.reasons] == [
        "director_name",
        "director_email",
        "director_role",
    ]
    assert secret_of("declaration") == ""


def test_asking_another_director_ends_what_the_first_was_asked(market) -> None:
    invitation = prepared(market)
    asked(market, invitation)
    old = secret_of("declaration")
    asked(market, invitation, replace(NGOZI, name="Una Thistlewood", email="una@beta.example"))
    assert signed_declarations.open_declaration(actor=ANYONE, secret=old) is None
    assert [one.status for one in seen(market, invitation).declarations] == ["asked", "withdrawn"]


def test_what_is_withdrawn_opens_nothing_and_its_mail_does_not_go(market) -> None:
    invitation = prepared(market)
    public_id = asked(market, invitation)
    secret = secret_of("declaration")
    director_declarations.withdraw_declaration(actor=peter(market), public_id=public_id, now=NOW)
    assert signed_declarations.open_declaration(actor=ANYONE, secret=secret) is None
    assert secret_of("declaration") == ""
    with pytest.raises(DeclarationRefusedError, match="withdrawn"):
        director_declarations.withdraw_declaration(
            actor=peter(market), public_id=public_id, now=NOW
        )
    with pytest.raises(NotAllowedError):
        director_declarations.withdraw_declaration(actor=peter(market), public_id="none", now=NOW)


def test_staff_see_what_was_asked_and_answered(market) -> None:
    invitation = prepared(market)
    asked(market, invitation)
    (one,) = seen(market, invitation).declarations
    assert (one.director, one.role, one.asked_by, one.check) == (
        "Ngozi Okonjo",
        "Director",
        "Peter",
        "",
    )
    (late,) = seen(market, invitation, now=NOW + timedelta(days=14)).declarations
    assert late.status == "expired"
    signed(secret_of("declaration"))
    (one,) = seen(market, invitation).declarations
    assert (one.status, one.signed_name, one.check) == ("signed", "Ngozi Okonjo", "waiting")
    with pytest.raises(NotAllowedError):
        seen(market, "none")


def test_who_was_sent_already_or_signs_already_needs_no_director(market) -> None:
    invitation = prepared(market)
    company_access.confirm_first(
        actor=peter(market), public_id="beta", invitation=invitation, reference="LET-1", now=NOW
    )
    assert not seen(market, invitation).waits
    with pytest.raises(DeclarationRefusedError, match="does not wait"):
        asked(market, invitation)
