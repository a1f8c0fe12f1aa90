"""What the record knows about how odd a change to a bank account is."""

import json
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from state.domain import rules
from state.domain.bank_risk import BankChangeFacts, flags_of
from state.domain.changes import ChangeKind
from state.domain.formats.modulus import Modulus
from state.domain.look_alike import domain_of, looks_like_another
from state.domain.permissions import Permission
from state.persistence.bank_values import opened
from state.persistence.members import in_force
from state.persistence.models.change import ChangeRow
from state.persistence.models.organisation import BankAccountRow, ContactRow
from state.persistence.models.person import MembershipRow, PersonRow, UserSessionRow
from state.persistence.modulus_table import checked_pair
from state.persistence.queries.who_may import people_who_may


def risk_flags(
    session: Session, row: ChangeRow, session_id: str | None, now: datetime
) -> tuple[str, ...]:
    """The flags of a change as it is sent for approval; other kinds have none."""
    if row.kind != ChangeKind.BANK_ACCOUNT or row.organisation_id is None:
        return ()
    after, before = json.loads(row.after), json.loads(row.before)
    today = now.date()
    approvers = people_who_may(session, row.organisation_id, Permission.BANK_APPROVE, today)
    return flags_of(
        BankChangeFacts(
            maker_is_new_signatory=_joined_lately(session, row, now),
            maker_came_from_new_client=_new_client(session, row.made_by, session_id),
            changed_recently=_changed_lately(session, row, now),
            account_used_by_another=bool(after)
            and _used_by_another(session, row.organisation_id, after["account_index"]),
            country_changed=bool(before and after) and before["country"] != after["country"],
            one_signatory_only=len(approvers) <= 1,
            domain_looks_alike=_has_look_alike(session, row, today),
            modulus_not_checked=bool(after) and _is_unchecked(opened(after, row.organisation_id)),
        )
    )


def _joined_lately(session: Session, row: ChangeRow, now: datetime) -> bool:
    lately = now.date() - timedelta(days=rules.new_signatory_days(now.date()))
    joined = session.exec(
        select(MembershipRow).where(
            MembershipRow.person_id == row.made_by,
            MembershipRow.organisation_id == row.organisation_id,
        )
    ).first()
    return joined is None or joined.since > lately


def _new_client(session: Session, person_id: int, session_id: str | None) -> bool:
    """Whether this browser's kind was never seen before this session."""
    here = session.get(UserSessionRow, session_id) if session_id else None
    if here is None:
        return True
    earlier = session.exec(
        select(UserSessionRow.client).where(
            UserSessionRow.person_id == person_id, UserSessionRow.id != here.id
        )
    ).all()
    return bool(earlier) and here.client not in earlier


def _has_look_alike(session: Session, row: ChangeRow, today: date) -> bool:
    """Whether the maker's address, or a contact's, is nearly of the domain of the other people."""
    people = session.exec(
        select(PersonRow.id, PersonRow.email)
        .join(MembershipRow, col(MembershipRow.person_id) == col(PersonRow.id))
        .where(
            MembershipRow.organisation_id == row.organisation_id, *in_force(MembershipRow, today)
        )
    ).all()
    contacts = session.exec(
        select(ContactRow.email).where(
            ContactRow.organisation_id == row.organisation_id, col(ContactRow.until).is_(None)
        )
    ).all()
    known = {domain_of(email) for person_id, email in people if person_id != row.made_by}
    makers = [email for person_id, email in people if person_id == row.made_by]
    return any(looks_like_another(domain_of(one), known) for one in (*makers, *contacts))


def _changed_lately(session: Session, row: ChangeRow, now: datetime) -> bool:
    lately = now - timedelta(days=rules.recent_bank_change_days(now.date()))
    return (
        session.exec(
            select(BankAccountRow.id).where(
                BankAccountRow.organisation_id == row.organisation_id,
                BankAccountRow.purpose == row.subject,
                col(BankAccountRow.created_at) >= lately,
            )
        ).first()
        is not None
    )


def _is_unchecked(values: dict[str, str]) -> bool:
    if not values.get("sort_code"):
        return False
    return checked_pair(values["sort_code"], values["account_number"]) is Modulus.NOT_CHECKED


def _used_by_another(session: Session, organisation_id: int, account_index: str) -> bool:
    """Whether another company uses the same account: for staff to know, never for the company."""
    return (
        session.exec(
            select(BankAccountRow.id).where(
                BankAccountRow.account_index == account_index,
                BankAccountRow.organisation_id != organisation_id,
                col(BankAccountRow.until).is_(None),
            )
        ).first()
        is not None
    )
