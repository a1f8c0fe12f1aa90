"""Sending the link of a declaration, finding one, and what it lets go on."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, select

from state.domain.actor import Actor
from state.domain.dates import spoken_date
from state.domain.director_declaration import DeclarationStatus
from state.domain.invitations import InvitationStatus
from state.domain.rules import number_on
from state.persistence.audit_trail import record
from state.persistence.invitations import hash_of, send_anew
from state.persistence.members import category_a_of
from state.persistence.models.invitations import InvitationRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.proofs import DirectorDeclarationRow
from state.persistence.notices import cancel_mails, notify, notify_address

_PREFIX: Final = "declaration"


def send_declaration(session: Session, row: DirectorDeclarationRow, *, now: datetime) -> None:
    """Mail the director a link with a secret that nothing else knows."""
    secret = secrets.token_urlsafe(32)
    row.secret_hash, row.status = hash_of(secret), DeclarationStatus.ASKED
    row.expires_at = now + timedelta(days=number_on("declaration_lasts_days", now.date()))
    session.add(row)
    notify_address(
        session,
        key="director.request",
        address=row.director_email,
        link=f"/auth/declaration/{secret}",
        now=now,
        dedupe_key=f"{_PREFIX}:{row.public_id}",
        company=session.get_one(OrganisationRow, row.organisation_id).legal_name,
        until=spoken_date(row.expires_at.date()),
    )


def by_secret(
    session: Session, secret: str, *, to_change: bool = False
) -> DirectorDeclarationRow | None:
    """The declaration whose link has that secret; none once it was used."""
    wanted = select(DirectorDeclarationRow).where(
        DirectorDeclarationRow.secret_hash == hash_of(secret)
    )
    return session.exec(wanted.with_for_update() if to_change else wanted).first()


def by_public_id(
    session: Session, public_id: str, *, to_change: bool = False
) -> DirectorDeclarationRow | None:
    """A declaration by the id that its page has."""
    wanted = select(DirectorDeclarationRow).where(DirectorDeclarationRow.public_id == public_id)
    return session.exec(wanted.with_for_update() if to_change else wanted).first()


def close(
    session: Session, row: DirectorDeclarationRow, status: DeclarationStatus, now: datetime
) -> None:
    """It can be signed no more: its secret is forgotten, and a mail that waits does not go."""
    row.status, row.secret_hash, row.updated_at = status, None, now
    row.row_version += 1
    session.add(row)
    cancel_mails(session, f"{_PREFIX}:{row.public_id}")


def let_the_invitation_go(session: Session, row: DirectorDeclarationRow, now: datetime) -> bool:
    """Send the invitation that was declared, if it still waits and nobody signs for the company."""
    invitation = session.exec(
        select(InvitationRow).where(InvitationRow.id == row.invitation_id).with_for_update()
    ).one()
    still_waits = invitation.status == InvitationStatus.DRAFT
    if not still_waits or category_a_of(session, row.organisation_id, now.date()):
        return False
    invitation.approved_by = row.asked_by
    send_anew(session, invitation, now=now)
    return True


def tell_staff(
    session: Session, row: DirectorDeclarationRow, key: str, now: datetime, **words: str
) -> None:
    """Tell who asked the director, and who prepared the invitation."""
    invitation = session.get_one(InvitationRow, row.invitation_id)
    company = session.get_one(OrganisationRow, row.organisation_id)
    notify(
        session,
        key=key,
        people={row.asked_by, invitation.invited_by},
        organisation_id=None,
        link=f"/staff/director?company={company.public_id}&invitation={invitation.public_id}",
        now=now,
        company=company.legal_name,
        **words,
    )


def record_step(
    session: Session, actor: Actor, row: DirectorDeclarationRow, what: str, now: datetime
) -> None:
    """Add what became of it to the audit trail; who signed stands in the declaration alone."""
    record(
        session,
        actor=actor,
        event=f"declaration.{what}",
        subject=row.public_id,
        organisation_id=row.organisation_id,
        now=now,
        digest=row.digest,
    )
