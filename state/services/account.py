"""My Account: what the operator holds about a company, and what in it waits for somebody."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, SQLModel, col, func, select

from state.domain.actor import Actor
from state.domain.changes import OPEN
from state.domain.contact_review import review_due_on
from state.domain.permissions import Permission
from state.domain.roles import ROLE_NAMES
from state.persistence.models.bm_unit import BmUnitRow
from state.persistence.models.organisation import (
    AddressRow,
    BankAccountRow,
    ContactRow,
    OrganisationRow,
    ParticipantRoleRow,
    ParticipantRow,
)
from state.persistence.transaction import reading
from state.services.change_views import changes_of


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A capacity that the company takes part in."""

    code: str
    name: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class AccountCounts:
    """How many of each thing, and what of it asks for attention."""

    contacts: int
    contacts_to_review: int
    addresses: int
    bank_accounts: int
    bm_units: int
    open_changes: int
    changes_for_me: int


@dataclass(frozen=True, slots=True)
class CompanyAccount:
    """All that the first page of My Account shows of one company."""

    public_id: str
    legal_name: str
    system_name: str
    kind: str
    party_ids: tuple[str, ...]
    company_number: str
    country: str
    registered_address: str
    website: str
    vat_status: str
    vat_number: str
    lei: str
    eic: str
    status: str
    roles: tuple[HeldRole, ...]
    counts: AccountCounts


def company_account(*, actor: Actor, organisation_id: int, now: datetime) -> CompanyAccount:
    """The account of a company."""
    actor.require(Permission.ORG_VIEW, organisation_id)
    changes = changes_of(actor=actor, organisation_id=organisation_id)
    with reading() as session:
        company = session.get_one(OrganisationRow, organisation_id)
        participants = session.exec(
            select(ParticipantRow)
            .where(ParticipantRow.organisation_id == organisation_id)
            .order_by(ParticipantRow.party_id)
        ).all()
        return CompanyAccount(
            public_id=company.public_id,
            legal_name=company.legal_name,
            system_name=company.system_name,
            kind=company.kind,
            party_ids=tuple(participant.party_id for participant in participants),
            company_number=company.company_number,
            country=company.country,
            registered_address=_registered_address(session, organisation_id),
            website=company.website,
            vat_status=company.vat_status,
            vat_number=company.vat_number,
            lei=company.lei,
            eic=company.eic,
            status=company.status,
            roles=_roles(session, [participant.id for participant in participants]),
            counts=AccountCounts(
                contacts=_count(session, ContactRow, organisation_id),
                contacts_to_review=_to_review(session, organisation_id, now.date()),
                addresses=_count(session, AddressRow, organisation_id),
                bank_accounts=_count(session, BankAccountRow, organisation_id),
                bm_units=_count(session, BmUnitRow, organisation_id),
                open_changes=sum(change.status in OPEN for change in changes),
                changes_for_me=sum(change.awaits_me for change in changes),
            ),
        )


def _registered_address(session: Session, organisation_id: int) -> str:
    row = session.exec(
        select(AddressRow).where(
            AddressRow.organisation_id == organisation_id,
            AddressRow.purpose == "registered",
            col(AddressRow.until).is_(None),
        )
    ).first()
    if row is None:
        return ""
    lines = (row.line_1, row.line_2, row.line_3, row.line_4, row.line_5, row.postcode)
    return ", ".join(line for line in lines if line)


def _count(session: Session, kind: type[SQLModel], organisation_id: int) -> int:
    """Those of the company that have no end."""
    columns = kind.__table__.c  # type: ignore[attr-defined]
    of_company = columns.organisation_id == organisation_id
    open_ended = columns.until.is_(None) if "until" in columns else True
    return session.exec(select(func.count()).select_from(kind).where(of_company, open_ended)).one()


def _to_review(session: Session, organisation_id: int, today: date) -> int:
    rows = session.exec(
        select(ContactRow).where(
            ContactRow.organisation_id == organisation_id, col(ContactRow.until).is_(None)
        )
    ).all()
    return sum(review_due_on(row.reviewed_on) <= today for row in rows)


def _roles(session: Session, participant_ids: list[int | None]) -> tuple[HeldRole, ...]:
    rows = session.exec(
        select(ParticipantRoleRow)
        .where(col(ParticipantRoleRow.participant_id).in_(participant_ids))
        .order_by(col(ParticipantRoleRow.since), ParticipantRoleRow.role_code)
    ).all()
    return tuple(
        HeldRole(row.role_code, ROLE_NAMES.get(row.role_code, row.role_code), row.since, row.until)
        for row in rows
    )
