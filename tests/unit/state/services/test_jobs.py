import pytest

from state.domain.actor import ANYONE, THE_CLOCK, NotSignedInError
from state.services import jobs as service
from tests.settled_market import NOW, asked_for, computed, store_small_market


def handed(*, again: bool = False) -> list[service.Job]:
    taken: list[service.Job] = []
    service.hand_jobs_over(actor=THE_CLOCK, take=taken.append, again=again, now=NOW)
    return taken


def test_what_was_asked_for_is_handed_over_once_and_again_after_a_start(database) -> None:
    store_small_market()
    run = asked_for()
    (job,) = handed()
    assert (job.key, job.name) == (f"{run.public_id}:1", "settle")
    assert set(job.arguments) == {"public_id", "token"}
    assert handed() == []
    assert handed(again=True) == [job]


def test_what_is_done_is_not_handed_over(database) -> None:
    store_small_market()
    computed()
    assert handed(again=True) == []


def test_a_queue_that_fails_keeps_the_job_in_the_outbox(database) -> None:
    store_small_market()
    asked_for()

    def full(_job: service.Job) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        service.hand_jobs_over(actor=THE_CLOCK, take=full, again=False, now=NOW)
    assert len(handed()) == 1


def test_where_the_worker_keeps_what_it_has_begun(either_database) -> None:
    store = service.jobs_store(actor=THE_CLOCK)
    assert store.version.startswith("schema-0")
    if store.engine is None:
        assert store.url.startswith("postgresql+psycopg://")
    else:
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        store.engine.dispose()
        assert (either_database / "jobs.sqlite").is_file()


def test_the_public_has_no_jobs(database) -> None:
    with pytest.raises(NotSignedInError):
        service.hand_jobs_over(actor=ANYONE, take=print, again=False, now=NOW)
    with pytest.raises(NotSignedInError):
        service.jobs_store(actor=ANYONE)
