from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE
from state.domain.identity_check import IdentityAnswer, ProviderStatus
from state.persistence.models.market_entry import ExpressionOfInterestRow
from state.persistence.models.proofs import IdentityCheckRow
from state.persistence.transaction import reading
from state.services import own_identity
from state.services.identity_checks import IdentityRefusedError
from tests.invited import events, notices_of
from tests.market import NOW, tiny_market
from tests.proving import ADA, NOBODY, asked_to_prove, expressed, proved

GONE = IdentityAnswer(ProviderStatus.UNAVAILABLE)


@pytest.fixture
def market(either_database):
    return tiny_market()


@pytest.fixture
def secret(market) -> str:
    return asked_to_prove(market, expressed())


def row() -> IdentityCheckRow:
    with reading() as session:
        return session.exec(select(IdentityCheckRow)).one()


def shown(*, now=NOW):
    return own_identity.identity_to_prove(actor=ANYONE, public_id=row().public_id, now=now)


def test_a_result_and_its_level_are_kept_and_nothing_they_were_made_from(secret) -> None:
    public_id = own_identity.open_identity_check(actor=ANYONE, secret=secret)
    assert public_id == row().public_id
    assert proved(secret) == "verified"
    held = row()
    assert (held.assurance_level, held.verified_until) == ("medium", date(2028, 11, 21))
    assert (held.secret_hash, held.provider_reference) == (None, "")
    assert "Lund" not in str(held.model_dump())
    with reading() as session:
        assert session.exec(select(ExpressionOfInterestRow.born_on)).one() is None
    assert own_identity.open_identity_check(actor=ANYONE, secret=secret) is None
    assert events()[-1] == "identity_check.verified"


def test_who_fails_may_try_twice_more_and_then_staff_are_told(market, secret) -> None:
    for tries_left in (2, 1):
        assert proved(secret, NOBODY) == "asked"
        assert (shown().tries_left, shown().was_tried) == (tries_left, True)
    assert proved(secret, replace(ADA, family_name="Else")) == "failed"
    assert row().code == "name_differs"
    assert notices_of(market.people["stella"])[-1] == "identity.not_verified"
    with pytest.raises(IdentityRefusedError, match="no longer works"):
        proved(secret)


def test_a_try_that_the_provider_could_not_make_does_not_count(secret) -> None:
    for _ in range(4):
        assert proved(secret, GONE) == "asked"
    assert shown().tries_left == 3
    assert proved(secret) == "verified"


def test_an_answer_counts_once_and_for_its_own_try(secret) -> None:
    with pytest.raises(IdentityRefusedError, match="No check was begun"):
        own_identity.identity_begun(actor=ANYONE, secret=secret, now=NOW)
    made = own_identity.try_to_make(actor=ANYONE, secret=secret, provider="A provider", now=NOW)
    assert own_identity.identity_begun(actor=ANYONE, secret=secret, now=NOW) == made.reference
    answer = {"actor": ANYONE, "secret": secret, "now": NOW}
    for other in ("", "another"):
        with pytest.raises(IdentityRefusedError, match="another try"):
            own_identity.identity_answered(reference=other, answer=ADA, **answer)
    own_identity.identity_answered(reference=made.reference, answer=NOBODY, **answer)
    with pytest.raises(IdentityRefusedError, match="another try"):
        own_identity.identity_answered(reference=made.reference, answer=ADA, **answer)


def test_a_link_that_ran_out_begins_nothing(secret) -> None:
    late = NOW + timedelta(days=14)
    assert shown(now=late).status == "expired"
    with pytest.raises(IdentityRefusedError, match="no longer works"):
        proved(secret, now=late)
    assert own_identity.identity_to_prove(actor=ANYONE, public_id="none", now=NOW) is None
