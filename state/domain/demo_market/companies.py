"""The companies of the demo market: who they are, what they may do, whom to call."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from state.domain.demo_market.company_list import (
    COMPANY_LIST,
    COUNTRY_CODES,
    OVERSEAS,
    PARTICIPANT_IDS,
    STATUSES,
)
from state.domain.demo_market.noise import draw

Status = Literal["live", "qualifying", "withdrawing", "withdrawn"]

_SYSTEM_NAME_LENGTH: Final = 30
_FIRST_SINCE: Final = {"VP": date(2019, 2, 28), "AV": date(2022, 6, 30), "VT": date(2024, 11, 7)}
_OPENING: Final = date(2001, 3, 27)
_DAYS_OF_ARRIVALS: Final = 6500
_DAYS_OF_NEW_ROLES: Final = 120
_DAYS_SINCE_REVIEW: Final = 800
_FIRST_NAMES: Final = (
    "Amara", "Bronwen", "Callum", "Deepika", "Ewan", "Farah", "Gethin", "Hollis", "Imogen", "Joao",
    "Kasia", "Lowri", "Mateusz", "Niamh", "Oluwaseun", "Priya", "Quentin", "Rhona", "Samir",
    "Tegan",
)  # fmt: skip
_LAST_NAMES: Final = (
    "Ashgrove", "Birkdale", "Cawthorn", "Dunmoor", "Eskdale", "Farrowby", "Greatorex",
    "Hathersedge", "Ibbotson", "Jessop", "Kirkbride", "Lindqvist", "Macallister", "Nettlefold",
    "Okonjo", "Penhallow", "Quarmby", "Ravenscar", "Sandringfold", "Thistlewood",
)  # fmt: skip
_PURPOSES: Final = (
    ("notices general", "Company Secretary"),
    ("gcdc_breach technical", "Head of Market Operations"),
    ("credit_default_24h", "Treasury Manager"),
    ("payment_default billing", "Settlement Accountant"),
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a company can be written to. The towns and postcodes do not exist."""

    lines: tuple[str, ...]
    postcode: str


@dataclass(frozen=True, slots=True)
class Role:
    """A capacity in which a company takes part."""

    code: str
    since: date


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to call, and what about."""

    name: str
    purposes: str
    job_title: str
    email: str
    phone: str
    reviewed_days_ago: int = 0


@dataclass(frozen=True, slots=True)
class Company:
    """One invented company."""

    legal_name: str
    system_name: str
    company_number: str
    party_id: str
    participant_id: str | None
    address: Address
    country: str
    roles: tuple[Role, ...]
    contacts: tuple[Contact, ...]
    status: Status

    @property
    def country_code(self) -> str:
        """The country in two letters."""
        return COUNTRY_CODES[self.country]

    def has_role(self, code: str) -> bool:
        """Whether the company holds the role."""
        return any(role.code == code for role in self.roles)


def demo_companies(seed: int) -> tuple[Company, ...]:
    """Every company, in the order of the list."""
    rows = [tuple(cell.strip() for cell in row.split("|")) for row in COMPANY_LIST.splitlines()]
    return tuple(_company(seed, number, row) for number, row in enumerate(rows))


def live_with_role(companies: tuple[Company, ...], code: str) -> tuple[Company, ...]:
    """The companies that trade in a capacity today."""
    return tuple(
        company
        for company in companies
        if company.has_role(code) and company.status in {"live", "withdrawing"}
    )


def slug(text: str) -> str:
    """The text in small letters, words joined by hyphens, as an address is written."""
    kept = "".join(letter if letter.isalnum() else " " for letter in text.lower())
    return "-".join(kept.split())


def _company(seed: int, number: int, row: tuple[str, ...]) -> Company:
    legal_name, company_number, party_id, roles, town = row
    return Company(
        legal_name=legal_name,
        system_name=legal_name[:_SYSTEM_NAME_LENGTH].strip(),
        company_number=company_number,
        party_id=party_id,
        participant_id=PARTICIPANT_IDS.get(party_id),
        address=_address(seed, number, town),
        country=OVERSEAS.get(party_id, "United Kingdom"),
        roles=_roles(seed, number, roles.split()),
        contacts=_contacts(seed, number, party_id),
        status=_status(party_id),
    )


def _status(party_id: str) -> Status:
    statuses: dict[str, Status] = {
        "withdrawn": "withdrawn", "qualifying": "qualifying", "withdrawing": "withdrawing",
    }  # fmt: skip
    return statuses.get(STATUSES.get(party_id, ""), "live")


def _address(seed: int, number: int, town: str) -> Address:
    house = 1 + int(draw(seed, "house", number) * 90)
    street = ("Imaginary Row", "Example Street", "Sample Quay", "Demonstration Way")[number % 4]
    return Address(
        lines=(f"{house} {street}", town), postcode=f"ZY{1 + number % 99} {number % 10}ZY"
    )


def _roles(seed: int, number: int, codes: list[str]) -> tuple[Role, ...]:
    joined = _OPENING + timedelta(days=int(draw(seed, "joined", number) * _DAYS_OF_ARRIVALS))
    grace = timedelta(days=int(draw(seed, "grace", number) * _DAYS_OF_NEW_ROLES))
    return tuple(
        Role(code, max(joined, _FIRST_SINCE[code] + grace) if code in _FIRST_SINCE else joined)
        for code in codes
    )


def _contacts(seed: int, number: int, party_id: str) -> tuple[Contact, ...]:
    first = int(draw(seed, "first name", number) * len(_FIRST_NAMES))
    last = int(draw(seed, "last name", number) * len(_LAST_NAMES))
    return tuple(
        _contact(
            f"{_FIRST_NAMES[(first + 7 * place) % len(_FIRST_NAMES)]} "
            f"{_LAST_NAMES[(last + 3 * place) % len(_LAST_NAMES)]}",
            (purpose, job_title),
            party_id,
            f"+441632960{(number * len(_PURPOSES) + place) % 1000:03}",
            reviewed_days_ago=int(draw(seed, f"reviewed {place}", number) * _DAYS_SINCE_REVIEW),
        )
        for place, (purpose, job_title) in enumerate(_PURPOSES)
    )


def _contact(
    name: str, post: tuple[str, str], party_id: str, phone: str, reviewed_days_ago: int
) -> Contact:
    purposes, job_title = post
    mailbox = f"{slug(name).replace('-', '.')}@{party_id.lower()}.example"
    return Contact(name, purposes, job_title, mailbox, phone, reviewed_days_ago)
