"""Invitations of the demo market, and people who have signed in before: so that pages have rows."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, select

from state.domain.actor import THE_CLOCK, Actor, Authorisation
from state.domain.authorisation_categories import CATEGORY_A
from state.domain.invitations import Offer, OfferedCategory
from state.domain.permissions import Capacity, Permission
from state.persistence.members import membership_of
from state.persistence.models.invitations import InvitationRow
from state.persistence.models.organisation import ParticipantRow
from state.persistence.models.person import ExternalIdentityRow, PersonRow, UserSessionRow
from state.persistence.transaction import reading, transaction
from state.services.invitation_reminders import remind_and_expire
from state.services.invitations import invite
from state.services.sessions import DEVELOPMENT, DEVELOPMENT_ISSUER

_VIEWER: Final = Offer("tom.bleasdale@albion.example", "Tom Bleasdale", "viewer")
_ASSISTANT: Final = Offer("rosa.eddington@albion.example", "Rosa Eddington", "assistant")

_INVITED: Final = (
    (
        "alice-harrowgate",
        "ALBION",
        20,
        _VIEWER,
    ),
    ("alice-harrowgate", "ALBION", 2, _ASSISTANT),
    (
        "ada-lonsdale",
        "ALBION",
        1,
        replace(
            _ASSISTANT,
            email="greta.holm@albion.example",
            name="Greta Holm",
            kind="signatory",
            categories=(OfferedCategory("N"),),
        ),
    ),
    (
        "nadia-thornbury",
        "NRTHFLEX",
        1,
        replace(
            _ASSISTANT,
            email="ivo.castell@northflex.example",
            name="Ivo Castell",
            kind="signatory",
            categories=(OfferedCategory("F"),),
        ),
    ),
)
"""Who invited whom to what, and how many days before the market opened to visitors."""

_SIGNED_IN_BEFORE: Final = (("arun-selby", 1), ("nora-whinfell", 6), ("agnes-whitlow", 40))
_CONFIRMED: Final = ("alice-harrowgate", "ada-lonsdale", "nora-whinfell", "fergus-tait")


def invite_colleagues(*, actor: Actor, now: datetime) -> None:
    """Make them, once."""
    actor.require(Permission.MARKET_SEED)
    with reading() as session:
        if session.exec(select(InvitationRow.id).limit(1)).first() is not None:
            return
        inviting = [
            (_category_a(session, subject, party_id), offer, now - timedelta(days=days))
            for subject, party_id, days, offer in _INVITED
        ]
    for who, offer, at in inviting:
        assert who.organisation_id is not None  # noqa: S101  # it was read
        invite(actor=who, organisation_id=who.organisation_id, offer=offer, now=at)
    remind_and_expire(actor=THE_CLOCK, now=now)
    with transaction() as session:
        for subject, days in _SIGNED_IN_BEFORE:
            session.add(_ended_session(session, subject, now - timedelta(days=days)))
        for subject in _CONFIRMED:
            _confirm(session, subject, now)


def _category_a(session: Session, subject: str, party_id: str) -> Actor:
    person = _person(session, subject)
    company = session.exec(
        select(ParticipantRow.organisation_id).where(ParticipantRow.party_id == party_id)
    ).one()
    return Actor(
        kind="person",
        name=person.name,
        person_id=person.id,
        organisation_id=company,
        capacity=Capacity.CATEGORY_A,
        authorisations=frozenset({Authorisation(CATEGORY_A)}),
        method=DEVELOPMENT,
        fresh=True,
    )


def _ended_session(session: Session, subject: str, at: datetime) -> UserSessionRow:
    person_id = _person(session, subject).id
    assert person_id is not None  # noqa: S101  # it was read
    return UserSessionRow(
        id=hashlib.sha256(f"demo:{subject}:{at.isoformat()}".encode()).hexdigest(),
        person_id=person_id,
        method=DEVELOPMENT,
        factors="pwd otp",
        began_at=at,
        authenticated_at=at,
        seen_at=at,
        ended_at=at,
    )


def _confirm(session: Session, subject: str, now: datetime) -> None:
    albion = session.exec(
        select(ParticipantRow.organisation_id).where(ParticipantRow.party_id == "ALBION")
    ).one()
    held = membership_of(session, albion, _person(session, subject).id or 0)
    if held is not None:
        held.confirmed_on = (now - timedelta(days=90)).date()
        session.add(held)


def _person(session: Session, subject: str) -> PersonRow:
    found = session.exec(
        select(ExternalIdentityRow.person_id).where(
            ExternalIdentityRow.issuer == DEVELOPMENT_ISSUER, ExternalIdentityRow.subject == subject
        )
    ).one()
    return session.get_one(PersonRow, found)
