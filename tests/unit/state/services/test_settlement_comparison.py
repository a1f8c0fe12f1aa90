import pytest

from settlement_engine.runs import RunType
from state.domain.actor import ANYONE, THE_CLOCK, NotSignedInError
from state.services import settlement_comparison as service
from state.services.settlement_runs import RunRefusedError
from tests.settled_market import (
    DAYS,
    asked_for,
    computed,
    correct_meters,
    published,
    store_small_market,
)


def compare(before, after, actor=THE_CLOCK):
    return service.compare_runs(actor=actor, before=before.public_id, after=after.public_id)


def test_a_corrected_meter_shows_in_every_period_of_its_party(database) -> None:
    store_small_market()
    first = published()
    correct_meters("T_ARKLB-2", 3.0)
    second = published(RunType.SF)
    found = compare(first, second)
    assert (found.before.run_type, found.after.run_type) == (RunType.II, RunType.SF)
    imbalance = found.differences.by_period.filter(charge="energy_imbalance_cashflow_gbp")
    assert imbalance["settlement_period"].n_unique() == 50
    net = found.differences.by_party.filter(charge="net_to_party_gbp")
    most = net.sort(net["difference_gbp"].abs())["party_id"][-1]
    assert most in {"ALPHA", "BETA", "GAMMA"}


def test_runs_that_cannot_be_compared(database) -> None:
    store_small_market()
    first, other_day = computed(), computed(day=DAYS[0])
    with pytest.raises(RunRefusedError, match="different Settlement Dates"):
        compare(first, other_day)
    with pytest.raises(RunRefusedError, match="it has no figures"):
        compare(first, asked_for(RunType.SF))
    with pytest.raises(NotSignedInError):
        compare(first, first, actor=ANYONE)
    assert compare(first, first).differences.by_party.is_empty()
