"""What is registered for a company: contacts, addresses, accounts, signatories, with dates."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from state.domain.actor import Actor
from state.domain.change_forms import questions_of
from state.domain.changes import RIGHTS, ChangeAction, ChangeKind, ChangeStatus
from state.domain.contact_review import is_to_be_reviewed, review_due_on
from state.domain.identifiers import SCHEMES, values_of
from state.domain.permissions import Permission
from state.domain.signatory import Grant, grants_in_words, write_grants
from state.persistence.bank_values import opened
from state.persistence.models.change import ChangeRow
from state.persistence.models.organisation import (
    AddressRow,
    BankAccountRow,
    ContactRow,
    IdentifierRow,
)
from state.persistence.models.person import AuthorisationRow, MembershipRow, PersonRow
from state.persistence.transaction import reading


class Tab(StrEnum):
    """When a record counts."""

    ACTIVE = "active"
    FUTURE = "future"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a list shows it: answers in words, private ones masked."""

    public_id: str
    tab: Tab
    title: str
    since: date
    until: date | None
    words: Mapping[str, str]
    review_due_on: date | None = None
    is_to_be_reviewed: bool = False
    waits: bool = field(default=False)


def contacts_of(*, actor: Actor, organisation_id: int, now: datetime) -> tuple[Entry, ...]:
    """The company's contacts; those to come are agreed changes that wait for their date."""
    actor.require(Permission.ORG_VIEW, organisation_id)
    with reading() as session:
        rows = session.exec(
            select(ContactRow)
            .where(ContactRow.organisation_id == organisation_id)
            .order_by(ContactRow.name)
        ).all()
        held = [
            Entry(
                row.public_id,
                _tab(row.since, row.until, now.date()),
                row.name,
                row.since,
                row.until,
                _in_words(ChangeKind.CONTACT, row.model_dump()),
                review_due_on(row.reviewed_on),
                row.until is None and is_to_be_reviewed(row.reviewed_on, now.date()),
            )
            for row in rows
        ]
        return (*held, *_to_come(session, organisation_id, ChangeKind.CONTACT))


def addresses_of(*, actor: Actor, organisation_id: int, now: datetime) -> tuple[Entry, ...]:
    """The company's addresses."""
    actor.require(Permission.ORG_VIEW, organisation_id)
    with reading() as session:
        rows = session.exec(
            select(AddressRow)
            .where(AddressRow.organisation_id == organisation_id)
            .order_by(col(AddressRow.id))
        ).all()
        held = [
            Entry(
                row.public_id,
                _tab(row.since, row.until, now.date()),
                _lines(row),
                row.since,
                row.until,
                _in_words(ChangeKind.ADDRESS, row.model_dump()),
            )
            for row in rows
        ]
        return (*held, *_to_come(session, organisation_id, ChangeKind.ADDRESS))


def identifiers_of(*, actor: Actor, organisation_id: int, now: datetime) -> tuple[Entry, ...]:
    """What else the company is known by."""
    actor.require(Permission.ORG_VIEW, organisation_id)
    with reading() as session:
        rows = session.exec(
            select(IdentifierRow)
            .where(IdentifierRow.organisation_id == organisation_id)
            .order_by(col(IdentifierRow.id))
        ).all()
        held = [
            Entry(
                row.public_id,
                _tab(row.since, row.until, now.date()),
                f"{SCHEMES[row.scheme]} {row.value}",
                row.since,
                row.until,
                _in_words(ChangeKind.IDENTIFIER, values_of(row.scheme, row.value)),
            )
            for row in rows
        ]
        return (*held, *_to_come(session, organisation_id, ChangeKind.IDENTIFIER))


def bank_accounts_of(*, actor: Actor, organisation_id: int, now: datetime) -> tuple[Entry, ...]:
    """The company's accounts, their numbers masked."""
    actor.require(RIGHTS[ChangeKind.BANK_ACCOUNT].view, organisation_id)
    with reading() as session:
        rows = session.exec(
            select(BankAccountRow)
            .where(BankAccountRow.organisation_id == organisation_id)
            .order_by(BankAccountRow.purpose, col(BankAccountRow.id).desc())
        ).all()
        held = [
            Entry(
                row.public_id,
                _tab(row.since, row.until, now.date()),
                f"Account ending {row.ending}",
                row.since,
                row.until,
                _in_words(
                    ChangeKind.BANK_ACCOUNT,
                    opened(row.model_dump() | {"sealed_for": row.public_id}, organisation_id),
                )
                | {"purpose": row.purpose},
            )
            for row in rows
        ]
        return (*held, *_to_come(session, organisation_id, ChangeKind.BANK_ACCOUNT))


def signatories_of(*, actor: Actor, organisation_id: int, now: datetime) -> tuple[Entry, ...]:
    """Who may sign for the company, and for what; the id is the person's."""
    actor.require(Permission.ACCESS_VIEW, organisation_id)
    with reading() as session:
        rows = session.exec(
            select(MembershipRow, PersonRow)
            .join(PersonRow, col(PersonRow.id) == col(MembershipRow.person_id))
            .where(MembershipRow.organisation_id == organisation_id)
            .order_by(PersonRow.name)
        ).all()
        return tuple(
            entry
            for membership, person in rows
            for entry in _signatory(session, membership, person, now.date())
        )


def _signatory(
    session: Session, membership: MembershipRow, person: PersonRow, today: date
) -> list[Entry]:
    """One entry a tab: what somebody signs for now, will sign for, and once did."""
    held = session.exec(
        select(AuthorisationRow).where(AuthorisationRow.membership_id == membership.id)
    ).all()
    by_tab: dict[Tab, list[AuthorisationRow]] = {}
    for row in held:
        if row.until is None or row.until >= row.since:
            by_tab.setdefault(_tab(row.since, row.until, today), []).append(row)
    return [
        Entry(
            person.public_id,
            tab,
            person.name,
            min(row.since for row in rows),
            max((row.until for row in rows if row.until), default=None),
            {"email": person.email, "categories": _signs_for(rows)},
        )
        for tab, rows in by_tab.items()
    ]


def _signs_for(rows: Sequence[AuthorisationRow]) -> str:
    return grants_in_words(
        write_grants(Grant(row.category, row.role_code or "", None, row.until) for row in rows)
    )


def _to_come(session: Session, organisation_id: int, kind: ChangeKind) -> list[Entry]:
    """What was agreed to begin and waits for its date."""
    rows = session.exec(
        select(ChangeRow).where(
            ChangeRow.organisation_id == organisation_id,
            ChangeRow.kind == kind.value,
            ChangeRow.status == ChangeStatus.SCHEDULED.value,
            ChangeRow.action != ChangeAction.END.value,
        )
    ).all()
    return [
        Entry(
            row.public_id,
            Tab.FUTURE,
            row.title,
            row.effective_on,
            None,
            _in_words(kind, _after(row)) | {"purpose": row.subject},
            waits=True,
        )
        for row in rows
    ]


def _after(row: ChangeRow) -> Mapping[str, object]:
    return opened(json.loads(row.after), row.organisation_id)


def _in_words(kind: ChangeKind, values: Mapping[str, object]) -> dict[str, str]:
    fields = questions_of(kind).fields
    return {field.name: field.words(str(values.get(field.name) or "")) for field in fields}


def _lines(row: AddressRow) -> str:
    lines = (row.line_1, row.line_2, row.line_3, row.line_4, row.line_5, row.postcode)
    return ", ".join(line for line in lines if line)


def _tab(since: date, until: date | None, today: date) -> Tab:
    if since > today:
        return Tab.FUTURE
    return Tab.ENDED if until is not None and until < today else Tab.ACTIVE
