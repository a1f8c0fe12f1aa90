"""The same services on SQLite and on PostgreSQL, where they race."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlmodel import func, select

from state.domain.actor import ANYONE, CONSOLE_OPERATOR
from state.domain.permissions import Capacity, StaffRole
from state.domain.refusal import RefusedError
from state.persistence.models.market_exit import WithdrawalProposalRow
from state.persistence.transaction import reading, transaction
from state.services import audit, choose_company, market_entry, market_exit, registered, sessions
from state.services.sessions import Identity
from tests.market import NOW, tiny_market
from tests.unit.state.services.test_market_entry import INTEREST
from tests.unit.state.services.test_market_exit import PROPOSAL

RACERS = 24


def race(doing) -> tuple[int, int]:
    """How many of the racers got through, and how many were refused; any other end is a failure."""

    def one(number: int) -> bool:
        try:
            doing(number)
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(RACERS) as pool:
        ends = list(pool.map(one, range(RACERS)))
    return ends.count(True), ends.count(False)


def test_of_racing_proposals_one_is_stored(either_database) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A)
    ends = race(
        lambda _: market_exit.propose_withdrawal(
            actor=ann, organisation_id=ann.organisation_id, proposal=PROPOSAL, now=NOW
        )
    )
    assert ends == (1, RACERS - 1)
    with reading() as session:
        assert session.exec(select(func.count()).select_from(WithdrawalProposalRow)).one() == 1


def test_of_racing_decisions_one_counts(either_database) -> None:
    market = tiny_market()
    reference = market_entry.express_interest(actor=ANYONE, interest=INTEREST, now=NOW).reference
    stella = market.staff("stella", StaffRole.MARKET_ENTRY)
    ends = race(
        lambda number: market_entry.decide_interest(
            actor=stella,
            reference=reference,
            accept=bool(number % 2),
            reason=f"Reason {number}",
            now=NOW,
        )
    )
    assert ends == (1, RACERS - 1)
    decisions = audit.audit_trail(actor=CONSOLE_OPERATOR, search=reference)
    assert decisions.total == 2  # received, and decided once


def test_racing_newcomers_each_get_a_reference_and_the_trail_stays_whole(either_database) -> None:
    references: list[str] = []
    ends = race(
        lambda number: references.append(
            market_entry.express_interest(
                actor=ANYONE, interest=replace(INTEREST, email=f"n{number}@x.example"), now=NOW
            ).reference
        )
    )
    assert ends == (RACERS, 0)
    assert len(set(references)) == RACERS
    assert audit.verify_audit_trail(actor=CONSOLE_OPERATOR).entries == RACERS


def test_signing_in_choosing_and_out(either_database) -> None:
    tiny_market()
    begun = sessions.begin_session(
        actor=ANYONE,
        identity=Identity(sessions.DEVELOPMENT_ISSUER, "ann", "oidc", "provider-session"),
        now=NOW,
    )
    session_id = sessions.session_id_of(begun.secret)
    actor = sessions.who_is_here(session_id=session_id, now=NOW).actor
    choose_company.choose_company(actor=actor, public_id="alpha", now=NOW)
    actor = sessions.who_is_here(session_id=session_id, now=NOW).actor
    assert actor.capacity is Capacity.CATEGORY_A
    sessions.end_session(actor=actor, now=NOW)
    assert sessions.who_is_here(session_id=session_id, now=NOW) == sessions.NOBODY


def test_a_snapshot_cannot_be_written_through(either_database) -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only"), reading() as session:
        session.connection().exec_driver_sql("DELETE FROM user_session")


def test_a_transaction_that_fails_leaves_nothing(either_database) -> None:
    market = tiny_market()

    def half_done() -> None:
        with transaction() as session:
            session.connection().exec_driver_sql("DELETE FROM contact")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        half_done()
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    own = {"actor": ann, "organisation_id": ann.organisation_id}
    assert registered.contacts_of(**own, now=NOW)
