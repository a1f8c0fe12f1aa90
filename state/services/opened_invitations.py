"""The invited person's side: their link opens a page, and another link can be asked for."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from state.domain import rules
from state.domain.actor import Actor, NotAllowedError
from state.domain.invitations import (
    CAN_BE_SENT_AGAIN,
    InvitationStatus,
    masked,
    status_at,
    stored_offer_words,
)
from state.domain.permissions import Permission
from state.persistence.audit_trail import record
from state.persistence.invitations import by_public_id, by_secret, send_anew
from state.persistence.models.invitations import InvitationRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import ExternalIdentityRow, PersonRow
from state.persistence.transaction import reading, transaction
from state.services.sessions import DEVELOPMENT, DEVELOPMENT_ISSUER, WAYS_IN, Identity


@dataclass(frozen=True, slots=True)
class InvitationWords:
    """What an invitation says to whoever holds its link; no secret, and no address in full."""

    company: str
    invited_by: str
    offered: str
    to: str
    status: InvitationStatus
    expires_at: datetime
    access_until: date | None


def open_invitation(*, actor: Actor, secret: str, now: datetime) -> str | None:
    """The public id of the link's invitation, noted as opened; None where no link has that secret.

    Opening uses nothing up: mail scanners open links too.
    """
    actor.require(Permission.INVITATION_ACCEPT)
    with transaction() as session:
        row = by_secret(session, secret)
        if row is None:
            return None
        if row.status == InvitationStatus.SENT and row.expires_at > now:
            row.status, row.updated_at = InvitationStatus.OPENED, now
            session.add(row)
        return row.public_id


def invitation_words(*, actor: Actor, public_id: str, now: datetime) -> InvitationWords | None:
    """What is offered, by whom and until when; None where there is no such invitation."""
    actor.require(Permission.INVITATION_ACCEPT)
    with reading() as session:
        row = by_public_id(session, public_id)
        if row is None:
            return None
        return InvitationWords(
            company=session.get_one(OrganisationRow, row.organisation_id).legal_name,
            invited_by=session.get_one(PersonRow, row.invited_by).name,
            offered=stored_offer_words(row.kind, row.categories, now.date()),
            to=masked(row.email),
            status=status_at(row.status, row.expires_at, now),
            expires_at=row.expires_at,
            access_until=row.until,
        )


def development_identity(*, actor: Actor, secret: str) -> Identity:
    """Whom the development sign-in takes the invited person for: by the address invited.

    Raises:
        NotAllowedError: The development sign-in is not on, or the secret is of no invitation.
    """
    actor.require(Permission.INVITATION_ACCEPT)
    with reading() as session:
        row = by_secret(session, secret)
        if row is None or not WAYS_IN.development:
            raise NotAllowedError("There is no such invitation here.")
        known = session.exec(
            select(ExternalIdentityRow.subject)
            .join(PersonRow, col(PersonRow.id) == col(ExternalIdentityRow.person_id))
            .where(
                ExternalIdentityRow.issuer == DEVELOPMENT_ISSUER,
                func.lower(PersonRow.email) == row.email.lower(),
            )
        ).first()
        made = hashlib.sha256(row.email.lower().encode()).hexdigest()[:16]
        return Identity(
            issuer=DEVELOPMENT_ISSUER,
            subject=known or f"invited-{made}",
            method=DEVELOPMENT,
            name=row.name,
            email=row.email,
        )


def ask_again(*, actor: Actor, email: str, now: datetime) -> None:
    """Mail the open invitations of an address again; who asks learns nothing either way."""
    actor.require(Permission.INVITATION_ACCEPT)
    with transaction() as session:
        rows = session.exec(
            select(InvitationRow)
            .where(func.lower(InvitationRow.email) == email.strip().lower())
            .with_for_update()
        ).all()
        for row in rows:
            _send_if_due(session, actor, row, now)


def ask_again_here(*, actor: Actor, public_id: str, now: datetime) -> None:
    """The same for the one invitation whose page this is."""
    actor.require(Permission.INVITATION_ACCEPT)
    with transaction() as session:
        row = by_public_id(session, public_id, to_change=True)
        if row is not None:
            _send_if_due(session, actor, row, now)


def _send_if_due(session: Session, actor: Actor, row: InvitationRow, now: datetime) -> None:
    """Send it anew, but neither often nor at once after another."""
    today = now.date()
    pause = timedelta(minutes=rules.invitation_asked_again_minutes(today))
    if (
        row.status in CAN_BE_SENT_AGAIN
        and row.sent_count < rules.invitation_most_mails(today)
        and (row.sent_at is None or now - row.sent_at >= pause)
    ):
        send_anew(session, row, now=now)
        record(
            session,
            actor=actor,
            event="invitation.asked_again",
            subject=row.public_id,
            organisation_id=row.organisation_id,
            now=now,
        )
