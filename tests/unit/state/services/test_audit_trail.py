import pytest

from state.domain.actor import (
    ANYONE,
    CONSOLE_OPERATOR,
    THE_CLOCK,
    NotAllowedError,
    NotSignedInError,
)
from state.domain.audit_search import AuditSearch
from state.domain.permissions import Capacity, StaffRole
from state.persistence.audit_trail import record
from state.persistence.transaction import transaction
from state.services import audit_export, audit_trail
from tests.market import NOW, tiny_market

EVERYTHING = AuditSearch()


@pytest.fixture
def market(either_database):
    made = tiny_market()
    own = made.organisations["ALPHA"]
    actors = (
        made.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A"),
        made.staff("stella", StaffRole.MARKET_ENTRY),
        CONSOLE_OPERATOR,
        THE_CLOCK,
        ANYONE,
        made.acting("ben", "BETA", Capacity.CATEGORY_A, "A"),
    )
    with transaction() as session:
        for actor in actors:
            record(
                session,
                actor=actor,
                event="access.confirmed",
                subject="p-al",
                organisation_id=own,
                now=NOW,
                reason="=1+1",
                digest="f00",
            )
        record(
            session,
            actor=actors[0],
            event="contact.other",
            subject="x",
            organisation_id=made.organisations["BETA"],
            now=NOW,
        )
    return made


def of_alpha(market, **asked):
    return {
        "actor": market.acting("al", "ALPHA", Capacity.VIEWER),
        "organisation_id": market.organisations["ALPHA"],
        "wanted": AuditSearch(**asked),
    }


def test_a_company_reads_its_own_trail_with_staff_as_the_operator(market) -> None:
    found = audit_trail.company_trail(**of_alpha(market))
    assert found.total == 6
    assert [one.who for one in reversed(found.entries)] == [
        "Ann",
        "The operator",
        "The operator",
        "Kinnect, by the clock",
        "Somebody else",
        "The operator",
    ]
    assert {one.about for one in found.entries} == {"Al"}
    assert {one.details for one in found.entries} == {"reason: =1+1"}
    assert found.entries[0].what == "Access: confirmed"
    assert "Stella" not in repr(found)


def test_what_is_searched_for_never_leads_to_another_company(market) -> None:
    beta = market.organisations["BETA"]
    found = audit_trail.company_trail(**of_alpha(market, company="BETA", organisation_id=beta))
    assert found.total == 6
    assert audit_trail.company_trail(**of_alpha(market, event="nothing")).total == 0
    batches = list(audit_trail.company_trail_rows(**of_alpha(market)))
    assert [one.sequence for batch in batches for one in batch] == [1, 2, 3, 4, 5, 6]


def test_another_company_and_strangers_read_nothing(market) -> None:
    asked = of_alpha(market)
    for actor, error in (
        (market.acting("ben", "BETA", Capacity.CATEGORY_A, "A"), NotAllowedError),
        (market.staff("otto", StaffRole.AUDITOR), NotAllowedError),
        (ANYONE, NotSignedInError),
    ):
        for service in (audit_trail.company_trail, audit_trail.company_trail_rows):
            with pytest.raises(error):
                service(**asked | {"actor": actor})


def test_the_whole_trail_is_a_file_for_those_who_read_it_all(market, monkeypatch) -> None:
    monkeypatch.setattr(audit_export, "_BATCH", 2)
    auditor = market.staff("otto", StaffRole.AUDITOR)
    batches = list(audit_export.audit_rows(actor=auditor, wanted=EVERYTHING))
    assert [len(batch) for batch in batches] == [2, 2, 2, 1]
    first = dict(zip(audit_export.COLUMNS, batches[0][0], strict=True))
    assert (first["entry"], first["name"], first["company"]) == (1, "Ann", "ALPHA ENERGY LTD")
    with pytest.raises(NotAllowedError):
        audit_export.audit_rows(
            actor=market.staff("stella", StaffRole.MARKET_ENTRY), wanted=EVERYTHING
        )
    with pytest.raises(NotAllowedError):
        audit_export.audit_rows(
            actor=market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A"), wanted=EVERYTHING
        )
