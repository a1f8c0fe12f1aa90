"""The phrase by which a signatory is known on the telephone: made in one click, never kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, func, select

from state.domain import rules
from state.domain.actor import Actor, NotAllowedError
from state.domain.permissions import SIGNS, Permission
from state.domain.refusal import Refusal, RefusedError
from state.domain.verification_phrase import hash_of, is_right, new_phrase, new_salt
from state.persistence.audit_trail import record
from state.persistence.models.person import PersonRow
from state.persistence.models.phrase import VerificationPhraseRow
from state.persistence.transaction import reading, transaction

_WITHIN: Final = timedelta(hours=1)


class PhraseRefusedError(RefusedError):
    """It cannot be checked: something is missing, or it was tried too often."""


@dataclass(frozen=True, slots=True)
class PhraseAnswer:
    """Whether the caller is who they say; the name only where they are."""

    is_right: bool
    name: str = ""


def phrase_made_at(*, actor: Actor) -> datetime | None:
    """When the actor's phrase was made; none where they have none."""
    actor.require(Permission.SESSION_OWN)
    with reading() as session:
        row = session.get(VerificationPhraseRow, actor.person_id)
        return row.made_at if row else None


def make_phrase(*, actor: Actor, organisation_id: int, now: datetime) -> str:
    """Make the actor a new phrase in place of the old one; given once, kept as a hash alone.

    Raises:
        NotAllowedError: They sign for nothing at the company.
    """
    actor.require(Permission.ACCESS_VIEW, organisation_id)
    actor.require_not_looking()
    if actor.person_id is None or actor.capacity not in SIGNS:
        raise NotAllowedError("Only an Authorised Signatory has a verification phrase.")
    phrase, salt = new_phrase(), new_salt()
    made = hash_of(phrase, salt)
    with transaction() as session:
        row = session.get(VerificationPhraseRow, actor.person_id) or VerificationPhraseRow(
            person_id=actor.person_id, salt=salt, hash=made, made_at=now
        )
        row.salt, row.hash, row.made_at = salt, made, now
        session.add(row)
        record(
            session,
            actor=actor,
            event="phrase.made",
            subject=actor.reference,
            organisation_id=organisation_id,
            now=now,
        )
    return phrase


def check_phrase(*, actor: Actor, email: str, phrase: str, now: datetime) -> PhraseAnswer:
    """Whether a caller says the phrase of the person with that e-mail address.

    Raises:
        PhraseRefusedError: Something is missing, or that phrase was tried too often lately.
    """
    actor.require(Permission.PEOPLE_VIEW)
    if reasons := _missing(email, phrase):
        raise PhraseRefusedError(reasons)
    with transaction() as session:
        person = _person(session, email)
        row = _locked(session, person)
        is_over = row is not None and _tried_too_often(row, now)
        right = row is not None and not is_over and is_right(phrase, row.salt, row.hash)
        if row is not None:
            session.add(row)
        record(
            session,
            actor=actor,
            event="phrase.checked",
            subject=person.public_id if person else "nobody",
            now=now,
            outcome="refused" if is_over else ("right" if right else "wrong"),
        )
    if is_over:
        too_often = "This phrase was tried too often. Call back on a number that we hold"
        raise PhraseRefusedError((Refusal("phrase", too_often),))
    return PhraseAnswer(right, person.name if person and right else "")


def _missing(email: str, phrase: str) -> tuple[Refusal, ...]:
    return (
        *(() if email else (Refusal("email", "Enter the caller's email address"),)),
        *(() if phrase else (Refusal("phrase", "Enter the four words that the caller says"),)),
    )


def _person(session: Session, email: str) -> PersonRow | None:
    wanted = select(PersonRow).where(
        func.lower(PersonRow.email) == email.lower(), PersonRow.status == "active"
    )
    return session.exec(wanted).first()


def _locked(session: Session, person: PersonRow | None) -> VerificationPhraseRow | None:
    """One try at a time, so that many at once count as many."""
    if person is None:
        return None
    return session.get(VerificationPhraseRow, person.id, with_for_update=True)


def _tried_too_often(row: VerificationPhraseRow, now: datetime) -> bool:
    """Count this try among those of the last hour."""
    if row.tried_since is None or now - row.tried_since >= _WITHIN:
        row.tried_since, row.tries = now, 0
    row.tries += 1
    return row.tries > rules.phrase_tries_an_hour(now.date())
