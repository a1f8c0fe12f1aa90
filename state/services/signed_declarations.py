"""The director's side of a declaration: it is read and signed by its link, without an account."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.director_declaration import (
    DeclarationStatus,
    Signature,
    comment_refusals,
    signature_refusals,
    status_at,
)
from state.domain.formats import company_number
from state.domain.formats.plain_text import tidy
from state.domain.permissions import Permission
from state.domain.refusal import Refusal
from state.persistence.declarations import by_public_id, by_secret, close, record_step, tell_staff
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.proofs import DirectorDeclarationRow, RegisterCheckRow
from state.persistence.transaction import reading, transaction
from state.services.director_declarations import DeclarationRefusedError


@dataclass(frozen=True, slots=True)
class DeclarationToSign:
    """What a director is shown: the words, their hash, until when; who was asked by name."""

    company: str
    director: str
    declared: tuple[str, ...]
    digest: str
    status: DeclarationStatus
    expires_at: datetime
    answered_at: datetime | None


def open_declaration(*, actor: Actor, secret: str) -> str | None:
    """The id of the link's declaration; None where no link has that secret. Uses nothing up."""
    actor.require(Permission.DECLARATION_SIGN)
    with reading() as session:
        row = by_secret(session, secret)
        return row.public_id if row else None


def declaration_to_sign(*, actor: Actor, public_id: str, now: datetime) -> DeclarationToSign | None:
    """What is declared, for whoever opened its link; None where there is no such declaration."""
    actor.require(Permission.DECLARATION_SIGN)
    with reading() as session:
        row = by_public_id(session, public_id)
        if row is None:
            return None
        return DeclarationToSign(
            company=session.get_one(OrganisationRow, row.organisation_id).legal_name,
            director=row.director_name,
            declared=tuple(row.declared.split("\n")),
            digest=row.digest,
            status=status_at(row.status, row.expires_at, now),
            expires_at=row.expires_at,
            answered_at=row.answered_at,
        )


def check_signature(*, actor: Actor, public_id: str, signature: Signature, now: datetime) -> None:
    """Look a signature over before it is given; nothing is stored.

    Raises:
        DeclarationRefusedError: Every reason why it would be none.
    """
    actor.require(Permission.DECLARATION_SIGN)
    with reading() as session:
        row = _open(by_public_id(session, public_id), now)
        _refuse(signature_refusals(signature, asked_name=row.director_name, today=now.date()))


def sign_declaration(
    *, actor: Actor, secret: str, digest: str, signature: Signature, now: datetime
) -> str:
    """Sign what was shown; the register is then asked about the director. Gives the id.

    Raises:
        DeclarationRefusedError: The link is used, too old or of another text, or it is none.
    """
    actor.require(Permission.DECLARATION_SIGN)
    with transaction() as session:
        row = _open(by_secret(session, secret, to_change=True), now)
        _refuse(signature_refusals(signature, asked_name=row.director_name, today=now.date()))
        if row.digest != digest:
            raise DeclarationRefusedError(
                (Refusal("", "This is another text than you were shown"),)
            )
        row.signed_name, row.answered_at = tidy(signature.name), now
        close(session, row, DeclarationStatus.SIGNED, now)
        record_step(session, actor, row, "signed", now)
        _ask_the_register(session, row, signature, now)
        return row.public_id


def refuse_declaration(*, actor: Actor, secret: str, comment: str, now: datetime) -> str:
    """Say no: the link is used up, and staff are told. Gives the id.

    Raises:
        DeclarationRefusedError: The link is used or too old, or the comment is no text.
    """
    actor.require(Permission.DECLARATION_SIGN)
    said = tidy(comment)
    _refuse(comment_refusals(said))
    with transaction() as session:
        row = _open(by_secret(session, secret, to_change=True), now)
        row.comment, row.answered_at = said, now
        close(session, row, DeclarationStatus.REFUSED, now)
        record_step(session, actor, row, "refused", now)
        tell_staff(session, row, "director.refused", now)
        return row.public_id


def _open(row: DirectorDeclarationRow | None, now: datetime) -> DirectorDeclarationRow:
    if row is None or status_at(row.status, row.expires_at, now) is not DeclarationStatus.ASKED:
        gone = "This declaration cannot be signed any more. Ask who sent it to send another"
        raise DeclarationRefusedError((Refusal("", gone),))
    return row


def _refuse(reasons: tuple[Refusal, ...]) -> None:
    if reasons:
        raise DeclarationRefusedError(reasons)


def _ask_the_register(
    session: Session, row: DirectorDeclarationRow, signature: Signature, now: datetime
) -> None:
    """Have the worker ask; a company that no register of ours has is for people to look at."""
    company = session.get_one(OrganisationRow, row.organisation_id)
    is_there = company_number.problem(company.company_number) is None
    can_be_asked = is_there and company.country == "United Kingdom"
    month, year = signature.born or (None, None)
    session.add(
        RegisterCheckRow(
            public_id=secrets.token_hex(12),
            organisation_id=row.organisation_id,
            declaration_id=row.id or 0,
            company_number=company.company_number,
            born_month=month if can_be_asked else None,
            born_year=year if can_be_asked else None,
            status="waiting" if can_be_asked else "manual",
            code="" if can_be_asked else "not_in_register",
            next_try_at=now if can_be_asked else None,
            created_at=now,
            updated_at=now,
        )
    )
    if not can_be_asked:
        tell_staff(session, row, "director.not_verified", now, why="it is in no register of ours")
