"""The demo people: who can sign in to look around, and as what."""

from dataclasses import dataclass
from typing import Final, Literal

Capacity = Literal["category_a", "assistant", "viewer"]
StaffRole = Literal[
    "market_entry",
    "participant_management",
    "settlement_operations",
    "insights_publisher",
    "administrator",
    "auditor",
]

ISSUER: Final = "urn:kinnect:dev"


@dataclass(frozen=True, slots=True)
class Membership:
    """A company that a person acts for, and how far."""

    party_id: str
    capacity: Capacity


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in. The subject never changes; a name or address may."""

    issuer: str
    subject: str
    name: str
    email: str
    memberships: tuple[Membership, ...]
    staff_roles: tuple[StaffRole, ...]


_COMPANY_PEOPLE: Final[tuple[tuple[str, str, Capacity], ...]] = (
    ("Alice Harrowgate", "ALBION", "category_a"),
    ("Arun Selby", "ALBION", "assistant"),
    ("Agnes Whitlow", "ALBION", "viewer"),
    ("Nadia Thornbury", "NRTHFLEX", "category_a"),
    ("Noel Pickersgill", "NRTHFLEX", "assistant"),
    ("Nia Vaughan-Moss", "NRTHFLEX", "viewer"),
    ("Caleb Ormerod", "CALDER", "category_a"),
    ("Catrin Boothby", "CALDER", "assistant"),
    ("Cosmo Ferrand", "CALDER", "viewer"),
    ("Tamsin Yelland", "TYNETRAD", "category_a"),
    ("Tobias Marr", "TYNETRAD", "viewer"),
    ("Skye Abernant", "SKYLARK", "category_a"),
    ("Stuart Inglethorpe", "SKYLARK", "assistant"),
    ("Marijke van der Laan", "MERIDIAN", "category_a"),
    ("Mo Adeyinka", "MERIDIAN", "viewer"),
    ("Nell Copperwheat", "NOTIFY", "category_a"),
    ("Hector Winstanley", "HEARTHWK", "category_a"),
    ("Hana Okafor-Lunn", "HEARTHWK", "assistant"),
    ("Sunita Greaves", "SWARMWEL", "category_a"),
    ("Bea Tranter", "BROOKLET", "category_a"),
)

_STAFF: Final[tuple[tuple[str, StaffRole], ...]] = (
    ("Esther Newcombe", "market_entry"),
    ("Parveen Maddox", "participant_management"),
    ("Silas Okoro", "settlement_operations"),
    ("Maud Ellerker", "settlement_operations"),
    ("Isla Webberley", "insights_publisher"),
    ("Adam Rootley", "administrator"),
    ("Audrey Checkland", "auditor"),
)


def demo_people() -> tuple[Person, ...]:
    """Everyone who can sign in: companies' people, one who has two companies, then staff."""
    two_companies = _person(
        "Bridget Fairweather-Lowe",
        (Membership("ALBION", "assistant"), Membership("NRTHFLEX", "category_a")),
    )
    companies_people = tuple(
        _person(name, (Membership(party_id, capacity),))
        for name, party_id, capacity in _COMPANY_PEOPLE
    )
    staff = tuple(_person(name, staff_roles=(role,)) for name, role in _STAFF)
    return (*companies_people, two_companies, *staff)


def _person(
    name: str,
    memberships: tuple[Membership, ...] = (),
    staff_roles: tuple[StaffRole, ...] = (),
) -> Person:
    subject = "-".join(name.lower().split())
    house = "kinnect" if staff_roles else memberships[0].party_id.lower()
    mailbox = f"{subject.replace('-', '.')}@{house}.example"
    return Person(ISSUER, subject, name, mailbox, memberships, staff_roles)
