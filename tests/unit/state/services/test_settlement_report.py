"""Settlement Reports of a run: read back whole, to whom they are for, and to nobody else."""

import pytest

from settlement_engine.flows.reading import read
from state.domain.actor import ANYONE, NotAllowedError
from state.domain.permissions import StaffRole
from state.services.party_settlement import charges_of_day
from state.services.settlement_report import company_report, own_report, public_report
from state.services.settlement_runs import RunRefusedError
from tests.databases import installation
from tests.settled_companies import settled_companies, units_of
from tests.settled_market import DAY


@pytest.fixture(scope="module")
def settled_home(tmp_path_factory):
    with settled_companies(tmp_path_factory.mktemp("reports")) as made:
        yield made


@pytest.fixture
def settled(settled_home):
    home, made = settled_home
    with installation(home):
        yield made


@pytest.fixture
def staff(settled):
    return settled.market.staff("stella", StaffRole.SETTLEMENT_OPERATIONS)


def own(settled, party="ALPHA", run="second"):
    actor = settled.actor(party)
    return {"actor": actor, "organisation_id": actor.organisation_id, "run": settled.runs[run]}


def test_a_partys_report_holds_its_own_units_and_the_charges_of_its_page(settled):
    asked = own(settled)
    file = own_report(**asked, party_id="ALPHA")
    assert file.name == "S0141_20261025_SF_1_ALPHA.txt"
    records = read(file.text, file.name).records
    assert sorted(records["BPD"]["bm_unit"].unique()) == units_of("ALPHA")
    charges = charges_of_day(**asked, settlement_date=DAY)
    imbalance = next(each for each in charges.charges if "imbalance_c" in each.charge.column)
    assert float(records["APC"]["energy_imbalance_cashflow_gbp"].item()) == pytest.approx(
        imbalance.amount_gbp
    )
    assert own_report(**asked, party_id="ALPHA").text == file.text


def test_another_partys_report_is_not_there(settled):
    with pytest.raises(RunRefusedError, match="no such run"):
        own_report(**own(settled), party_id="BETA")
    beta = settled.market.organisations["BETA"]
    with pytest.raises(NotAllowedError):
        own_report(**{**own(settled), "organisation_id": beta}, party_id="BETA")


def test_the_whole_days_reports_are_for_the_operators_staff(settled, staff):
    run = settled.runs["second"]
    public = read(public_report(actor=staff, run=run).text, "S0142").records
    assert set(units_of("BETA")) <= set(public["BP7"]["bm_unit"])
    assert public["APD"].is_empty()
    assert public["MVR"].is_empty()
    whole = read(company_report(actor=staff, run=run).text, "S0143").records
    assert set(whole["APD"]["party_id"]) >= {"ALPHA", "BETA"}
    for stranger in (ANYONE, settled.actor()):
        for report in (public_report, company_report):
            with pytest.raises(NotAllowedError):
                report(actor=stranger, run=run)


def test_a_run_that_is_not_there_has_no_report(settled, staff):
    with pytest.raises(RunRefusedError, match="no such run"):
        public_report(actor=staff, run="0000")
