"""The invitations of a company: seen, approved by a second Category A, sent again, withdrawn."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from state.domain import rules
from state.domain.actor import Actor, NotAllowedError
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.invitations import (
    CAN_BE_SENT_AGAIN,
    InvitationStatus,
    permission_to_invite,
    status_at,
    stored_offer_words,
)
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.persistence.audit_trail import record
from state.persistence.invitations import cancel_links, send_anew
from state.persistence.members import category_a_of
from state.persistence.models.invitations import InvitationRow
from state.persistence.models.person import PersonRow
from state.persistence.transaction import reading, transaction

HAS_CATEGORY_A: Final = "This company has a Category A signatory, who invites its people"
"""Why staff do not."""


class InvitationRefusedError(RefusedError):
    """The invitation breaks a rule, or is no longer what it was; nothing is stored."""


@dataclass(frozen=True, slots=True)
class HeldInvitation:
    """One invitation, as the company sees it."""

    public_id: str
    email: str
    name: str
    offered: str
    status: InvitationStatus
    invited_by: str
    created_at: datetime
    expires_at: datetime
    awaits_me: bool
    can_be_sent_again: bool
    can_be_revoked: bool


def invitations_of(
    *, actor: Actor, organisation_id: int, now: datetime
) -> tuple[HeldInvitation, ...]:
    """The company's invitations, the newest first; those accepted are among its people."""
    actor.require(Permission.ACCESS_VIEW, organisation_id)
    with reading() as session:
        return invitations_in(session, actor, organisation_id, now)


def invitations_in(
    session: Session, actor: Actor, organisation_id: int, now: datetime
) -> tuple[HeldInvitation, ...]:
    """The same, inside a picture that the caller holds."""
    rows = session.exec(
        select(InvitationRow)
        .where(
            InvitationRow.organisation_id == organisation_id,
            InvitationRow.status != InvitationStatus.ACCEPTED,
        )
        .order_by(col(InvitationRow.id).desc())
    ).all()
    return tuple(held(session, row, actor, now) for row in rows)


def approve_invitation(
    *, actor: Actor, organisation_id: int, public_id: str, now: datetime
) -> HeldInvitation:
    """Send an invitation that another Category A prepared.

    Raises:
        NotAllowedError: There is none such at the company.
        InvitationRefusedError: It awaits no approval, or the actor prepared it.
    """
    actor.require(Permission.ACCESS_GRANT, organisation_id)
    with transaction() as session:
        row = _one(session, organisation_id, public_id)
        _only_a_second(row, actor, "Another Category A signatory must approve what you prepared")
        row.approved_by = actor.person_id
        send_anew(session, row, now=now)
        record_of(session, actor, row, "approved", now)
        return held(session, row, actor, now)


def confirm_letter(
    *, actor: Actor, organisation_id: int, public_id: str, reference: str, now: datetime
) -> HeldInvitation:
    """Send the first Category A's invitation: a second member of staff has the director's letter.

    Raises:
        NotAllowedError: There is none such at the company.
        InvitationRefusedError: It awaits no letter, the actor prepared it, the letter has no
            reference, or the company has a Category A signatory by now.
    """
    actor.require(Permission.ACCESS_GRANT_FIRST, organisation_id)
    letter = tidy(reference)
    with transaction() as session:
        row = _one(session, organisation_id, public_id)
        _only_a_second(row, actor, "Another of us must confirm the letter for what you prepared")
        if wrong := text_problem("the reference of the director's letter", letter, longest=80):
            raise InvitationRefusedError((Refusal("reference", wrong),))
        if category_a_of(session, organisation_id, now.date()):
            raise InvitationRefusedError((Refusal("", HAS_CATEGORY_A),))
        row.approved_by, row.letter_reference = actor.person_id, letter
        send_anew(session, row, now=now)
        record_of(session, actor, row, "letter_confirmed", now, letter=letter)
        return held(session, row, actor, now)


def resend(*, actor: Actor, organisation_id: int, public_id: str, now: datetime) -> HeldInvitation:
    """Mail a new link; the old one is dead.

    Raises:
        NotAllowedError: There is none such at the company.
        InvitationRefusedError: It was accepted or withdrawn, or was sent too often.
    """
    actor.require(permission_to_invite(actor), organisation_id)
    with transaction() as session:
        row = _one(session, organisation_id, public_id)
        if row.status not in CAN_BE_SENT_AGAIN:
            gone = Refusal("", f"It cannot be sent again: it is {row.status}")
            raise InvitationRefusedError((gone,))
        if row.sent_count >= rules.invitation_most_mails(now.date()):
            often = Refusal("", "It was sent too often. Withdraw it, and check the address")
            raise InvitationRefusedError((often,))
        send_anew(session, row, now=now)
        record_of(session, actor, row, "sent_again", now)
        return held(session, row, actor, now)


def revoke(*, actor: Actor, organisation_id: int, public_id: str, now: datetime) -> HeldInvitation:
    """Withdraw an invitation: its link opens nothing any more.

    Raises:
        NotAllowedError: There is none such at the company.
        InvitationRefusedError: It was accepted already.
    """
    actor.require(permission_to_invite(actor), organisation_id)
    with transaction() as session:
        row = _one(session, organisation_id, public_id)
        if row.status == InvitationStatus.ACCEPTED:
            late = Refusal("", "It was accepted already: end their access instead")
            raise InvitationRefusedError((late,))
        row.status, row.updated_at = InvitationStatus.REVOKED, now
        session.add(row)
        cancel_links(session, row)
        record_of(session, actor, row, "revoked", now)
        return held(session, row, actor, now)


def held(session: Session, row: InvitationRow, actor: Actor, now: datetime) -> HeldInvitation:
    """The invitation in words, and what the actor may do about it."""
    status = status_at(row.status, row.expires_at, now)
    may = actor.may(permission_to_invite(actor), row.organisation_id)
    return HeldInvitation(
        public_id=row.public_id,
        email=row.email if may else "",
        name=row.name,
        offered=stored_offer_words(row.kind, row.categories, now.date()),
        status=status,
        invited_by=session.get_one(PersonRow, row.invited_by).name,
        created_at=row.created_at,
        expires_at=row.expires_at,
        awaits_me=may and status is InvitationStatus.DRAFT and row.invited_by != actor.person_id,
        can_be_sent_again=may and status in CAN_BE_SENT_AGAIN,
        can_be_revoked=may and status not in {InvitationStatus.ACCEPTED, InvitationStatus.REVOKED},
    )


def record_of(  # what happened to which, by whom
    session: Session,
    actor: Actor,
    row: InvitationRow,
    what: str,
    now: datetime,
    **details: object,
) -> None:
    """Add what happened to an invitation to the audit trail, in the transaction in which it did."""
    record(
        session,
        actor=actor,
        event=f"invitation.{what}",
        subject=row.public_id,
        organisation_id=row.organisation_id,
        now=now,
        kind=row.kind,
        categories=[one["category"] for one in json.loads(row.categories)],
        **details,
    )


def _only_a_second(row: InvitationRow, actor: Actor, another: str) -> None:
    if row.status != InvitationStatus.DRAFT:
        raise InvitationRefusedError((Refusal("", "It does not await approval any more"),))
    if row.invited_by == actor.person_id:
        raise InvitationRefusedError((Refusal("", another),))


def _one(session: Session, organisation_id: int, public_id: str) -> InvitationRow:
    row = session.exec(
        select(InvitationRow)
        .where(
            InvitationRow.public_id == public_id, InvitationRow.organisation_id == organisation_id
        )
        .with_for_update()
    ).first()
    if row is None:
        raise NotAllowedError("There is no such invitation at your company.")
    return row
