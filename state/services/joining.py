"""The invited person accepts: from then on they act for the company, as far as was offered."""

import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select, update

from state.domain.actor import Actor
from state.domain.invitations import (
    OPEN,
    InvitationStatus,
    masked,
    status_at,
    stored_offer_words,
)
from state.domain.permissions import Permission
from state.domain.refusal import Refusal
from state.persistence.audit_trail import record
from state.persistence.invitations import by_secret
from state.persistence.members import category_a_of, end_authorisations, membership_of
from state.persistence.models.invitations import InvitationRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import (
    AuthorisationRow,
    ExternalIdentityRow,
    MembershipRow,
    PersonRow,
)
from state.persistence.notices import notify
from state.persistence.transaction import transaction
from state.services.sent_invitations import InvitationRefusedError
from state.services.sessions import DEVELOPMENT, Identity


@dataclass(frozen=True, slots=True)
class Joined:
    """Whom the company has now."""

    person_public_id: str
    organisation_id: int


def accept_invitation(*, actor: Actor, identity: Identity, secret: str, now: datetime) -> Joined:
    """Let the invited person act for the company: once, however often and by however many asked.

    Raises:
        InvitationRefusedError: It is not theirs, not open, or they act for the company already.
            The field says which: unknown, expired, used, revoked, another, unverified, member.
    """
    actor.require(Permission.INVITATION_ACCEPT)
    with transaction() as session:
        row = by_secret(session, secret, to_change=True)
        refusal = _closed(row, now)
        if row is not None and refusal is None:
            refusal = _not_theirs(row, identity) or _not_new(session, row, identity, now.date())
            if refusal is None:
                return _join(session, row, identity, now)
            if refusal.field == "another":
                _note_another(session, actor, row, now)
    raise InvitationRefusedError((refusal or _UNKNOWN,))


_UNKNOWN = Refusal("unknown", "This link is not of an invitation, or a newer one replaced it")
_CLOSED = {
    InvitationStatus.ACCEPTED: Refusal("used", "This invitation has been used"),
    InvitationStatus.EXPIRED: Refusal("expired", "Your invitation has expired"),
    InvitationStatus.REVOKED: Refusal("revoked", "This invitation has been withdrawn"),
}


def _closed(row: InvitationRow | None, now: datetime) -> Refusal | None:
    if row is None:
        return _UNKNOWN
    status = status_at(row.status, row.expires_at, now)
    return None if status in OPEN else _CLOSED.get(status, _UNKNOWN)


def _not_theirs(row: InvitationRow, identity: Identity) -> Refusal | None:
    if identity.email.lower() != row.email.lower():
        return Refusal("another", f"This invitation is for {masked(row.email)}")
    if not identity.email_is_verified and identity.method != DEVELOPMENT:
        return Refusal("unverified", "Your provider has not confirmed that the address is yours")
    return None


def _not_new(
    session: Session, row: InvitationRow, identity: Identity, today: date
) -> Refusal | None:
    person = _person_of(session, identity)
    if person is None:
        return None
    if person.status != "active":
        return _UNKNOWN
    held = membership_of(session, row.organisation_id, person.id or 0)
    if held is None or (held.until is not None and held.until < today):
        return None
    return Refusal("member", "You have access for this company already")


def _join(session: Session, row: InvitationRow, identity: Identity, now: datetime) -> Joined:
    taken = session.execute(
        update(InvitationRow)
        .where(col(InvitationRow.id) == row.id, col(InvitationRow.status).in_(OPEN))
        .values(status=InvitationStatus.ACCEPTED)
        .execution_options(synchronize_session=False)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]  # an update's result has it
        raise InvitationRefusedError((_CLOSED[InvitationStatus.ACCEPTED],))
    person = _person_of(session, identity) or _new_person(session, row, identity, now)
    assert person.id is not None  # noqa: S101  # it was read or flushed
    _membership(session, row, person.id, now)
    row.status, row.accepted_by = InvitationStatus.ACCEPTED, person.id
    row.accepted_at = row.updated_at = now
    session.add(row)
    who = Actor(kind="person", name=person.name, person_id=person.id, method=identity.method)
    record(
        session,
        actor=who,
        event="invitation.accepted",
        subject=row.public_id,
        organisation_id=row.organisation_id,
        now=now,
        kind=row.kind,
        categories=[one["category"] for one in json.loads(row.categories)],
    )
    _tell(session, row, person, now)
    return Joined(person.public_id, row.organisation_id)


def _tell(session: Session, row: InvitationRow, person: PersonRow, now: datetime) -> None:
    """All who sign for everything hear of it; of a signatory by law, and so does the newcomer."""
    assert person.id is not None  # noqa: S101  # it was read or flushed
    everyone = category_a_of(session, row.organisation_id, now.date())
    words = {
        "company": _company_name(session, row),
        "who": person.name,
        "what": stored_offer_words(row.kind, row.categories, now.date()),
    }
    is_signatory = row.kind == "signatory"
    for key, people in (
        ("access.given", {person.id}),
        ("signatory.added" if is_signatory else "invite.accepted", {*everyone} - {person.id}),
    ):
        notify(
            session,
            key=key,
            people=people,
            organisation_id=row.organisation_id,
            link="/account/people",
            now=now,
            **words,
        )


def _membership(session: Session, row: InvitationRow, person_id: int, now: datetime) -> None:
    """The membership and its categories, from today; one that had ended begins anew."""
    held = membership_of(session, row.organisation_id, person_id) or MembershipRow(
        person_id=person_id,
        organisation_id=row.organisation_id,
        kind=row.kind,
        since=now.date(),
        created_at=now,
        updated_at=now,
    )
    held.kind, held.since, held.until = row.kind, now.date(), row.until
    held.confirmed_on, held.updated_at = None, now
    session.add(held)
    session.flush()
    assert held.id is not None  # noqa: S101  # the flush gave it
    end_authorisations(session, held.id, now.date() - timedelta(days=1), now)
    for one in json.loads(row.categories):
        session.add(
            AuthorisationRow(
                public_id=secrets.token_hex(12),
                membership_id=held.id,
                category=one["category"],
                role_code=one["role_code"],
                since=max(_day(one["since"]) or now.date(), now.date()),
                until=_day(one["until"]) or row.until,
                created_at=now,
                updated_at=now,
            )
        )


def _new_person(
    session: Session, row: InvitationRow, identity: Identity, now: datetime
) -> PersonRow:
    person = PersonRow(
        public_id=secrets.token_hex(12),
        name=(identity.name or row.name or row.email.partition("@")[0])[:80],
        email=row.email,
        created_at=now,
        updated_at=now,
    )
    session.add(person)
    session.flush()
    assert person.id is not None  # noqa: S101  # the flush gave it
    session.add(
        ExternalIdentityRow(
            person_id=person.id,
            issuer=identity.issuer,
            subject=identity.subject,
            created_at=now,
            updated_at=now,
        )
    )
    session.flush()
    return person


def _note_another(session: Session, actor: Actor, row: InvitationRow, now: datetime) -> None:
    """A forwarded link: it is refused, it stands in the trail, and who invited is told."""
    record(
        session,
        actor=actor,
        event="invitation.refused",
        subject=row.public_id,
        organisation_id=row.organisation_id,
        now=now,
        why="another address",
    )
    notify(
        session,
        key="invite.forwarded",
        people=[row.invited_by],
        organisation_id=row.organisation_id,
        link="/account/people?show=invited",
        now=now,
        dedupe_key=f"forwarded:{row.public_id}:{now.date()}",
        company=_company_name(session, row),
        who=row.name or row.email,
    )


def _person_of(session: Session, identity: Identity) -> PersonRow | None:
    return session.exec(
        select(PersonRow)
        .join(ExternalIdentityRow, col(ExternalIdentityRow.person_id) == col(PersonRow.id))
        .where(
            ExternalIdentityRow.issuer == identity.issuer,
            ExternalIdentityRow.subject == identity.subject,
        )
    ).first()


def _company_name(session: Session, row: InvitationRow) -> str:
    return session.get_one(OrganisationRow, row.organisation_id).legal_name


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
