"""Inviting colleagues to act for a company: one or many, sent again, approved or withdrawn."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from state.domain import rules
from state.domain.actor import Actor, NotAllowedError
from state.domain.invitations import (
    OPEN,
    InvitationStatus,
    Offer,
    above_the_ceiling,
    needs_a_second,
    permission_to_invite,
    refusals,
    stored_offer_words,
    tidied,
)
from state.domain.permissions import Permission
from state.domain.refusal import Refusal
from state.persistence.invitations import send_anew
from state.persistence.members import category_a_of, is_member_by_mail
from state.persistence.models.invitations import InvitationRow
from state.persistence.models.organisation import (
    OrganisationRow,
    ParticipantRoleRow,
    ParticipantRow,
)
from state.persistence.notices import notify
from state.persistence.queries.who_may import staff_who_may
from state.persistence.transaction import transaction
from state.services.sent_invitations import (
    HAS_CATEGORY_A,
    HeldInvitation,
    InvitationRefusedError,
    held,
    record_of,
)


@dataclass(frozen=True, slots=True)
class BatchLine:
    """What became of one address of many; no reason where it was invited."""

    email: str
    reason: str = ""


def invite(*, actor: Actor, organisation_id: int, offer: Offer, now: datetime) -> HeldInvitation:
    """Invite someone; with Category A or N among what is offered, a second A sends it.

    Raises:
        NotAllowedError: The actor may not give access for this company.
        InvitationRefusedError: Every reason at once.
    """
    actor.require(permission_to_invite(actor), organisation_id)
    with transaction() as session:
        company = _locked(session, organisation_id)
        if reasons := _reasons(session, actor, organisation_id, offer, now.date()):
            raise InvitationRefusedError(reasons)
        row = _put(session, actor, company, tidied(offer), now)
        return held(session, row, actor, now)


def invite_many(
    *, actor: Actor, organisation_id: int, addresses: Sequence[str], offer: Offer, now: datetime
) -> tuple[BatchLine, ...]:
    """Invite each address to the same thing: who cannot be invited is named, the rest are.

    Raises:
        NotAllowedError: The actor may not give access for this company.
        InvitationRefusedError: Too many at once, or none, or signatories, who are invited singly.
    """
    actor.require(permission_to_invite(actor), organisation_id)
    asked = tuple(dict.fromkeys(address.strip().lower() for address in addresses))
    if reasons := _batch_problems(asked, offer, now.date()):
        raise InvitationRefusedError(reasons)
    batch = secrets.token_hex(8)
    with transaction() as session:
        company = _locked(session, organisation_id)
        return tuple(
            _invited_in_batch(session, actor, company, replace(offer, email=email), batch, now)
            for email in asked
        )


def _locked(session: Session, organisation_id: int) -> OrganisationRow:
    """The company, one invitation of it at a time: no address is invited twice in a race."""
    company = session.exec(
        select(OrganisationRow).where(OrganisationRow.id == organisation_id).with_for_update()
    ).first()
    if company is None:
        raise NotAllowedError("There is no such company.")
    return company


def _reasons(
    session: Session,
    actor: Actor,
    organisation_id: int,
    offer: Offer,
    today: date,
    *,
    needs_name: bool = True,
) -> tuple[Refusal, ...]:
    wanted = tidied(offer)
    roles = frozenset(
        session.exec(
            select(ParticipantRoleRow.role_code)
            .join(ParticipantRow, col(ParticipantRow.id) == col(ParticipantRoleRow.participant_id))
            .where(ParticipantRow.organisation_id == organisation_id)
        )
    )
    reasons = refusals(wanted, roles=roles, today=today, needs_name=needs_name)
    if actor.may(Permission.ACCESS_GRANT_FIRST):
        if category_a_of(session, organisation_id, today):
            reasons += (Refusal("", HAS_CATEGORY_A),)
    else:
        reasons += above_the_ceiling(wanted, actor)
    if is_member_by_mail(session, organisation_id, wanted.email, today):
        reasons += (Refusal("email", f"{wanted.email} has access for your company already"),)
    if _is_invited(session, organisation_id, wanted.email):
        twice = f"{wanted.email} is invited already. Send that invitation again, or withdraw it"
        reasons += (Refusal("email", twice),)
    return reasons


def _batch_problems(asked: tuple[str, ...], offer: Offer, today: date) -> tuple[Refusal, ...]:
    most = rules.invitations_at_once_most(today)
    if not any(asked):
        return (Refusal("addresses", "Enter at least one email address"),)
    if len(asked) > most:
        return (Refusal("addresses", f"Enter {most} email addresses or fewer at once"),)
    if offer.kind == "signatory":
        return (Refusal("kind", "Invite signatories one by one: each has categories of their own"),)
    return ()


def _invited_in_batch(  # who, where, what, with which others, when
    session: Session,
    actor: Actor,
    company: OrganisationRow,
    offer: Offer,
    batch: str,
    now: datetime,
) -> BatchLine:
    assert company.id is not None  # noqa: S101  # it was read
    reasons = _reasons(session, actor, company.id, offer, now.date(), needs_name=False)
    if reasons:
        return BatchLine(offer.email, "; ".join(reason.reason for reason in reasons))
    _put(session, actor, company, tidied(offer), now).batch = batch
    return BatchLine(offer.email)


def _put(
    session: Session, actor: Actor, company: OrganisationRow, offer: Offer, now: datetime
) -> InvitationRow:
    assert company.id is not None  # noqa: S101  # it was read
    if actor.person_id is None:
        raise NotAllowedError("Only a person may invite.")
    row = InvitationRow(
        public_id=secrets.token_hex(12),
        organisation_id=company.id,
        email=offer.email,
        name=offer.name,
        kind=offer.kind,
        categories=json.dumps([asdict(one) for one in offer.categories], default=str),
        until=offer.until,
        status=InvitationStatus.DRAFT,
        expires_at=now,
        invited_by=actor.person_id,
        created_at=now,
        updated_at=now,
    )
    session.add(row)
    session.flush()
    is_first = actor.may(Permission.ACCESS_GRANT_FIRST)
    others = _who_can_be_a_second(session, actor, company.id, is_first=is_first, on=now.date())
    waits = needs_a_second(offer) and (is_first or bool(others))
    if not waits:
        send_anew(session, row, now=now)
    elif is_first:
        _ask_for_the_letter(session, actor, others, company, now)
    else:
        _ask_a_second(session, actor, row, others, company.legal_name, now)
    record_of(session, actor, row, "made", now, alone=needs_a_second(offer) and not waits)
    return row


def _who_can_be_a_second(
    session: Session, actor: Actor, organisation_id: int, *, is_first: bool, on: date
) -> list[int]:
    """Of the company, or of the staff where they give a company its first people."""
    found = (
        staff_who_may(session, Permission.ACCESS_GRANT_FIRST, on)
        if is_first
        else category_a_of(session, organisation_id, on)
    )
    return [one for one in found if one != actor.person_id]


def _ask_for_the_letter(
    session: Session, actor: Actor, others: list[int], company: OrganisationRow, now: datetime
) -> None:
    notify(
        session,
        key="invite.awaiting_letter",
        people=others,
        organisation_id=None,
        link=f"/staff/company-access?id={company.public_id}",
        now=now,
        who=actor.name,
        company=company.legal_name,
    )


def _ask_a_second(  # whom, about what
    session: Session,
    actor: Actor,
    row: InvitationRow,
    others: list[int],
    company: str,
    now: datetime,
) -> None:
    notify(
        session,
        key="invite.awaiting_approval",
        people=others,
        organisation_id=row.organisation_id,
        link="/account/people?show=invited",
        now=now,
        who=actor.name,
        what=stored_offer_words(row.kind, row.categories, now.date()),
        company=company,
    )


def _is_invited(session: Session, organisation_id: int, email: str) -> bool:
    open_ones = select(InvitationRow.id).where(
        InvitationRow.organisation_id == organisation_id,
        func.lower(InvitationRow.email) == email.lower(),
        col(InvitationRow.status).in_([*OPEN, InvitationStatus.DRAFT]),
    )
    return session.exec(open_ones).first() is not None
