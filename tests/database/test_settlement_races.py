"""Runs that are asked for and published by many at once, on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from settlement_engine.runs import RunType
from state.domain.actor import CONSOLE_OPERATOR, INVENTED_OPERATOR, THE_CLOCK
from state.domain.refusal import RefusedError
from state.domain.settlement_runs import RunState
from state.persistence.queries.dataset_rows import versioned_rows
from state.persistence.queries.settlement_runs import published_run
from state.persistence.transaction import reading
from state.services.audit import audit_trail, verify_audit_trail
from state.services.settlement_publication import publish_run
from state.services.settlement_runs import runs
from state.services.settlement_timetable import schedule_due_runs
from tests.settled_market import DAY, DAYS, NOW, asked_for, computed, published, store_small_market

RACERS = 8


def race(doing) -> int:
    """How many of the racers got through; the others must have been refused."""

    def one(number: int) -> bool:
        try:
            doing(number)
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(RACERS) as pool:
        return list(pool.map(one, range(RACERS))).count(True)


def test_of_racing_requests_one_is_made(either_database) -> None:
    store_small_market()
    assert race(lambda _: asked_for()) == 1
    assert len(runs(actor=THE_CLOCK, since=DAY, until=DAY)) == 1


def test_two_clocks_ask_for_each_run_once(either_database) -> None:
    store_small_market()
    race(lambda _: schedule_due_runs(actor=THE_CLOCK, now=NOW))
    found = runs(actor=THE_CLOCK, since=DAYS[0], until=DAY)
    assert sorted((run.settlement_date, run.run_type) for run in found) == sorted(
        (day, run_type) for day in DAYS for run_type in (RunType.II, RunType.SF)
    )


def test_of_racing_publications_one_counts(either_database) -> None:
    store_small_market()
    run = computed()
    assert (
        race(lambda _: publish_run(actor=INVENTED_OPERATOR, public_id=run.public_id, now=NOW)) == 1
    )
    trail = audit_trail(actor=CONSOLE_OPERATOR, search="settlement.run.published")
    assert trail.total == 1
    assert verify_audit_trail(actor=CONSOLE_OPERATOR).broken_at is None


def test_a_reader_never_sees_half_of_a_publication(either_database) -> None:
    """In one picture of the record: the published run, and the prices of that very run."""
    store_small_market()
    published()
    second = computed(RunType.SF, now=NOW + timedelta(seconds=1))
    seen, done = [], threading.Event()

    def look() -> None:
        last = False
        while not last:
            last = done.is_set()
            with reading() as session:
                run = published_run(session, DAY)
                prices = versioned_rows(session, "system_prices", since=DAY, until=DAY).rows
            seen.append((run.run_type, *prices["source_run"].unique().to_list()))

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(look) for _ in range(3)]
        publish_run(
            actor=INVENTED_OPERATOR, public_id=second.public_id, now=NOW + timedelta(hours=1)
        )
        done.set()
        for reader in readers:
            reader.result()
    assert set(seen) <= {("II", "II"), ("SF", "SF")}
    assert ("SF", "SF") in seen
    states = {run.state for run in runs(actor=THE_CLOCK, since=DAY, until=DAY)}
    assert states == {RunState.PUBLISHED, RunState.SUPERSEDED}
