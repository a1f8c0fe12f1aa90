from datetime import date

from sqlmodel import select

from state.domain.actor import CONSOLE_OPERATOR, THE_CLOCK
from state.domain.permissions import Capacity
from state.persistence.models.change import ChangeRow
from state.persistence.models.notices import NoticeRow, OutboxMailRow
from state.persistence.models.organisation import ContactRow
from state.persistence.transaction import reading, transaction
from state.services.audit import audit_trail, verify_audit_trail
from state.services.retention import remove_ended_contacts
from tests.changing import contact_sent
from tests.market import NOW, tiny_market


def rows(kind) -> list:
    with reading() as session:
        return list(session.exec(select(kind)))


def test_an_ended_contact_goes_after_28_months_with_what_was_said_of_it(either_database) -> None:
    market = tiny_market()
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    contact_sent(ann, name="Dora Ellis")
    with transaction() as session:
        contact = session.exec(
            select(ContactRow).where(ContactRow.public_id == "contact-alpha")
        ).one()
        contact.until = date(2027, 1, 31)
        session.add(contact)
    early, day = NOW.replace(year=2029, month=5, day=30), NOW.replace(year=2029, month=5, day=31)
    assert remove_ended_contacts(actor=THE_CLOCK, now=early) == 0
    assert remove_ended_contacts(actor=THE_CLOCK, now=day) == 1
    assert remove_ended_contacts(actor=THE_CLOCK, now=day) == 0
    assert [row.public_id for row in rows(ContactRow)] == ["contact-beta"]
    kept = "".join(
        row.model_dump_json()
        for kind in (ChangeRow, NoticeRow, OutboxMailRow)
        for row in rows(kind)
    )
    assert "Dora" not in kept
    assert "Carol" not in kept
    newest = audit_trail(actor=CONSOLE_OPERATOR, search="").entries[0]
    assert (newest.event, newest.subject) == ("account.contact.removed", "contact-alpha")
    assert '"changes_emptied": 1' in newest.details
    assert "Dora" not in newest.details
    assert verify_audit_trail(actor=CONSOLE_OPERATOR).broken_at is None
