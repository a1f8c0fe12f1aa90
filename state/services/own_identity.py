"""The side of who proves who they are: by the link of their mail, without an account."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.identity_check import (
    ClaimedPerson,
    IdentityAnswer,
    IdentityStatus,
    ProviderStatus,
    found,
    verified_until,
)
from state.domain.permissions import Permission
from state.domain.refusal import Refusal
from state.domain.rules import number_on
from state.persistence.audit_trail import record
from state.persistence.identity_checks import check_by_id, check_by_secret, end_check, status_of
from state.persistence.models.market_entry import ExpressionOfInterestRow
from state.persistence.models.proofs import IdentityCheckRow
from state.persistence.notices import notify
from state.persistence.transaction import reading, transaction
from state.services.identity_checks import IdentityRefusedError


@dataclass(slots=True)
class IdentityProviderInUse:
    """The provider of this process by its name; none where staff check identities by hand."""

    name: str = ""


IDENTITY_PROVIDER = IdentityProviderInUse()
"""Filled once, where the doors are hung."""


@dataclass(frozen=True, slots=True)
class IdentityToProve:
    """What its page says to whoever opened the link; no name, and nothing of the result but it."""

    status: IdentityStatus
    tries_left: int
    was_tried: bool
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TryToMake:
    """What the door gives the provider: an id of ours for the try, and who they claim to be."""

    reference: str
    claimed: ClaimedPerson


def open_identity_check(*, actor: Actor, secret: str) -> str | None:
    """The id of the link's check; None where no link has that secret. Uses nothing up."""
    actor.require(Permission.IDENTITY_PROVE)
    with reading() as session:
        row = check_by_secret(session, secret)
        return row.public_id if row else None


def identity_to_prove(*, actor: Actor, public_id: str, now: datetime) -> IdentityToProve | None:
    """How far a check is; None where there is none."""
    actor.require(Permission.IDENTITY_PROVE)
    with reading() as session:
        row = check_by_id(session, public_id)
        if row is None:
            return None
        most = number_on("identity_tries_most", now.date())
        return IdentityToProve(
            status=status_of(row, now),
            tries_left=max(0, most - row.tries),
            was_tried=row.tries > 0,
            expires_at=row.expires_at,
        )


def try_to_make(*, actor: Actor, secret: str, provider: str, now: datetime) -> TryToMake:
    """Begin a try at a provider.

    Raises:
        IdentityRefusedError: The link is used, or too old.
    """
    actor.require(Permission.IDENTITY_PROVE)
    with transaction() as session:
        row = _open(check_by_secret(session, secret, to_change=True), now)
        interest = session.get_one(ExpressionOfInterestRow, row.interest_id)
        row.provider, row.provider_reference = provider, f"{row.public_id}-{row.tries + 1}"
        row.updated_at = now
        session.add(row)
        return TryToMake(
            row.provider_reference, ClaimedPerson(interest.legal_name, interest.born_on)
        )


def identity_begun(*, actor: Actor, secret: str, now: datetime) -> str:
    """Which try at the provider is under way: its id.

    Raises:
        IdentityRefusedError: The link is used or too old, or no try was begun.
    """
    actor.require(Permission.IDENTITY_PROVE)
    with reading() as session:
        row = _open(check_by_secret(session, secret), now)
        if not row.provider_reference:
            raise IdentityRefusedError((Refusal("", "No check was begun"),))
        return row.provider_reference


def identity_answered(
    *, actor: Actor, secret: str, reference: str, answer: IdentityAnswer, now: datetime
) -> IdentityStatus:
    """Keep what the provider found: the result and its level, and nothing that it was made from.

    A try that the provider could not make does not count. After the last one people look at it.

    Raises:
        IdentityRefusedError: The link is used or too old, or it is another try's answer.
    """
    actor.require(Permission.IDENTITY_PROVE)
    with transaction() as session:
        row = _open(check_by_secret(session, secret, to_change=True), now)
        if not reference or row.provider_reference != reference:
            raise IdentityRefusedError((Refusal("", "This is the answer of another try"),))
        interest = session.get_one(ExpressionOfInterestRow, row.interest_id)
        claimed = ClaimedPerson(interest.legal_name, interest.born_on)
        came_to = found(answer, claimed, today=now.date())
        row.code, row.provider_reference, row.checked_at = came_to.code, "", now
        if answer.status is not ProviderStatus.UNAVAILABLE:
            row.tries += 1
        session.add(row)
        if came_to.is_verified:
            _verified(session, actor, row, interest, answer, now)
        else:
            _not_verified(session, actor, row, interest, now)
        return IdentityStatus(row.status)


def _verified(
    session: Session,
    actor: Actor,
    row: IdentityCheckRow,
    interest: ExpressionOfInterestRow,
    answer: IdentityAnswer,
    now: datetime,
) -> None:
    row.assurance_level, row.verified_until = answer.assurance_level, verified_until(now.date())
    interest.born_on = None  # it has been compared
    session.add(interest)
    end_check(session, row, IdentityStatus.VERIFIED, now)
    _note(session, actor, row, "verified", now)


def _not_verified(
    session: Session,
    actor: Actor,
    row: IdentityCheckRow,
    interest: ExpressionOfInterestRow,
    now: datetime,
) -> None:
    _note(session, actor, row, "not_verified", now)
    if row.tries < number_on("identity_tries_most", now.date()):
        return
    end_check(session, row, IdentityStatus.FAILED, now)
    notify(
        session,
        key="identity.not_verified",
        people=[row.asked_by],
        organisation_id=None,
        link=f"/staff/interest?reference={interest.reference}",
        now=now,
        dedupe_key=f"identity.not_verified/{row.public_id}",
        reference=interest.reference,
    )


def _open(row: IdentityCheckRow | None, now: datetime) -> IdentityCheckRow:
    if row is None or status_of(row, now) is not IdentityStatus.ASKED:
        gone = "This link no longer works. Ask us for another"
        raise IdentityRefusedError((Refusal("", gone),))
    return row


def _note(session: Session, actor: Actor, row: IdentityCheckRow, what: str, now: datetime) -> None:
    record(
        session,
        actor=actor,
        event=f"identity_check.{what}",
        subject=row.public_id,
        now=now,
        code=row.code,
    )
