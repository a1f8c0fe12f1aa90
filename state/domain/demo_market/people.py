"""The demo people: who can sign in to look around, and as what."""

from dataclasses import dataclass
from typing import Final, Literal

MembershipKind = Literal["signatory", "assistant", "viewer"]
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
    kind: MembershipKind
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in. The subject never changes; a name or address may."""

    issuer: str
    subject: str
    name: str
    email: str
    memberships: tuple[Membership, ...]
    staff_roles: tuple[StaffRole, ...]


_COMPANY_PEOPLE: Final[tuple[tuple[str, str, str], ...]] = (
    ("Alice Harrowgate", "ALBION", "A"),
    ("Ada Lonsdale", "ALBION", "A"),
    ("Fergus Tait", "ALBION", "F"),
    ("Nora Whinfell", "ALBION", "N"),
    ("Arun Selby", "ALBION", "assistant"),
    ("Agnes Whitlow", "ALBION", "viewer"),
    ("Nadia Thornbury", "NRTHFLEX", "A"),
    ("Noel Pickersgill", "NRTHFLEX", "assistant"),
    ("Nia Vaughan-Moss", "NRTHFLEX", "viewer"),
    ("Caleb Ormerod", "CALDER", "A"),
    ("Catrin Boothby", "CALDER", "assistant"),
    ("Cosmo Ferrand", "CALDER", "viewer"),
    ("Tamsin Yelland", "TYNETRAD", "A"),
    ("Tobias Marr", "TYNETRAD", "viewer"),
    ("Skye Abernant", "SKYLARK", "A"),
    ("Stuart Inglethorpe", "SKYLARK", "assistant"),
    ("Marijke van der Laan", "MERIDIAN", "A"),
    ("Mo Adeyinka", "MERIDIAN", "viewer"),
    ("Nell Copperwheat", "NOTIFY", "A"),
    ("Hector Winstanley", "HEARTHWK", "A"),
    ("Hana Okafor-Lunn", "HEARTHWK", "assistant"),
    ("Sunita Greaves", "SWARMWEL", "A"),
    ("Bea Tranter", "BROOKLET", "A"),
)

_STAFF: Final[tuple[tuple[str, StaffRole], ...]] = (
    ("Esther Newcombe", "market_entry"),
    ("Parveen Maddox", "participant_management"),
    ("Silas Okoro", "settlement_operations"),
    ("Maud Ellerker", "settlement_operations"),
    ("Isla Webberley", "insights_publisher"),
    ("Adam Rootley", "administrator"),
    ("Agatha Keyes", "administrator"),
    ("Rowan Latchford", "administrator"),
    ("Audrey Checkland", "auditor"),
)


def demo_people() -> tuple[Person, ...]:
    """Everyone who can sign in: companies' people, one who has two companies, then staff."""
    two_companies = _person(
        "Bridget Fairweather-Lowe",
        (_membership("ALBION", "assistant"), _membership("NRTHFLEX", "A")),
    )
    companies_people = tuple(
        _person(name, (_membership(party_id, acts_as),))
        for name, party_id, acts_as in _COMPANY_PEOPLE
    )
    staff = tuple(_person(name, staff_roles=(role,)) for name, role in _STAFF)
    return (*companies_people, two_companies, *staff)


def _membership(party_id: str, acts_as: str) -> Membership:
    """A kind of member; or a signatory, by the letters of the categories."""
    kinds: dict[str, MembershipKind] = {"assistant": "assistant", "viewer": "viewer"}
    if acts_as in kinds:
        return Membership(party_id, kinds[acts_as])
    return Membership(party_id, "signatory", tuple(acts_as))


def _person(
    name: str,
    memberships: tuple[Membership, ...] = (),
    staff_roles: tuple[StaffRole, ...] = (),
) -> Person:
    subject = "-".join(name.lower().split())
    house = "kinnect" if staff_roles else memberships[0].party_id.lower()
    mailbox = f"{subject.replace('-', '.')}@{house}.example"
    return Person(ISSUER, subject, name, mailbox, memberships, staff_roles)
