"""Two companies: each sees its own, and of the other not that it is there."""

from io import BytesIO

import polars as pl
import pytest

from settlement_engine.runs import RunType
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.actor import ANYONE, NotAllowedError, NotSignedInError
from state.domain.permissions import Capacity
from state.services import party_settlement as service
from state.services import settlement_files, settlement_units
from state.services.settlement_runs import RunRefusedError
from tests.databases import fresh_installation, installation
from tests.market import tiny_market
from tests.settled_market import (
    DAY,
    DAYS,
    computed,
    correct_meters,
    published,
    small_frames,
    store_small_market,
)


@pytest.fixture(scope="module")
def days_and_runs(tmp_path_factory):
    """A published II, an SF that restates it with a meter corrected, and one unpublished."""
    with fresh_installation(tmp_path_factory.mktemp("settled")) as home:
        store_small_market()
        market = tiny_market()
        runs = {"first": published(), "hidden": computed(day=DAYS[1])}
        correct_meters(unit_of("ALPHA"), 3.0)
        runs["second"] = published(RunType.SF)
        runs["other"] = published(day=DAYS[0])
        yield home, market, {name: run.public_id for name, run in runs.items()}


@pytest.fixture
def settled(days_and_runs):
    home, market, runs = days_and_runs
    with installation(home):
        yield market, runs


def units(party: str) -> list[str]:
    register = small_frames()["bm_unit_registrations"]
    return sorted(register.filter(party_id=party)["bm_unit"].to_list())


def unit_of(party: str) -> str:
    return units(party)[0]


def of(market, party="ALPHA", subject="ann", capacity=Capacity.VIEWER):
    actor = market.acting(subject, party, capacity)
    return {"actor": actor, "organisation_id": market.organisations[party]}


def test_the_days_with_their_runs(settled) -> None:
    market, runs = settled
    days = service.settled_days(**of(market), since=DAYS[0], until=DAY)
    assert [day.settlement_date for day in days] == [DAY, DAYS[0]]
    assert days[0].current.public_id == runs["second"]
    assert [run.public_id for run in days[0].earlier] == [runs["first"]]
    day = service.charges_of_day(**of(market), settlement_date=DAY)
    assert days[0].current.net_to_party_gbp == day.net_to_party_gbp != 0


def test_a_days_charges_come_to_its_net(settled) -> None:
    market, runs = settled
    day = service.charges_of_day(**of(market), settlement_date=DAY)
    assert day.run.public_id == runs["second"]
    signed = [
        each.amount_gbp if each.charge.paid_to_party else -each.amount_gbp for each in day.charges
    ]
    assert sum(signed) == pytest.approx(day.net_to_party_gbp, abs=0.005)
    first = service.charges_of_day(**of(market), settlement_date=DAY, run=runs["first"])
    assert first.net_to_party_gbp != day.net_to_party_gbp


def test_periods_accounts_and_units_hold_the_company_alone(settled) -> None:
    market, _ = settled
    for party in ("ALPHA", "BETA"):
        whose = of(market, party)
        periods = service.charges_by_period(**whose, settlement_date=DAY)
        accounts = service.imbalance_by_period(**whose, settlement_date=DAY)
        by_unit = settlement_units.unit_periods(**whose, settlement_date=DAY)
        for frame in (periods, accounts, by_unit):
            assert frame["party_id"].unique().to_list() == [party]
        assert periods.height == 50
        assert accounts.height == 50 * accounts["energy_account"].n_unique()
        assert sorted(by_unit["bm_unit"].unique()) == units(party)
        of_day = settlement_units.units_of_day(**whose, settlement_date=DAY)
        assert of_day["bm_unit"].to_list() == units(party)


def test_imbalance_is_energy_less_contracts_at_the_price(settled) -> None:
    market, _ = settled
    rows = service.imbalance_by_period(**of(market), settlement_date=DAY)
    volume = pl.col("energy_imbalance_volume_mwh")
    parts = (
        pl.col("credited_energy_volume_mwh")
        - pl.col("balancing_services_volume_mwh")
        - pl.col("contract_volume_mwh")
    )
    assert rows.select((volume - parts).abs().max()).item() < 1e-6
    at_price = -volume * pl.col("system_buy_price_gbp_per_mwh")
    assert rows.select((at_price - pl.col("energy_imbalance_cashflow_gbp")).abs().max()).item() < 1


def test_one_unit_and_no_other_companys(settled) -> None:
    market, _ = settled
    own, others = unit_of("ALPHA"), unit_of("BETA")
    rows = settlement_units.unit_periods(**of(market), settlement_date=DAY, bm_unit=own)
    assert rows["bm_unit"].unique().to_list() == [own]
    with pytest.raises(RunRefusedError, match="no such run"):
        settlement_units.unit_periods(**of(market), settlement_date=DAY, bm_unit=others)


def test_two_runs_as_far_as_they_concern_the_company(settled) -> None:
    market, runs = settled
    found = service.compare_own(**of(market), before=runs["first"], after=runs["second"])
    assert found.differences.by_period["party_id"].unique().to_list() == ["ALPHA"]
    assert (found.before.requested_by, found.after.published_by) == ("", "")


def test_no_file_holds_another_partys_rows(settled) -> None:
    market, runs = settled
    for party in ("ALPHA", "BETA"):
        whose, own_units = of(market, party), set(units(party))
        for quantity in settlement_files.own_quantities(**whose, run=runs["second"]):
            rows = pl.read_parquet(
                BytesIO(
                    settlement_files.own_file(
                        **whose, run=runs["second"], quantity=quantity, file_format="parquet"
                    )
                )
            )
            if {"party_id", "bm_unit"} <= set(rows.columns):
                mine = (pl.col("party_id") == party) | pl.col("bm_unit").is_in(list(own_units))
                assert rows.filter(~mine).is_empty(), quantity
            elif "party_id" in rows.columns:
                assert set(rows["party_id"]) <= {party}, quantity
            elif "bm_unit" in TRADING_CHARGES.frame_types()[quantity].primary_key():
                assert set(rows["bm_unit"]) <= own_units, quantity


def test_a_file_of_comma_separated_values(settled) -> None:
    market, runs = settled
    text = settlement_files.own_file(
        **of(market), run=runs["second"], quantity="party_cashflow", file_format="csv"
    ).decode()
    assert text.splitlines()[0].startswith("settlement_date,settlement_period,party_id,")
    assert len(text.splitlines()) == 51
    with pytest.raises(RunRefusedError):
        settlement_files.own_file(
            **of(market), run=runs["second"], quantity="../kinnect.db", file_format="csv"
        )


def test_what_is_not_published_is_not_there(settled) -> None:
    market, runs = settled
    for run in (runs["hidden"], "nothing", runs["other"]):
        with pytest.raises(RunRefusedError, match="no such run"):
            service.charges_of_day(**of(market), settlement_date=DAY, run=run)
    with pytest.raises(RunRefusedError, match="no such run"):
        service.charges_of_day(**of(market), settlement_date=DAYS[1])


def test_nobody_looks_into_another_company(settled) -> None:
    market, runs = settled
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    beta = market.organisations["BETA"]
    asking = [
        lambda who: service.settled_days(**who, since=DAY, until=DAY),
        lambda who: service.charges_of_day(**who, settlement_date=DAY),
        lambda who: service.charges_by_period(**who, settlement_date=DAY),
        lambda who: service.imbalance_by_period(**who, settlement_date=DAY),
        lambda who: settlement_units.unit_periods(**who, settlement_date=DAY),
        lambda who: settlement_units.units_of_day(**who, settlement_date=DAY),
        lambda who: service.compare_own(**who, before=runs["first"], after=runs["second"]),
        lambda who: settlement_files.own_quantities(**who, run=runs["second"]),
    ]
    for ask in asking:
        with pytest.raises(NotAllowedError):
            ask({"actor": ann, "organisation_id": beta})
        with pytest.raises(NotSignedInError):
            ask({"actor": ANYONE, "organisation_id": beta})
