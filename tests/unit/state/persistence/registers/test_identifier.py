from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from state.domain.actor import NotAllowedError
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus
from state.domain.identifiers import values_of
from state.domain.permissions import Capacity
from state.persistence.models.organisation import IdentifierRow
from state.persistence.transaction import reading, transaction
from state.services import change_views, changes, registered
from state.services.changes import ChangeRefusedError, Proposal
from tests.invited import events
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    return tiny_market()


def ann(market):
    return market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A")


def ben(market):
    return market.acting("ben", "BETA", Capacity.CATEGORY_A, "A")


def sent(actor, scheme, value, *, action=ChangeAction.ADD, of=None, now=NOW):
    subject, version = (of.public_id, of.row_version) if of else ("", 0)
    own = {"actor": actor, "organisation_id": actor.organisation_id}
    values = {} if action is ChangeAction.END else values_of(scheme, value)
    proposal = Proposal(ChangeKind.IDENTIFIER, action, subject, values, base_version=version)
    public_id = changes.prepare_change(**own, proposal=proposal, now=now)
    digest = change_views.change_to_see(**own, public_id=public_id).digest
    return changes.submit_change(**own, public_id=public_id, digest=digest, now=now)


def rows() -> list[IdentifierRow]:
    with reading() as session:
        return list(session.exec(select(IdentifierRow).order_by(IdentifierRow.id)))


def test_an_eic_of_our_issuing_office_is_accepted_by_the_one_change_engine(market) -> None:
    assert sent(ann(market), "eic", " 48x-northflex-1m ") is ChangeStatus.APPLIED
    (row,) = rows()
    assert (row.scheme, row.value, row.since) == ("eic", "48X-NORTHFLEX-1M", NOW.date())
    (entry,) = registered.identifiers_of(
        actor=ann(market), organisation_id=market.organisations["ALPHA"], now=NOW
    )
    assert entry.title == "Energy Identification Code (EIC) 48X-NORTHFLEX-1M"
    assert any("change" in event for event in events())
    with pytest.raises(NotAllowedError):
        registered.identifiers_of(
            actor=ben(market), organisation_id=market.organisations["ALPHA"], now=NOW
        )


@pytest.mark.parametrize(
    ("scheme", "value", "field", "why"),
    [
        ("eic", "48X-NORTHFLEX-1N", "eic", "last character"),
        ("eic", "48W-BESS-HARL-1O", "eic", "An organisation needs an X code"),
        ("mpid", "AB", "mpid", "4 letters or numbers"),
        ("lei", "5493001KJTIIGC8Y1R13", "lei", "last two numbers"),
        ("company_number", "12", "company_number", "like 01234567"),
        ("duns", "", "duns", "Enter a D-U-N-S number"),
        ("", "", "scheme", "kind of identifier"),
    ],
)
def test_what_is_no_identifier_is_refused(market, scheme, value, field, why) -> None:
    with pytest.raises(ChangeRefusedError) as refused:
        sent(ann(market), scheme, value)
    assert refused.value.reasons[0].field == field
    assert why in refused.value.reasons[0].reason
    assert rows() == []


def test_an_mpid_is_one_companys_for_ever_and_others_are_suggested(market) -> None:
    sent(ann(market), "mpid", "ABCD")
    taken = "in use or was used before. Try ABCA, ABCB or ABCC"
    with pytest.raises(ChangeRefusedError, match=taken):
        sent(ben(market), "mpid", "abcd")
    (row,) = rows()
    sent(ann(market), "", "", action=ChangeAction.END, of=row)
    with pytest.raises(ChangeRefusedError, match=taken):
        sent(ben(market), "mpid", "ABCD", now=NOW + timedelta(days=1))


def test_what_others_issue_can_be_anothers_once_it_has_ended(market) -> None:
    sent(ann(market), "duns", "15-048-3782")
    with pytest.raises(ChangeRefusedError, match="is a company's already"):
        sent(ben(market), "duns", "150483782")
    (row,) = rows()
    sent(ann(market), "", "", action=ChangeAction.END, of=row)
    assert sent(ben(market), "duns", "150483782") is ChangeStatus.APPLIED


def test_an_identifier_can_be_corrected_and_keeps_its_own_value(market) -> None:
    sent(ann(market), "mpid", "ABCD")
    (row,) = rows()
    own = {"action": ChangeAction.CHANGE, "of": row}
    assert sent(ann(market), "mpid", "ABCE", **own) is ChangeStatus.APPLIED
    assert [one.value for one in rows()] == ["ABCE"]


def test_the_database_itself_keeps_a_value_for_one_company(market) -> None:
    def row(public_id, organisation):
        return IdentifierRow(
            public_id=public_id,
            organisation_id=market.organisations[organisation],
            scheme="lei",
            value="5493001KJTIIGC8Y1R12",
            since=NOW.date(),
            created_at=NOW,
            updated_at=NOW,
        )

    with transaction() as session:
        session.add(row("one", "ALPHA"))
    with pytest.raises(IntegrityError), transaction() as session:
        session.add(row("two", "BETA"))
