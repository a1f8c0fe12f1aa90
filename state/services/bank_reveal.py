"""Seeing a bank account in full: asked for each time, by who may, and on record each time."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, select

from state.domain.actor import Actor, NotAllowedError
from state.domain.change_forms import questions_of
from state.domain.changes import ChangeKind
from state.domain.permissions import Permission
from state.persistence.audit_trail import record
from state.persistence.bank_values import opened
from state.persistence.models.change import ChangeRow
from state.persistence.models.organisation import BankAccountRow
from state.persistence.transaction import transaction


def account_in_full(
    *, actor: Actor, organisation_id: int | None, public_id: str, now: datetime
) -> Mapping[str, str]:
    """What identifies an account, by label; staff (without a company) see that of any change too.

    Raises:
        NotAllowedError: Another company's account, or none: the answer is the same.
        SignInAgainError: The sign-in is not fresh.
    """
    actor.require(Permission.BANK_REVEAL, organisation_id)
    with transaction() as session:
        owner, values = _account(session, organisation_id, public_id)
        plain = opened(values, owner)
        record(
            session,
            actor=actor,
            event="account.bank_account.revealed",
            subject=public_id,
            organisation_id=owner,
            now=now,
        )
    return {
        field.label: plain[field.name]
        for field in questions_of(ChangeKind.BANK_ACCOUNT).fields
        if field.private and plain.get(field.name)
    }


def _account(
    session: Session, organisation_id: int | None, public_id: str
) -> tuple[int, Mapping[str, str]]:
    row = session.exec(select(BankAccountRow).where(BankAccountRow.public_id == public_id)).first()
    if row is not None and organisation_id in {None, row.organisation_id}:
        return row.organisation_id, row.model_dump() | {"sealed_for": row.public_id}
    change = session.exec(
        select(ChangeRow).where(
            ChangeRow.public_id == public_id, ChangeRow.kind == ChangeKind.BANK_ACCOUNT.value
        )
    ).first()
    if change is None or change.organisation_id is None or organisation_id is not None:
        raise NotAllowedError("There is no such account at your company.")
    return change.organisation_id, json.loads(change.after)
