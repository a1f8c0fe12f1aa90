import re
from collections import Counter

import pytest

from state.domain.demo_market.companies import demo_companies, live_with_role, slug
from state.domain.roles import ROLE_NAMES

COMPANIES = demo_companies(7)
_EXPORTED = re.compile(r"""[A-Za-z0-9 !"#%&'()*+,\-./:;=?@\[\]\\^_{}]+""")


def test_identifiers_are_valid_and_unique():
    for company in COMPANIES:
        assert re.fullmatch(r"[A-Z0-9]{1,8}", company.party_id)
        assert 0 < len(company.system_name) <= 30
        assert _EXPORTED.fullmatch(company.legal_name)
        assert company.participant_id is None or re.fullmatch(r"[A-Z]{4}", company.participant_id)
    for field in ("party_id", "legal_name", "system_name", "company_number"):
        assert len({getattr(company, field) for company in COMPANIES}) == len(COMPANIES), field
    letters = [company.participant_id for company in COMPANIES if company.participant_id]
    assert len(letters) == len(set(letters))


@pytest.mark.parametrize("role", ["TS", "TG", "TN", "TI", "VP", "DSO", "EN"])
def test_there_are_about_ten_companies_of_each_main_kind(role):
    assert 7 <= len(live_with_role(COMPANIES, role)) <= 12


@pytest.mark.parametrize("role", ["IA", "IE", "MI", "NETSO", "AV", "VT", "MV"])
def test_every_other_kind_is_there(role):
    assert live_with_role(COMPANIES, role)


def test_roles_are_known_and_some_companies_hold_two():
    held = Counter(len(company.roles) for company in COMPANIES)
    assert held[2] > 5
    assert {role.code for company in COMPANIES for role in company.roles} == set(ROLE_NAMES) - {
        "BP"
    }


def test_the_seed_organisations_of_the_acceptance_scenarios_are_there():
    numbers = {company.legal_name: company.company_number for company in COMPANIES}
    assert numbers["ALBION POWER LTD"] == "01234567"
    assert numbers["NORTHFLEX LTD"] == "07654321"
    assert numbers["CALDER GENERATION LLP"] == "OC400001"
    assert numbers["TYNE TRADING LTD"] == "09999991"
    assert numbers["SKYLARK NETWORKS LTD"] == "SC200002"
    assert numbers["NOTIFY AGENTS LTD"] == "08888882"
    assert "MERIDIAN LINK B.V." in numbers


def test_contacts_can_reach_nobody_real():
    for company in COMPANIES:
        purposes = {key for contact in company.contacts for key in contact.purposes.split()}
        assert purposes >= {"notices", "credit_default_24h"}
        for contact in company.contacts:
            assert contact.email.endswith(".example")
            assert len(contact.email) <= 80
            assert re.fullmatch(r"\+441632960\d{3}", contact.phone)
        assert company.address.postcode.startswith("ZY")


def test_statuses_differ_and_only_live_companies_trade():
    assert {company.status for company in COMPANIES} == {
        "live", "qualifying", "withdrawing", "withdrawn",
    }  # fmt: skip
    generators = {company.party_id for company in live_with_role(COMPANIES, "TG")}
    assert not generators & {"DORMANT", "STRIKEOF"}


def test_companies_of_other_countries_are_numbered_as_such():
    for company in COMPANIES:
        assert (company.country != "United Kingdom") == company.company_number.startswith("FC")
    assert len({company.country for company in COMPANIES}) > 5


def test_a_slug_is_small_letters_and_hyphens():
    assert slug("MERIDIAN LINK B.V.") == "meridian-link-b-v"
