"""A tiny market of two companies for tests of the services."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import Session

from state.domain.actor import Actor, Authorisation
from state.domain.permissions import Capacity, StaffRole
from state.persistence.models.bm_unit import BmUnitRow
from state.persistence.models.organisation import (
    AddressRow,
    ContactRow,
    OrganisationRow,
    ParticipantRoleRow,
    ParticipantRow,
)
from state.persistence.models.person import (
    AuthorisationRow,
    ExternalIdentityRow,
    MembershipRow,
    PersonRow,
    StaffRoleRow,
)
from state.persistence.transaction import transaction
from state.services.sessions import DEVELOPMENT_ISSUER
from tests.databases import RowsByTable, rows_of, write_rows

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SINCE = date(2020, 1, 1)


_MODELS = (
    OrganisationRow,
    ParticipantRow,
    ParticipantRoleRow,
    AddressRow,
    ContactRow,
    BmUnitRow,
    PersonRow,
    ExternalIdentityRow,
    MembershipRow,
    AuthorisationRow,
    StaffRoleRow,
)
_MADE: dict[str, tuple["TinyMarket", RowsByTable]] = {}
"""By issuer: made once a session, then written again as it was."""


@dataclass(frozen=True)
class TinyMarket:
    """Keys of what was made, by party id and by subject."""

    organisations: dict[str, int]
    people: dict[str, int]

    def acting(
        self, subject: str, party_id: str, capacity: Capacity, *letters: str, fresh: bool = True
    ) -> Actor:
        """A person who acts for a company; with letters, one who holds those categories."""
        return Actor(
            kind="person",
            name=subject,
            person_id=self.people[subject],
            session_id=f"session-of-{subject}",
            organisation_id=self.organisations[party_id],
            capacity=capacity,
            authorisations=frozenset(Authorisation(letter) for letter in letters),
            fresh=fresh,
        )

    def staff(self, subject: str, *roles: StaffRole) -> Actor:
        """A member of the operator's staff."""
        return Actor(
            kind="person",
            name=subject,
            person_id=self.people[subject],
            session_id=f"session-of-{subject}",
            staff_roles=frozenset(roles),
            fresh=True,
        )


def tiny_market(issuer: str = DEVELOPMENT_ISSUER) -> TinyMarket:
    """Two companies with a contact and units each; Ann of both, Ben of one; and staff."""
    with transaction() as session:
        if issuer not in _MADE:
            made = _made(session, issuer)
            session.flush()
            _MADE[issuer] = made, rows_of(session, *_MODELS)
            return made
        made, rows = _MADE[issuer]
        write_rows(session, rows)
        return made


def _made(session: Session, issuer: str) -> TinyMarket:
    organisations = {name: _company(session, name) for name in ("ALPHA", "BETA")}
    people = {
        name: _person(session, name, issuer)
        for name in (
            "ann",
            "ben",
            "stella",
            "peter",
            "amy",
            "nick",
            "al",
            "silas",
            "sid",
            "ada",
            "abe",
            "otto",
        )
    }
    for subject, party_id, acts_as in (
        ("ann", "ALPHA", "A"),
        ("amy", "ALPHA", "A"),
        ("nick", "ALPHA", "N"),
        ("al", "ALPHA", "assistant"),
        ("ann", "BETA", "viewer"),
        ("ben", "BETA", "A"),
    ):
        _membership(session, people[subject], organisations[party_id], acts_as)
    for subject, role in (
        ("stella", "market_entry"),
        ("peter", "participant_management"),
        ("silas", "settlement_operations"),
        ("sid", "settlement_operations"),
        ("ada", "administrator"),
        ("abe", "administrator"),
        ("otto", "auditor"),
    ):
        session.add(
            StaffRoleRow(
                person_id=people[subject],
                role=role,
                since=SINCE,
                created_at=NOW,
                updated_at=NOW,
            )
        )
    return TinyMarket(organisations, people)


def _company(session, name: str) -> int:
    organisation = OrganisationRow(
        public_id=name.lower(),
        legal_name=f"{name} ENERGY LTD",
        system_name=name,
        company_number=f"0{sum(map(ord, name)):07}",
        country="United Kingdom",
        status="live",
        created_at=NOW,
        updated_at=NOW,
    )
    session.add(organisation)
    session.flush()
    participant = ParticipantRow(
        organisation_id=organisation.id, party_id=name, created_at=NOW, updated_at=NOW
    )
    session.add(participant)
    session.flush()
    session.add(
        ParticipantRoleRow(
            participant_id=participant.id,
            role_code="TG",
            since=SINCE,
            created_at=NOW,
            updated_at=NOW,
        )
    )
    session.add(
        AddressRow(
            public_id=f"address-{name.lower()}",
            organisation_id=organisation.id,
            purpose="registered",
            line_1="1 Nowhere Street",
            postcode="ZY1 1ZY",
            country="GB",
            since=SINCE,
            created_at=NOW,
            updated_at=NOW,
        )
    )
    session.add(
        ContactRow(
            public_id=f"contact-{name.lower()}",
            organisation_id=organisation.id,
            purposes="notices",
            since=SINCE,
            reviewed_on=NOW.date(),
            name=f"Carol of {name}",
            job_title="Secretary",
            email=f"carol@{name.lower()}.example",
            phone="+441632960001",
            created_at=NOW,
            updated_at=NOW,
        )
    )
    for number in range(60 if name == "ALPHA" else 3):
        session.add(
            BmUnitRow(
                bm_unit=f"T_{name[:4]}-{number}",
                name=f"{name} unit {number}",
                organisation_id=organisation.id,
                unit_type="T",
                fuel_code="WIND" if number % 2 else "CCGT",
                gsp_group="_A",
                capacity_mw=100 + number,
                since=SINCE,
                created_at=NOW,
                updated_at=NOW,
            )
        )
    return organisation.id


def _person(session, subject: str, issuer: str) -> int:
    person = PersonRow(
        public_id=f"p-{subject}",
        name=subject.capitalize(),
        email=f"{subject}@people.example",
        created_at=NOW,
        updated_at=NOW,
    )
    session.add(person)
    session.flush()
    session.add(
        ExternalIdentityRow(
            person_id=person.id, issuer=issuer, subject=subject, created_at=NOW, updated_at=NOW
        )
    )
    return person.id


def _membership(session, person_id: int, organisation_id: int, acts_as: str) -> None:
    is_signatory = len(acts_as) == 1
    row = MembershipRow(
        person_id=person_id,
        organisation_id=organisation_id,
        kind="signatory" if is_signatory else acts_as,
        since=SINCE,
        created_at=NOW,
        updated_at=NOW,
    )
    session.add(row)
    session.flush()
    if is_signatory:
        session.add(
            AuthorisationRow(
                public_id=f"authorisation-{row.id}",
                membership_id=row.id,
                category=acts_as,
                since=SINCE,
                created_at=NOW,
                updated_at=NOW,
            )
        )
