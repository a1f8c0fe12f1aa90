"""Invitations to act for a company: what can be offered, and what becomes of an offer."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from state.domain.actor import Actor, Authorisation
from state.domain.authorisation_categories import CATEGORY_A, categories_on
from state.domain.formats import email_address
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.permissions import Permission
from state.domain.refusal import Refusal


class InvitationStatus(StrEnum):
    """Where an invitation has got to."""

    DRAFT = "draft"
    SENT = "sent"
    OPENED = "opened"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    REVOKED = "revoked"
    BOUNCED = "bounced"


OPEN: Final = frozenset({InvitationStatus.SENT, InvitationStatus.OPENED})
"""It can be accepted."""

CAN_BE_SENT_AGAIN: Final = OPEN | {InvitationStatus.EXPIRED, InvitationStatus.BOUNCED}
"""A new link can be sent for it."""

NEEDS_A_SECOND: Final = frozenset({CATEGORY_A, "N"})
"""Categories that two Category A signatories give together (`customer.md` 3.5)."""

KINDS: Final = {
    "viewer": "Viewer",
    "assistant": "Assistant",
    "signatory": "Signatory",
}
"""What a colleague can be, and its word."""


@dataclass(frozen=True, slots=True)
class OfferedCategory:
    """A category of signatory that is offered, for one role of the company or for all."""

    category: str
    role_code: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Who is invited and to what, as typed; `until` is the last day of the access."""

    email: str
    name: str
    kind: str
    categories: tuple[OfferedCategory, ...] = ()
    until: date | None = None


def tidied(offer: Offer) -> Offer:
    """The same without stray spaces."""
    return Offer(tidy(offer.email), tidy(offer.name), offer.kind, offer.categories, offer.until)


def refusals(
    offer: Offer, *, roles: frozenset[str], today: date, needs_name: bool = True
) -> tuple[Refusal, ...]:
    """Every reason to refuse the offer, in the order of the form."""
    named = text_problem("a full name", offer.name, longest=60, needed=needs_name)
    problems = [
        ("name", named),
        ("email", email_address.problem(offer.email) if offer.email else "Enter an email address"),
        ("kind", None if offer.kind in KINDS else "Select what they may do"),
        *_category_problems(offer, roles, today),
    ]
    if offer.until is not None and offer.until < today:
        real = "The last day must be a real day, today or later, like 27 3 2027"
        problems.append(("until", real))
    return tuple(Refusal(field, reason) for field, reason in problems if reason)


def above_the_ceiling(offer: Offer, actor: Actor) -> tuple[Refusal, ...]:
    """Nobody grants what they do not hold: a Category A holds every category, for their roles."""
    held = actor.authorisations
    return tuple(
        Refusal("categories", f"You cannot give category {one.category}: you do not hold it")
        for one in offer.categories
        if not any(
            Authorisation(letter, role) in held
            for letter in (CATEGORY_A, one.category)
            for role in {None, one.role_code}
        )
    )


def needs_a_second(offer: Offer) -> bool:
    """Whether another Category A must approve the offer before it is sent."""
    return any(one.category in NEEDS_A_SECOND for one in offer.categories)


def offer_words(kind: str, letters: tuple[str, ...], on: date) -> str:
    """What is offered, in words: `Signatory: BM Units (F)`."""
    if kind != "signatory":
        return KINDS[kind]
    if CATEGORY_A in letters:
        return "Category A signatory"
    named = [category.words for category in categories_on(on) if category.code in letters]
    return "Signatory: " + ", ".join(named)


def stored_offer_words(kind: str, categories: str, on: date) -> str:
    """The same for an offer as it is stored, with its categories in JSON."""
    return offer_words(kind, tuple(one["category"] for one in json.loads(categories)), on)


def permission_to_invite(actor: Actor) -> Permission:
    """The company's own Category A invites; and staff do, for the first people of a company."""
    if actor.may(Permission.ACCESS_GRANT_FIRST):
        return Permission.ACCESS_GRANT_FIRST
    return Permission.ACCESS_GRANT


def status_at(status: str, expires_at: datetime, now: datetime) -> InvitationStatus:
    """Where an invitation has got to, also when the clock has not come by since it ran out."""
    held = InvitationStatus(status)
    return InvitationStatus.EXPIRED if held in OPEN and expires_at <= now else held


def masked(email: str) -> str:
    """`a•••@albion.example`: enough for its owner to know it, not enough for others."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"


def _category_problems(
    offer: Offer, roles: frozenset[str], today: date
) -> Iterator[tuple[str, str | None]]:
    if offer.kind == "signatory" and not offer.categories:
        yield "categories", "Select at least one category"
    if offer.kind != "signatory" and offer.categories:
        yield "categories", "Only a signatory holds categories"
    known = {category.code for category in categories_on(today)}
    for one in offer.categories:
        if one.category not in known:
            yield "categories", f"There is no category {one.category}"
        if one.role_code is not None and one.role_code not in roles:
            yield "categories", f"Your company has no role {one.role_code}"
        if one.since and one.until and one.until < one.since:
            yield "categories", f"Category {one.category} ends before it begins"
        if one.until and one.until < today:
            yield "categories", f"Category {one.category} has ended already"
