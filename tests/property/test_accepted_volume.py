"""Acceptance volumes: the engine against exact integration, and laws I1, I2 and I3."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from settlement_engine.trading_charges import TRADING_CHARGES
from tests.property.accepted_units import DAY, FIRST, frames_of, units
from tests.property.accepted_volume_reference import (
    accepted_volumes,
    energy_in_force,
    notified_energy,
)
from tests.property.examples import examples

CUT = TRADING_CHARGES.variant("cut", parameters={"beyond_outermost_pair": "cut"})
A_COUNT = Fraction(1, 10**9)

few = settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
whether = pytest.mark.parametrize("extend", [True, False], ids=["extend", "cut"])


@whether
@few
@given(unit=units())
def test_the_engine_gives_what_exact_integration_gives(extend, unit):
    found = engine_volumes(unit, extend=extend)
    expected = {
        (FIRST + place, *key): volumes
        for place, period in enumerate(unit.periods)
        for key, volumes in accepted_volumes(period, unit.acceptances, extend=extend).items()
    }
    for key in found.keys() | expected.keys():
        for one, other in zip(found.get(key, (0, 0)), expected.get(key, (0, 0)), strict=True):
            assert abs(one - other) <= A_COUNT, key


@whether
@few
@given(unit=units())
def test_i1_i2_what_is_accepted_adds_up_to_the_level_in_force(extend, unit):
    """And no offer is ever negative, no bid positive."""
    found = engine_volumes(unit, extend=extend)
    assert all(up >= 0 >= down for up, down in found.values())
    for place, period in enumerate(unit.periods):
        here = [volumes for (number, *_), volumes in found.items() if number == FIRST + place]
        expected = energy_in_force(period, unit.acceptances, extend=extend)
        assert abs(sum(up + down for up, down in here) - expected) <= A_COUNT * (1 + 2 * len(here))


@few
@given(unit=units(), data=st.data())
def test_i3_an_acceptance_that_repeats_the_one_before_it_changes_nothing(unit, data):
    """A later one sees the same level in force before it, and the repetition moves nothing."""
    repeated = data.draw(st.sampled_from(unit.acceptances))
    again = replace(repeated, number=repeated.number + 1)
    longer = replace(unit, acceptances=(*unit.acceptances, again))
    assert engine_volumes(unit, extend=True) == engine_volumes(longer, extend=True)


@few
@given(unit=units())
def test_the_notified_energy_is_the_area_under_the_lines(unit):
    settled = settle(unit, TRADING_CHARGES, "notified_volume")
    counts = dict(settled.select("settlement_period", "notified_volume_mwh").iter_rows())
    for place, period in enumerate(unit.periods):
        assert abs(counts[FIRST + place] * A_COUNT - notified_energy(period)) <= A_COUNT


def engine_volumes(unit, *, extend):
    """QAO and QAB of the engine in exact MWh, by period, acceptance and pair."""
    frame = settle(unit, TRADING_CHARGES if extend else CUT, "accepted_volume").select(
        "settlement_period",
        "acceptance_number",
        "pair_number",
        "accepted_offer_volume_mwh",
        "accepted_bid_volume_mwh",
    )
    return {tuple(key): (up * A_COUNT, down * A_COUNT) for *key, up, down in frame.iter_rows()}


def settle(unit, rulebook, name):
    settled = rulebook.settle(frames_of(unit), since=DAY, until=DAY, wanted=[name])
    return settled.frames[name]
