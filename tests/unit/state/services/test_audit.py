from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from state.domain.actor import CONSOLE_OPERATOR, NotAllowedError
from state.domain.audit_search import AuditSearch
from state.domain.permissions import Capacity, StaffRole
from state.persistence.audit_trail import record
from state.persistence.transaction import transaction
from state.services import audit
from tests.market import NOW, tiny_market


def add(count: int) -> None:
    with transaction() as session:
        for number in range(count):
            record(
                session,
                actor=CONSOLE_OPERATOR,
                event="test.thing.done",
                subject=f"thing:{number}",
                now=NOW,
                text="£5, naïve",
            )


def verify(**expected):
    return audit.verify_audit_trail(actor=CONSOLE_OPERATOR, **expected)


def test_a_whole_trail_is_whole(either_database) -> None:
    assert verify().entries == 0
    add(3)
    found = verify()
    assert (found.entries, found.broken_at) == (3, None)
    assert verify(expected_entries=3, expected_head=found.head).broken_at is None


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET event = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_itself_refuses_a_change(either_database, statement) -> None:
    add(2)
    with pytest.raises(DatabaseError, match="only ever added to"), transaction() as session:
        session.connection().exec_driver_sql(statement)
    assert verify().entries == 2


@pytest.mark.parametrize(
    ("statement", "at", "why"),
    [
        (
            "UPDATE audit_entry SET details = '{}' WHERE sequence = 3",
            3,
            "changed after it was sealed",
        ),
        ("DELETE FROM audit_entry WHERE sequence = 2", 3, "entry 2 is missing"),
        (
            "UPDATE audit_entry SET previous_seal = 'x' WHERE sequence = 4",
            4,
            "not sealed to the entry before",
        ),
        ("DELETE FROM audit_entry WHERE sequence >= 4", 4, "missing at the end"),
    ],
)
def test_whoever_goes_round_the_triggers_is_found(either_database, statement, at, why) -> None:
    add(5)
    head = verify().head
    with transaction() as session:
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER audit_entry_no_update")
            connection.exec_driver_sql("DROP TRIGGER audit_entry_no_delete")
        else:
            connection.exec_driver_sql("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        connection.exec_driver_sql(statement)
    found = verify(expected_head=head, expected_entries=5)
    assert found.broken_at == at
    assert why in found.why


def test_the_trail_is_searched_and_paged(database) -> None:
    market = tiny_market()
    add(60)
    administrator = market.staff("stella", StaffRole.ADMINISTRATOR)
    page = audit.audit_trail(actor=administrator, search="THING:5")
    assert page.total == 11
    assert len(audit.audit_trail(actor=administrator, page=2).entries) == 10
    with pytest.raises(NotAllowedError):
        audit.audit_trail(actor=market.staff("stella", StaffRole.MARKET_ENTRY))
    with pytest.raises(NotAllowedError):
        audit.audit_trail(actor=market.acting("ben", "BETA", Capacity.CATEGORY_A))


@pytest.mark.parametrize(
    ("wanted", "events"),
    [
        (AuditSearch(event="done"), ["b.thing_done", "a.thing.done"]),
        (AuditSearch(event="thing a."), ["a.thing.done"]),
        (AuditSearch(actor="ANN"), ["a.thing.done"]),
        (AuditSearch(actor="ann@people"), ["a.thing.done"]),
        (AuditSearch(actor="console"), ["b.thing_done"]),
        (AuditSearch(actor="onsole"), []),
        (AuditSearch(company="beta"), ["a.thing.done"]),
        (AuditSearch(company="BETA ENERGY"), ["a.thing.done"]),
        (AuditSearch(company="%"), []),
        (AuditSearch(since=date(2026, 11, 22)), ["b.thing_done"]),
        (AuditSearch(until=date(2026, 11, 21)), ["a.thing.done"]),
        (AuditSearch(anything="b.", event="done"), ["b.thing_done"]),
    ],
    ids=str,
)
def test_the_trail_is_narrowed_by_every_part_of_the_search(database, wanted, events) -> None:
    market = tiny_market()
    ann = market.acting("ann", "BETA", Capacity.VIEWER)
    with transaction() as session:
        record(
            session,
            actor=ann,
            event="a.thing.done",
            subject="x",
            organisation_id=market.organisations["BETA"],
            now=NOW,
        )
        later = NOW + timedelta(days=1)
        record(session, actor=CONSOLE_OPERATOR, event="b.thing_done", subject="y", now=later)
    found = audit.audit_trail(actor=CONSOLE_OPERATOR, narrowed=wanted)
    assert [one.event for one in found.entries] == events
    assert found.total == len(events)
