"""Identity checks: their links, the newest of an applicant, and their end."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, select

from state.domain.dates import spoken_date
from state.domain.identity_check import IdentityStatus, status_at
from state.domain.rules import number_on
from state.persistence.invitations import hash_of
from state.persistence.models.market_entry import ExpressionOfInterestRow
from state.persistence.models.proofs import IdentityCheckRow
from state.persistence.notices import cancel_mails, notify_address

_PREFIX: Final = "identity"


def send_check(
    session: Session, row: IdentityCheckRow, interest: ExpressionOfInterestRow, *, now: datetime
) -> None:
    """Mail the link of a check with a secret that nothing else knows."""
    secret = secrets.token_urlsafe(32)
    row.secret_hash = hash_of(secret)
    row.expires_at = now + timedelta(days=number_on("identity_link_lasts_days", now.date()))
    session.add(row)
    notify_address(
        session,
        key="identity.request",
        address=interest.email,
        link=f"/auth/identity/{secret}",
        now=now,
        dedupe_key=f"{_PREFIX}:{row.public_id}",
        until=spoken_date(row.expires_at.date()),
    )


def check_by_secret(
    session: Session, secret: str, *, to_change: bool = False
) -> IdentityCheckRow | None:
    """The check whose link has that secret; none once the check has ended."""
    wanted = select(IdentityCheckRow).where(IdentityCheckRow.secret_hash == hash_of(secret))
    return session.exec(wanted.with_for_update() if to_change else wanted).first()


def check_by_id(
    session: Session, public_id: str, *, to_change: bool = False
) -> IdentityCheckRow | None:
    """A check by the id that its page has."""
    wanted = select(IdentityCheckRow).where(IdentityCheckRow.public_id == public_id)
    return session.exec(wanted.with_for_update() if to_change else wanted).first()


def checks_of(session: Session, interest_id: int) -> list[IdentityCheckRow]:
    """Every check of an applicant, the newest first."""
    return list(
        session.exec(
            select(IdentityCheckRow)
            .where(IdentityCheckRow.interest_id == interest_id)
            .order_by(col(IdentityCheckRow.id).desc())
        )
    )


def is_verified(session: Session, interest_id: int, now: datetime) -> bool:
    """Whether the newest check of an applicant says, and still says, who they are."""
    newest = next(iter(checks_of(session, interest_id)), None)
    return newest is not None and status_of(newest, now) is IdentityStatus.VERIFIED


def status_of(row: IdentityCheckRow, now: datetime) -> IdentityStatus:
    """Where a check has got to by now."""
    return status_at(row.status, expires_at=row.expires_at, until=row.verified_until, now=now)


def end_check(
    session: Session, row: IdentityCheckRow, status: IdentityStatus, now: datetime
) -> None:
    """It goes on no more: its secret is forgotten, and a mail that waits does not go."""
    row.status, row.secret_hash, row.updated_at = status, None, now
    row.row_version += 1
    session.add(row)
    cancel_mails(session, f"{_PREFIX}:{row.public_id}")
