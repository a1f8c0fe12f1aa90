from decimal import Decimal

import pytest
from sqlmodel import select

from state.domain.actor import NotAllowedError
from state.domain.permissions import Capacity
from state.persistence.models.organisation import ParticipantRoleRow
from state.persistence.transaction import transaction
from state.services.charges import charges_of
from tests.market import NOW, tiny_market


def read(actor):
    return charges_of(actor=actor, organisation_id=actor.organisation_id, now=NOW)


def test_a_company_sees_each_fee_and_what_falls_due_this_month(either_database) -> None:
    found = read(tiny_market().acting("nick", "ALPHA", Capacity.SIGNATORY, "N"))
    assert [(one.name, one.with_vat, one.amounts[0].value) for one in found.fees] == [
        ("Accession fee", False, "500.00"),
        ("Base monthly charge", True, "250.00"),
    ]
    assert [(one.name, one.amount, str(one.day)) for one in found.due] == [
        ("Base monthly charge", Decimal("250.00"), "2026-11-01")
    ]
    assert not found.pays_nothing


def test_a_party_agent_pays_nothing(either_database) -> None:
    market = tiny_market()
    with transaction() as session:
        for row in session.exec(select(ParticipantRoleRow)):
            row.role_code = "EN"
            session.add(row)
    found = read(market.acting("ann", "ALPHA", Capacity.CATEGORY_A))
    assert found.due == ()
    assert found.pays_nothing


def test_a_viewer_sees_no_fees(database) -> None:
    with pytest.raises(NotAllowedError):
        read(tiny_market().acting("ann", "BETA", Capacity.VIEWER))
