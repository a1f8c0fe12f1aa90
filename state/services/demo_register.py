"""The companies and the people of the demo market, put into the record."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session, select

from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.actor import Actor
from state.domain.demo_market.companies import Company, Contact
from state.domain.demo_market.market import DemoMarket
from state.domain.demo_market.people import Membership, Person
from state.domain.permissions import Permission
from state.persistence.audit_trail import record
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

_OPENED_ON: Final = date(2001, 3, 27)
_REVIEWED_DAYS_AGO: Final = 200
_REVIEW_STEP_DAYS: Final = 37
_REVIEW_TIMES: Final = 5


def register_market(*, actor: Actor, market: DemoMarket, now: datetime) -> None:
    """Its companies, their BM Units and their people; nothing where there is a company already."""
    actor.require(Permission.MARKET_SEED)
    with transaction() as session:
        if session.exec(select(OrganisationRow.id).limit(1)).first() is not None:
            return
        ids = {company.party_id: _company(session, company, now) for company in market.companies}
        for unit in market.bm_units:
            session.add(
                BmUnitRow(
                    bm_unit=unit.bm_unit,
                    name=unit.name,
                    organisation_id=ids[unit.lead_party],
                    unit_type=unit.unit_type,
                    fuel_code=unit.fuel_code,
                    gsp_group=unit.gsp_group,
                    capacity_mw=unit.capacity_mw,
                    since=unit.since,
                    created_at=now,
                    updated_at=now,
                )
            )
        for person in market.people:
            _person(session, person, ids, now)
        record(
            session,
            actor=actor,
            event="demo_market.seeded",
            subject=f"seed:{market.seed}",
            now=now,
            companies=len(market.companies),
            rules=TRADING_CHARGES.fingerprint()[:16],
        )


def _company(session: Session, company: Company, now: datetime) -> int:
    organisation = OrganisationRow(
        public_id=_public_id(company.party_id),
        legal_name=company.legal_name,
        system_name=company.system_name,
        company_number=company.company_number,
        country=company.country,
        status=company.status,
        created_at=now,
        updated_at=now,
    )
    organisation_id = _key_of(session, organisation)
    participant = ParticipantRow(
        organisation_id=organisation_id,
        party_id=company.party_id,
        created_at=now,
        updated_at=now,
    )
    participant_id = _key_of(session, participant)
    session.add_all(
        ParticipantRoleRow(
            participant_id=participant_id,
            role_code=role.code,
            since=role.since,
            created_at=now,
            updated_at=now,
        )
        for role in company.roles
    )
    session.add_all(
        _contact(contact, f"{company.party_id}/{number}", organisation_id, now)
        for number, contact in enumerate(company.contacts)
    )
    session.add(_address(company, organisation_id, now))
    return organisation_id


def _address(company: Company, organisation_id: int, now: datetime) -> AddressRow:
    street, town = company.address.lines
    return AddressRow(
        public_id=_public_id(f"{company.party_id}/registered"),
        organisation_id=organisation_id,
        purpose="registered",
        line_1=street,
        line_2=town,
        postcode=company.address.postcode,
        country=company.country_code,
        since=_OPENED_ON,
        created_at=now,
        updated_at=now,
    )


def _contact(contact: Contact, named: str, organisation_id: int, now: datetime) -> ContactRow:
    return ContactRow(
        public_id=_public_id(named),
        organisation_id=organisation_id,
        purposes=contact.purposes,
        since=_OPENED_ON,
        reviewed_on=now.date() - timedelta(days=contact.reviewed_days_ago),
        name=contact.name,
        job_title=contact.job_title,
        email=contact.email,
        phone=contact.phone,
        created_at=now,
        updated_at=now,
    )


def _person(session: Session, person: Person, ids: dict[str, int], now: datetime) -> None:
    row = PersonRow(
        public_id=_public_id(person.subject),
        name=person.name,
        email=person.email,
        created_at=now,
        updated_at=now,
    )
    person_id = _key_of(session, row)
    session.add(
        ExternalIdentityRow(
            person_id=person_id,
            issuer=person.issuer,
            subject=person.subject,
            created_at=now,
            updated_at=now,
        )
    )
    for membership in person.memberships:
        _membership(session, person_id, ids[membership.party_id], membership, now)
    session.add_all(
        StaffRoleRow(
            person_id=person_id, role=role, since=_OPENED_ON, created_at=now, updated_at=now
        )
        for role in person.staff_roles
    )


def _membership(
    session: Session, person_id: int, organisation_id: int, membership: Membership, now: datetime
) -> None:
    row = MembershipRow(
        person_id=person_id,
        organisation_id=organisation_id,
        kind=membership.kind,
        since=_OPENED_ON,
        confirmed_on=_access_confirmed_on(organisation_id, now),
        created_at=now,
        updated_at=now,
    )
    membership_id = _key_of(session, row)
    session.add_all(
        AuthorisationRow(
            public_id=_public_id(f"{person_id}/{organisation_id}/{category}"),
            membership_id=membership_id,
            category=category,
            since=_OPENED_ON,
            created_at=now,
            updated_at=now,
        )
        for category in membership.categories
    )


def _access_confirmed_on(organisation_id: int, now: datetime) -> date:
    """Companies looked over who has access in the last year, at one of five times."""
    ago = _REVIEWED_DAYS_AGO + _REVIEW_STEP_DAYS * (organisation_id % _REVIEW_TIMES)
    return now.date() - timedelta(days=ago)


def _key_of(
    session: Session, row: OrganisationRow | ParticipantRow | PersonRow | MembershipRow
) -> int:
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  # the flush gave it
    return row.id


def _public_id(of: str) -> str:
    return hashlib.sha256(f"demo:{of}".encode()).hexdigest()[:16]
