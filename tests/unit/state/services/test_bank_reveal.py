from datetime import timedelta

import pytest

from state.domain.actor import CONSOLE_OPERATOR, THE_CLOCK, NotAllowedError, SignInAgainError
from state.domain.permissions import Capacity, StaffRole
from state.services import audit, bank_checks, bank_reveal, due_changes
from tests.changing import al, ann, approved, bank_change, called_back, revealed, sent, view
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    return tiny_market()


def test_an_account_is_seen_in_full_by_who_may_and_it_is_on_record(market) -> None:
    change = bank_change(al(market))
    sent(al(market), change)
    approved(ann(market), change)
    silas, sid = (market.staff(name, StaffRole.SETTLEMENT_OPERATIONS) for name in ("silas", "sid"))
    of_staff = bank_reveal.account_in_full(
        actor=silas, organisation_id=None, public_id=change, now=NOW
    )
    assert (of_staff["Sort code"], of_staff["Account number"]) == ("089999", "66374958")
    with pytest.raises(NotAllowedError, match="no such account"):
        revealed(ann(market), change)
    digest = view(ann(market), change).digest
    called_back(silas, change, digest)
    bank_checks.activate_account(actor=sid, public_id=change, digest=digest, now=NOW)
    due_changes.take_due_changes_up(actor=THE_CLOCK, now=NOW + timedelta(days=5))
    assert revealed(ann(market), change)["Name on the account"] == "ALPHA ENERGY LTD"
    with pytest.raises(SignInAgainError):
        revealed(ann(market, fresh=False), change)
    with pytest.raises(NotAllowedError):
        revealed(market.acting("ben", "BETA", Capacity.CATEGORY_A, "A"), change)
    trail = audit.audit_trail(actor=CONSOLE_OPERATOR, search="revealed")
    assert [entry.subject for entry in trail.entries] == [change, change]
