"""Staff ask a director to declare who may act for a company, and see what came of it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from state.domain.actor import Actor, NotAllowedError
from state.domain.director_declaration import (
    DIRECTORS,
    AskedDirector,
    DeclarationStatus,
    asked_refusals,
    declared_text,
    digest_of_text,
    status_at,
    tidied,
)
from state.domain.director_match import WORDS
from state.domain.invitations import InvitationStatus, stored_offer_words
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.persistence.declarations import by_public_id, close, record_step, send_declaration
from state.persistence.members import category_a_of
from state.persistence.models.invitations import InvitationRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import PersonRow
from state.persistence.models.proofs import DirectorDeclarationRow, RegisterCheckRow
from state.persistence.transaction import reading, transaction
from state.services.sent_invitations import HAS_CATEGORY_A


class DeclarationRefusedError(RefusedError):
    """What is asked or declared breaks a rule, or is no longer what it was; nothing is stored."""


@dataclass(frozen=True, slots=True)
class HeldDeclaration:
    """One declaration that was asked for, as staff see it; `finding` is what the register says."""

    public_id: str
    director: str
    email: str
    role: str
    status: DeclarationStatus
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    answered_at: datetime | None
    signed_name: str
    comment: str
    declared: str
    digest: str
    check: str
    finding: str
    source: str


@dataclass(frozen=True, slots=True)
class InvitationToDeclare:
    """The first Category A of a company, and every declaration about them, the newest first."""

    company: str
    company_number: str
    name: str
    email: str
    offered: str
    invited_by: str
    waits: bool
    may_ask: bool
    prepared_it: bool
    declarations: tuple[HeldDeclaration, ...]


def invitation_to_declare(
    *, actor: Actor, company: str, invitation: str, now: datetime
) -> InvitationToDeclare:
    """What a director is asked about, and what was answered.

    Raises:
        NotAllowedError: There is no such invitation at the company.
    """
    actor.require(Permission.PEOPLE_VIEW)
    with reading() as session:
        held_for, row = _invitation(session, company, invitation)
        rows = session.exec(
            select(DirectorDeclarationRow)
            .where(DirectorDeclarationRow.invitation_id == row.id)
            .order_by(col(DirectorDeclarationRow.id).desc())
        ).all()
        waits = row.status == InvitationStatus.DRAFT
        declarations = tuple(_held(session, one, now) for one in rows)
        return InvitationToDeclare(
            company=held_for.legal_name,
            company_number=held_for.company_number,
            name=row.name,
            email=row.email,
            offered=stored_offer_words(row.kind, row.categories, now.date()),
            invited_by=session.get_one(PersonRow, row.invited_by).name,
            waits=waits,
            may_ask=waits and actor.may(Permission.ACCESS_GRANT_FIRST),
            prepared_it=row.invited_by == actor.person_id,
            declarations=declarations,
        )


def ask_director(
    *, actor: Actor, company: str, invitation: str, asked: AskedDirector, now: datetime
) -> str:
    """Mail a director the link of a declaration; gives its id. An earlier open one is withdrawn.

    Raises:
        NotAllowedError: There is no such invitation at the company.
        DeclarationRefusedError: It awaits nothing, the actor prepared it, or a reason of the form.
    """
    actor.require(Permission.ACCESS_GRANT_FIRST)
    told = tidied(asked)
    with transaction() as session:
        held_for, row = _invitation(session, company, invitation, to_change=True)
        if reasons := _reasons(session, actor, row, told, now):
            raise DeclarationRefusedError(reasons)
        for open_one in _open_ones(session, row):
            close(session, open_one, DeclarationStatus.WITHDRAWN, now)
        made = _made(actor, held_for, row, told, now)
        session.add(made)
        session.flush()
        send_declaration(session, made, now=now)
        record_step(session, actor, made, "asked", now)
        return made.public_id


def withdraw_declaration(*, actor: Actor, public_id: str, now: datetime) -> None:
    """Take back what a director was asked: the link opens nothing any more.

    Raises:
        NotAllowedError: There is none such.
        DeclarationRefusedError: It was answered, withdrawn or has run out already.
    """
    actor.require(Permission.ACCESS_GRANT_FIRST)
    with transaction() as session:
        row = by_public_id(session, public_id, to_change=True)
        if row is None:
            raise NotAllowedError("There is no such declaration.")
        if row.status != DeclarationStatus.ASKED:
            raise DeclarationRefusedError((Refusal("", f"It cannot be withdrawn: {row.status}"),))
        close(session, row, DeclarationStatus.WITHDRAWN, now)
        record_step(session, actor, row, "withdrawn", now)


def _reasons(
    session: Session, actor: Actor, row: InvitationRow, told: AskedDirector, now: datetime
) -> tuple[Refusal, ...]:
    if row.status != InvitationStatus.DRAFT:
        return (Refusal("", "This invitation does not wait for a director any more"),)
    if row.invited_by == actor.person_id:
        return (Refusal("", "Another of us must say who the director is: you prepared this"),)
    if category_a_of(session, row.organisation_id, now.date()):
        return (Refusal("", HAS_CATEGORY_A),)
    return asked_refusals(told, invited_email=row.email)


def _open_ones(session: Session, row: InvitationRow) -> list[DirectorDeclarationRow]:
    return list(
        session.exec(
            select(DirectorDeclarationRow).where(
                DirectorDeclarationRow.invitation_id == row.id,
                DirectorDeclarationRow.status == DeclarationStatus.ASKED,
            )
        )
    )


def _made(
    actor: Actor, company: OrganisationRow, row: InvitationRow, told: AskedDirector, now: datetime
) -> DirectorDeclarationRow:
    if actor.person_id is None or company.id is None or row.id is None:
        raise NotAllowedError("Only a person may ask a director.")
    text = declared_text(
        company=company.legal_name,
        company_number=company.company_number,
        role=told.role,
        person=row.name,
        email=row.email,
        offered=stored_offer_words(row.kind, row.categories, now.date()),
    )
    return DirectorDeclarationRow(
        public_id=secrets.token_hex(12),
        organisation_id=company.id,
        invitation_id=row.id,
        director_name=told.name,
        director_email=told.email,
        director_role=told.role,
        declared=text,
        digest=digest_of_text(text),
        status=DeclarationStatus.ASKED,
        expires_at=now,
        asked_by=actor.person_id,
        created_at=now,
        updated_at=now,
    )


def _invitation(
    session: Session, company: str, invitation: str, *, to_change: bool = False
) -> tuple[OrganisationRow, InvitationRow]:
    wanted = (
        select(OrganisationRow, InvitationRow)
        .join(InvitationRow, col(InvitationRow.organisation_id) == col(OrganisationRow.id))
        .where(OrganisationRow.public_id == company, InvitationRow.public_id == invitation)
    )
    found = session.exec(wanted.with_for_update() if to_change else wanted).first()
    if found is None:
        raise NotAllowedError("There is no such invitation at this company.")
    return found


def _held(session: Session, row: DirectorDeclarationRow, now: datetime) -> HeldDeclaration:
    check = session.exec(
        select(RegisterCheckRow).where(RegisterCheckRow.declaration_id == row.id)
    ).first()
    return HeldDeclaration(
        public_id=row.public_id,
        director=row.director_name,
        email=row.director_email,
        role=DIRECTORS[row.director_role],
        status=status_at(row.status, row.expires_at, now),
        asked_by=session.get_one(PersonRow, row.asked_by).name,
        asked_at=row.created_at,
        expires_at=row.expires_at,
        answered_at=row.answered_at,
        signed_name=row.signed_name,
        comment=row.comment,
        declared=row.declared,
        digest=row.digest,
        check=check.status if check else "",
        finding=WORDS.get(check.code, "") if check else "",
        source=check.source if check else "",
    )
