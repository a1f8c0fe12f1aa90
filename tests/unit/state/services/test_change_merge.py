import pytest
from sqlmodel import select

from state.domain.changes import ChangeStatus
from state.persistence.models.organisation import ContactRow
from state.persistence.transaction import reading
from state.services import change_merge
from tests.changing import al, ann, approved, contact_change, sent, view
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    return tiny_market()


def test_two_changes_that_meet_are_merged_field_by_field(market) -> None:
    mine = contact_change(al(market), name="Caro", job_title="Clerk")
    sent(al(market), mine)
    theirs = contact_change(ann(market), name="Carolin", email="c@alpha.example")
    assert sent(ann(market), theirs) is ChangeStatus.APPLIED
    seen = view(al(market), mine)
    assert seen.line.status is ChangeStatus.CONFLICT
    assert [(m.field, m.base, m.theirs, m.yours) for m in seen.meetings] == [
        ("name", "Carol of ALPHA", "Carolin", "Caro")
    ]
    change_merge.merge_change(
        actor=al(market),
        organisation_id=al(market).organisation_id,
        public_id=mine,
        take_theirs=frozenset({"name"}),
        now=NOW,
    )
    sent(al(market), mine)
    approved(ann(market), mine)
    with reading() as session:
        row = session.exec(select(ContactRow).where(ContactRow.public_id == "contact-alpha")).one()
    assert (row.name, row.job_title, row.email) == ("Carolin", "Clerk", "c@alpha.example")


def test_what_was_begun_from_an_old_version_meets_the_new_one(market) -> None:
    sent(ann(market), contact_change(ann(market), name="Carolin"))
    late = contact_change(al(market), job_title="Clerk")
    assert view(al(market), late).line.status is ChangeStatus.CONFLICT
