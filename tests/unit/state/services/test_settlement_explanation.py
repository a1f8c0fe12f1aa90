import pytest

from settlement_engine.explain import Figure, text
from settlement_engine.runs import RunType
from state.domain.actor import THE_CLOCK, NotAllowedError
from state.domain.permissions import Capacity
from state.persistence.models.settlement_run import SettlementRunRow
from state.persistence.transaction import transaction
from state.services import settlement_explanation as service
from state.services.settlement_runs import RunRefusedError
from tests.market import tiny_market
from tests.settled_market import DAY, asked_for, published, small_frames, store_small_market


@pytest.fixture
def market(database):
    store_small_market()
    return tiny_market()


def own(market, run, quantity, party="ALPHA", **key):
    return service.explain_own_figure(
        actor=market.acting("ann", party, Capacity.VIEWER),
        organisation_id=market.organisations[party],
        run=run.public_id,
        quantity=quantity,
        key={"settlement_date": DAY, "settlement_period": 20, **key},
    )


def nodes(figure: Figure):
    yield figure
    for read in figure.read:
        yield from nodes(read)


def strangers(figure: Figure, party: str) -> list[str]:
    """Every figure in the tree that is keyed by a Party or unit that is not the company's."""
    register = small_frames()["bm_unit_registrations"]
    units = set(register.filter(party_id=party)["bm_unit"])
    found = []
    for node in nodes(figure):
        key = {value.column: value.value for value in node.key}
        named = [key.get("party_id") == party] if "party_id" in key else []
        named += [key.get("bm_unit") in units] if "bm_unit" in key else []
        if named and not any(named):
            found.append(f"{node.quantity} {key}")
    return found


def test_a_partys_figure_down_to_what_was_given(market) -> None:
    run = published()
    for party in ("ALPHA", "BETA"):
        figure = own(market, run, "party_cashflow", party, party_id=party)
        told = {node.quantity for node in nodes(figure)}
        assert {"bm_unit_cashflow", "energy_imbalance_price", "contract_volumes"} <= told
        assert strangers(figure, party) == []


def test_a_figure_of_the_whole_system_counts_the_others_and_shows_none(market) -> None:
    run = published()
    figure = own(market, run, "transmission_loss_adjustment")
    whole = service.explain_figure(
        actor=THE_CLOCK,
        run=run.public_id,
        quantity="transmission_loss_adjustment",
        key={"settlement_date": DAY, "settlement_period": 20},
    )
    assert strangers(figure, "ALPHA") == []
    assert strangers(whole, "ALPHA") != []
    assert figure.values == whole.values  # the total is the whole system's
    shown = sum(read.quantity == "delivery_mode" for read in figure.read)
    seen = sum(read.quantity == "delivery_mode" for read in whole.read)
    left_out = (figure.left_out["delivery_mode"], whole.left_out.get("delivery_mode", 0))
    assert shown + left_out[0] == seen + left_out[1]
    assert "more" in text(figure)


def test_anothers_figure_is_not_there(market) -> None:
    run = published()
    with pytest.raises(RunRefusedError, match="no such run"):
        own(market, run, "party_cashflow", party_id="BETA")
    with pytest.raises(RunRefusedError, match="no such run"):
        own(market, run, "no_such_quantity")
    with pytest.raises(RunRefusedError, match="no such run"):
        own(market, asked_for(RunType.SF), "party_cashflow", party_id="ALPHA")
    ann = market.acting("ann", "ALPHA", Capacity.VIEWER)
    with pytest.raises(NotAllowedError):
        service.explain_own_figure(
            actor=ann,
            organisation_id=market.organisations["BETA"],
            run=run.public_id,
            quantity="party_cashflow",
            key={},
        )


def test_by_later_rules_a_figure_that_comes_out_the_same_is_explained(market) -> None:
    run = published()
    with transaction() as session:
        row = session.get(SettlementRunRow, 1)
        row.fingerprint = "rules of an earlier release"
        session.add(row)
    assert own(market, run, "party_cashflow", party_id="ALPHA").read


def test_a_run_without_figures_has_nothing_to_explain(market) -> None:
    with pytest.raises(RunRefusedError, match="it has no figures"):
        service.explain_figure(
            actor=THE_CLOCK, run=asked_for().public_id, quantity="party_cashflow", key={}
        )
