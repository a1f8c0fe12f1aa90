"""Sending an invitation's link, and what becomes of one whose mail cannot be delivered."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, select

from state.domain import rules
from state.domain.dates import spoken_date
from state.domain.invitations import OPEN, InvitationStatus
from state.persistence.models.invitations import InvitationRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.notices import cancel_mails, notify, notify_address

_PREFIX: Final = "invitation"


def hash_of(secret: str) -> str:
    """What is stored for the secret of a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def send_link(session: Session, row: InvitationRow, *, key: str, now: datetime) -> None:
    """Mail a link with a new secret; every earlier link of the invitation is dead."""
    cancel_links(session, row)
    secret = secrets.token_urlsafe(32)
    row.secret_hash, row.status = hash_of(secret), InvitationStatus.SENT
    row.sent_count += 1
    row.updated_at = now
    session.add(row)
    company = session.get_one(OrganisationRow, row.organisation_id)
    notify_address(
        session,
        key=key,
        address=row.email,
        link=f"/auth/join/{secret}",
        now=now,
        dedupe_key=f"{_PREFIX}:{row.public_id}:{row.sent_count}",
        company=company.legal_name,
        who=row.name or row.email,
        until=spoken_date(row.expires_at.date()),
    )


def send_anew(session: Session, row: InvitationRow, *, now: datetime) -> None:
    """Mail a link, and let the invitation last and be brought to mind from now on."""
    row.sent_at, row.reminder_count = now, 0
    row.expires_at = now + timedelta(days=rules.invitation_lasts_days(now.date()))
    send_link(session, row, key="invite.sent", now=now)


def by_secret(session: Session, secret: str, *, to_change: bool = False) -> InvitationRow | None:
    """The invitation whose newest link has that secret."""
    wanted = select(InvitationRow).where(InvitationRow.secret_hash == hash_of(secret))
    return session.exec(wanted.with_for_update() if to_change else wanted).first()


def by_public_id(
    session: Session, public_id: str, *, to_change: bool = False
) -> InvitationRow | None:
    """An invitation that was sent, by the id that its page has."""
    wanted = select(InvitationRow).where(
        InvitationRow.public_id == public_id, InvitationRow.status != InvitationStatus.DRAFT
    )
    return session.exec(wanted.with_for_update() if to_change else wanted).first()


def cancel_links(session: Session, row: InvitationRow) -> None:
    """Let no link of the invitation that has not gone out yet go out."""
    cancel_mails(session, f"{_PREFIX}:{row.public_id}")


def note_bounce(session: Session, *, dedupe_key: str, now: datetime) -> None:
    """If the mail was an open invitation's, that bounced: who invited is told."""
    prefix, _, rest = dedupe_key.partition(":")
    if prefix != _PREFIX:
        return
    row = session.exec(
        select(InvitationRow).where(InvitationRow.public_id == rest.partition(":")[0])
    ).first()
    if row is None or row.status not in OPEN:
        return
    row.status, row.updated_at = InvitationStatus.BOUNCED, now
    session.add(row)
    notify(
        session,
        key="invite.bounced",
        people=[row.invited_by],
        organisation_id=row.organisation_id,
        link="/account/people?show=invited",
        now=now,
        who=row.name or row.email,
    )
