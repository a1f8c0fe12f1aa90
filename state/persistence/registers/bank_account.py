"""The register of bank accounts: one in use for each purpose, by whose name it goes in a change.

What identifies an account is sealed from the moment it is typed, under the id of the change that
brought it, which is the account's own id for ever.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from state.domain.change_forms import questions_of
from state.domain.changes import ChangeAction, ChangeKind
from state.domain.refusal import Refusal
from state.persistence.models.organisation import BankAccountRow
from state.persistence.registers.register import Held, Register, Wanted

_FIELDS = (
    *(field.name for field in questions_of(ChangeKind.BANK_ACCOUNT).fields),
    "ending",
    "account_index",
)


def held(
    session: Session, organisation_id: int | None, subject: str, *, to_change: bool = False
) -> Held | None:
    """The account in use for a purpose; the purpose is the subject."""
    row = _in_use(session, organisation_id, subject, to_change=to_change)
    if row is None:
        return None
    values = {name: getattr(row, name) for name in _FIELDS}
    values |= {"purpose": row.purpose, "sealed_for": row.public_id}
    return Held(values, row.row_version, f"Account ending {row.ending}")


def apply(session: Session, wanted: Wanted, now: datetime) -> None:
    """Put an account to use from a day on; the one before it ends the day before."""
    old = _in_use(session, wanted.organisation_id, wanted.subject)
    if old is not None:
        ends = wanted.effective_on
        old.until = ends if wanted.action is ChangeAction.END else ends - timedelta(days=1)
        old.row_version += 1
        old.updated_at = now
        session.add(old)
        session.flush()  # the old one ends before the new one begins, for the index too
    if wanted.action is ChangeAction.END:
        return
    session.add(
        BankAccountRow(
            public_id=wanted.change_id,
            organisation_id=wanted.organisation_id or 0,
            purpose=wanted.subject,
            since=wanted.effective_on,
            created_at=now,
            updated_at=now,
            **{name: wanted.values.get(name, "") for name in _FIELDS},  # type: ignore[arg-type]
        )
    )


def refusals(session: Session, wanted: Wanted) -> tuple[Refusal, ...]:
    """A new account must be another one than that in use."""
    now = _in_use(session, wanted.organisation_id, wanted.subject)
    if wanted.action is ChangeAction.END:
        return () if now else (Refusal("", "There is no account in use to end."),)
    if now is None or now.account_index != wanted.values.get("account_index"):
        return ()
    field = "iban" if wanted.values.get("iban") else "account_number"
    return (Refusal(field, "This is already your account for this purpose."),)


def _title(values: Mapping[str, str]) -> str:
    return f"Account ending {values.get('ending', '')}"


def _in_use(
    session: Session, organisation_id: int | None, purpose: str, *, to_change: bool = True
) -> BankAccountRow | None:
    wanted = select(BankAccountRow).where(
        BankAccountRow.organisation_id == organisation_id,
        BankAccountRow.purpose == purpose,
        col(BankAccountRow.until).is_(None),
    )
    return session.exec(wanted.with_for_update() if to_change else wanted).first()


BANK_ACCOUNTS = Register(held, apply, _title, refusals)
