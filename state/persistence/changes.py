"""Keeping changes: each move is one conditional update, so that of many only one has an effect."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlmodel import Session, col, select, update

from state.domain.changes import (
    OPEN,
    Agreed,
    ChangeAction,
    ChangeKind,
    ChangeStatus,
    Slot,
    digest_of,
)
from state.persistence.models.change import ChangeDecisionRow, ChangeRow
from state.persistence.registers.address import ADDRESSES
from state.persistence.registers.bank_account import BANK_ACCOUNTS
from state.persistence.registers.company import COMPANIES
from state.persistence.registers.contact import CONTACTS
from state.persistence.registers.correction import CORRECTIONS
from state.persistence.registers.identifier import IDENTIFIERS
from state.persistence.registers.publishing import PUBLISHING
from state.persistence.registers.reference import REFERENCES
from state.persistence.registers.register import Register, Wanted
from state.persistence.registers.signatory import SIGNATORIES

REGISTERS: Final[Mapping[ChangeKind, Register]] = {
    ChangeKind.CONTACT: CONTACTS,
    ChangeKind.ADDRESS: ADDRESSES,
    ChangeKind.COMPANY: COMPANIES,
    ChangeKind.IDENTIFIER: IDENTIFIERS,
    ChangeKind.SIGNATORY: SIGNATORIES,
    ChangeKind.BANK_ACCOUNT: BANK_ACCOUNTS,
    ChangeKind.REFERENCE: REFERENCES,
    ChangeKind.CORRECTION: CORRECTIONS,
    ChangeKind.PUBLISHING: PUBLISHING,
}
"""The register of each kind."""


class ChangedMeanwhileError(Exception):
    """Somebody else moved the change first, or it is not what was looked at; nothing was done."""


def new_public_id() -> str:
    """An id that nobody can guess."""
    return secrets.token_hex(10)


def change_row(
    session: Session, public_id: str, organisation_id: int | None, *, to_change: bool = False
) -> ChangeRow | None:
    """A change of the company; one of another company is none."""
    wanted = select(ChangeRow).where(
        ChangeRow.public_id == public_id, ChangeRow.organisation_id == organisation_id
    )
    return session.exec(wanted.with_for_update() if to_change else wanted).first()


def sign(row: ChangeRow) -> str:
    """The digest over everything that an approver of the change is shown."""
    return digest_of(
        {
            "organisation": row.organisation_id,
            "kind": row.kind,
            "action": row.action,
            "subject": row.subject,
            "base_version": row.base_version,
            "before": row.before,
            "after": row.after,
            "effective_on": row.effective_on,
            "reason": row.reason,
            "made_by": row.made_by,
            "made_through": row.made_through,
        }
    )


def move(
    session: Session,
    row: ChangeRow,
    to: ChangeStatus,
    *,
    now: datetime,
    **values: Any,  # noqa: ANN401  # columns of the change
) -> None:
    """Take the change from where it was read to `to`, if nobody did anything to it meanwhile.

    Raises:
        ChangedMeanwhileError: Somebody did.
    """
    ends = {} if to in OPEN else {"ended_at": now}
    moved = session.execute(
        update(ChangeRow)
        .where(
            col(ChangeRow.id) == row.id,
            col(ChangeRow.row_version) == row.row_version,
            col(ChangeRow.status) == row.status,
            col(ChangeRow.digest) == row.digest,
        )
        .values(status=to.value, row_version=row.row_version + 1, updated_at=now, **ends, **values)
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise ChangedMeanwhileError("Somebody else was quicker. Look at the change again.")
    session.refresh(row)


def add_decision(  # noqa: PLR0913  # a signature has this many sides
    session: Session,
    row: ChangeRow,
    slot: Slot,
    *,
    person_id: int,
    method: str,
    comment: str,
    now: datetime,
    self_approved: bool = False,
) -> None:
    """Put a signature under the change as it stands."""
    session.add(
        ChangeDecisionRow(
            change_id=row.id or 0,
            change_version=_round(session, row),
            slot=slot.value,
            person_id=person_id,
            made_by=row.made_by,
            self_approved=self_approved,
            digest=row.digest,
            method=method,
            comment=comment,
            decided_at=now,
            created_at=now,
            updated_at=now,
        )
    )
    session.flush()


def decisions(session: Session, row: ChangeRow) -> Sequence[ChangeDecisionRow]:
    """Every signature, in order."""
    return session.exec(
        select(ChangeDecisionRow)
        .where(ChangeDecisionRow.change_id == row.id)
        .order_by(col(ChangeDecisionRow.id))
    ).all()


def agreed_to(session: Session, row: ChangeRow) -> Agreed:
    """How many agreed to the very thing that stands now; what was changed since counts for none."""
    slots = [one.slot for one in decisions(session, row) if one.digest == row.digest]
    return Agreed(
        approvals=slots.count(Slot.APPROVE),
        call_backs=slots.count(Slot.CALL_BACK),
        activations=slots.count(Slot.ACTIVATE),
    )


def wanted_of(row: ChangeRow, *, effective_on: date | None = None) -> Wanted:
    """What the change would write."""
    return Wanted(
        organisation_id=row.organisation_id,
        subject=row.subject,
        action=ChangeAction(row.action),
        values=json.loads(row.after),
        effective_on=effective_on or row.effective_on,
        made_by=row.made_by,
        change_id=row.public_id,
        seen=json.loads(row.before),
    )


def register_of(row: ChangeRow) -> Register:
    """The register that the change is for."""
    return REGISTERS[ChangeKind(row.kind)]


def others_open(session: Session, row: ChangeRow) -> Sequence[ChangeRow]:
    """Other changes to the same record that can still come to something."""
    return session.exec(
        select(ChangeRow).where(
            ChangeRow.organisation_id == row.organisation_id,
            ChangeRow.kind == row.kind,
            ChangeRow.subject == row.subject,
            ChangeRow.id != row.id,
            col(ChangeRow.status).in_([status.value for status in OPEN]),
        )
    ).all()


def _round(session: Session, row: ChangeRow) -> int:
    """Which time it is that the change is decided on: a signature is given once a round."""
    returns = [one for one in decisions(session, row) if one.slot == Slot.RETURN]
    return len(returns) + 1
