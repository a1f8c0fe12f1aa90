import re

from state.domain.demo_market.companies import demo_companies
from state.domain.demo_market.people import ISSUER, demo_people

PEOPLE = demo_people()
STAFF_ROLES = {
    "market_entry", "participant_management", "settlement_operations", "insights_publisher",
    "administrator", "auditor",
}  # fmt: skip


def test_subjects_and_addresses_are_stable_and_unique():
    assert {person.issuer for person in PEOPLE} == {ISSUER}
    assert len({person.subject for person in PEOPLE}) == len(PEOPLE)
    assert len({person.email for person in PEOPLE}) == len(PEOPLE)
    for person in PEOPLE:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)+", person.subject)
        assert person.email.endswith(".example")


def test_there_is_one_of_every_staff_role():
    assert {role for person in PEOPLE for role in person.staff_roles} == STAFF_ROLES


def test_staff_belong_to_no_company():
    assert not [person for person in PEOPLE if person.staff_roles and person.memberships]


def test_several_companies_have_all_three_capacities():
    held: dict[str, set[str]] = {}
    for person in PEOPLE:
        for membership in person.memberships:
            held.setdefault(membership.party_id, set()).add(membership.kind)
    assert sum(len(capacities) == 3 for capacities in held.values()) >= 3


def test_one_person_has_two_companies():
    assert [len(person.memberships) for person in PEOPLE].count(2) == 1


def test_every_membership_is_of_a_company_that_exists():
    parties = {company.party_id for company in demo_companies(7)}
    assert {m.party_id for person in PEOPLE for m in person.memberships} <= parties
