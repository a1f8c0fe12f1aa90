"""My Account: what the operator holds about a company, and the part of it that may be changed."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from state.domain.account import Contact, refusals, tidied
from state.domain.actor import Actor, NotAllowedError
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.domain.roles import ROLE_NAMES
from state.persistence.audit_trail import record
from state.persistence.models.bm_unit import BmUnitRow
from state.persistence.models.organisation import (
    ContactRow,
    OrganisationRow,
    ParticipantRoleRow,
    ParticipantRow,
)
from state.persistence.transaction import reading, transaction


class ContactRefusedError(RefusedError):
    """The contact breaks a rule, or was changed by someone else meanwhile; nothing is stored."""


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A capacity that the company takes part in."""

    code: str
    name: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class HeldContact:
    """A person to speak to at the company."""

    public_id: str
    purpose: str
    contact: Contact
    row_version: int


@dataclass(frozen=True, slots=True)
class CompanyAccount:
    """All that My Account shows of one company."""

    legal_name: str
    system_name: str
    party_ids: tuple[str, ...]
    company_number: str
    country: str
    address: str
    postcode: str
    status: str
    roles: tuple[HeldRole, ...]
    contacts: tuple[HeldContact, ...]
    bm_unit_count: int


def company_account(*, actor: Actor, organisation_id: int) -> CompanyAccount:
    """The account of a company."""
    actor.require(Permission.ORG_VIEW, organisation_id)
    with reading() as session:
        company = session.get_one(OrganisationRow, organisation_id)
        participants = session.exec(
            select(ParticipantRow)
            .where(ParticipantRow.organisation_id == organisation_id)
            .order_by(ParticipantRow.party_id)
        ).all()
        return CompanyAccount(
            legal_name=company.legal_name,
            system_name=company.system_name,
            party_ids=tuple(participant.party_id for participant in participants),
            company_number=company.company_number,
            country=company.country,
            address=company.address,
            postcode=company.postcode,
            status=company.status,
            roles=_roles(session, [participant.id for participant in participants]),
            contacts=_contacts(session, organisation_id),
            bm_unit_count=session.exec(
                select(func.count())
                .select_from(BmUnitRow)
                .where(BmUnitRow.organisation_id == organisation_id)
            ).one(),
        )


def contact_to_change(*, actor: Actor, organisation_id: int, public_id: str) -> HeldContact:
    """One contact of the company, to be changed.

    Raises:
        NotAllowedError: Another company's, or nobody's: the answer is the same.
    """
    actor.require(Permission.CONTACT_APPROVE, organisation_id)
    with reading() as session:
        return _held(_contact_row(session, organisation_id, public_id))


def change_contact(  # who, where, which, what, against what, when
    *,
    actor: Actor,
    organisation_id: int,
    public_id: str,
    contact: Contact,
    row_version: int,
    now: datetime,
) -> HeldContact:
    """Change a contact.

    Raises:
        NotAllowedError: The actor may not, or the contact is another company's.
        ContactRefusedError: What was typed breaks a rule, or someone changed the contact meanwhile.
    """
    actor.require(Permission.CONTACT_APPROVE, organisation_id)
    wanted = tidied(contact)
    if reasons := refusals(wanted):
        raise ContactRefusedError(reasons)
    with transaction() as session:
        row = _contact_row(session, organisation_id, public_id, to_change=True)
        if row.row_version != row_version:
            raise ContactRefusedError((_changed_meanwhile(),))
        before = asdict(_held(row).contact)
        for field, value in asdict(wanted).items():
            setattr(row, field, value)
        row.row_version += 1
        row.updated_at = now
        session.add(row)
        record(
            session,
            actor=actor,
            event="account.contact.changed",
            subject=public_id,
            organisation_id=organisation_id,
            now=now,
            fields=sorted(
                field for field, value in asdict(wanted).items() if before[field] != value
            ),
        )
        return _held(row)


def _changed_meanwhile() -> Refusal:
    return Refusal(
        "",
        "Someone else changed this contact while you were editing. Your changes are not saved: "
        "open the contact again to see theirs, then make yours.",
    )


def _contact_row(
    session: Session, organisation_id: int, public_id: str, *, to_change: bool = False
) -> ContactRow:
    wanted = select(ContactRow).where(
        ContactRow.public_id == public_id, ContactRow.organisation_id == organisation_id
    )
    row = session.exec(wanted.with_for_update() if to_change else wanted).first()
    if row is None:
        raise NotAllowedError("There is no such contact at your company.")
    return row


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


def _contacts(session: Session, organisation_id: int) -> tuple[HeldContact, ...]:
    rows = session.exec(
        select(ContactRow)
        .where(ContactRow.organisation_id == organisation_id)
        .order_by(ContactRow.purpose, ContactRow.name)
    ).all()
    return tuple(_held(row) for row in rows)


def _held(row: ContactRow) -> HeldContact:
    return HeldContact(
        public_id=row.public_id,
        purpose=row.purpose,
        contact=Contact(row.name, row.job_title, row.email, row.phone),
        row_version=row.row_version,
    )
