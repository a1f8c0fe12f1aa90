from datetime import timedelta

import pytest

from state.domain.actor import ANYONE, THE_CLOCK, NotSignedInError
from state.domain.permissions import StaffRole
from state.domain.stage_risks import CHECKS
from state.services.settlement_risks import LATELY, runs_held_lately
from tests.market import tiny_market
from tests.settled_market import NOW, computed, correct_meters, small_frames, store_small_market

BEYOND_ANY_CAPACITY = 4500.0


def test_a_run_counts_once_whatever_the_number_of_its_reasons(database) -> None:
    store_small_market()
    correct_meters(small_frames()["bm_unit_registrations"]["bm_unit"][0], BEYOND_ANY_CAPACITY)
    computed()
    computed()
    assert runs_held_lately(actor=THE_CLOCK, now=NOW) == {CHECKS: 2}
    later = NOW + LATELY + timedelta(seconds=1)
    assert runs_held_lately(actor=THE_CLOCK, now=later) == {}


def test_who_may_look(database) -> None:
    auditor = tiny_market().staff("stella", StaffRole.AUDITOR)
    assert runs_held_lately(actor=auditor, now=NOW) == {}
    with pytest.raises(NotSignedInError):
        runs_held_lately(actor=ANYONE, now=NOW)
