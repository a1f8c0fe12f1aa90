from dataclasses import replace

import pytest

from settlement_engine.faults import GivenFramesError
from state.persistence.run_files import DamagedFileError
from state.services import settlement_work as service
from state.services.settlement_work import InProcess, OtherRulesError, settle_day, settled_day
from tests.databases import fresh_installation
from tests.settled_market import DAY, outcome_of, store_small_market, task_of


def test_the_order_of_rows_changes_no_byte(database, tmp_path_factory) -> None:
    store_small_market()
    first = task_of(database)
    with fresh_installation(tmp_path_factory.mktemp("other")) as other:
        store_small_market(shuffled_by=5)
        second = task_of(other)
        assert second.inputs == first.inputs
        assert settle_day(second).frames == settle_day(first).frames


def test_the_same_day_twice_is_the_same_and_repairs_what_is_missing(database) -> None:
    store_small_market()
    first = outcome_of(database)
    for file in first.frames[:5]:
        (database / file.path).unlink()
    again = outcome_of(database)
    assert (again.frames, again.result_digest) == (first.frames, first.result_digest)
    assert all((database / file.path).is_file() for file in again.frames)


def test_an_input_that_is_damaged_is_not_settled(database) -> None:
    store_small_market()
    task = task_of(database)
    path = database / task.inputs[0].path
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(DamagedFileError, match="not as it was written"):
        settle_day(task)


def test_other_rules_are_refused(database) -> None:
    store_small_market()
    with pytest.raises(OtherRulesError):
        settle_day(replace(task_of(database), fingerprint="others"))


def test_too_little_holds_the_day(database) -> None:
    store_small_market()
    task = task_of(database)
    alone = tuple(file for file in task.inputs if file.name == "bm_unit_registrations")
    outcome = settle_day(replace(task, inputs=alone))
    assert outcome.frames == ()
    assert "metered_volumes" in {fault.source for fault in outcome.faults}


def test_what_is_done_here_gives_its_answer_or_its_fault() -> None:
    place = InProcess()
    assert place.submit(int, "7").result() == 7
    with pytest.raises(ValueError, match="invalid literal"):
        place.submit(int, "x").result()


def test_a_day_without_its_frames_is_a_refusal_of_the_engine() -> None:
    with pytest.raises((GivenFramesError, service.RulebookError)):
        settled_day({}, DAY)
