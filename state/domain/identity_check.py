"""A private individual proves who they are: what a provider answers, and what that comes to."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from state.domain.dates import months_after
from state.domain.director_match import name_likeness
from state.domain.formats.plain_text import text_problem
from state.domain.refusal import Refusal
from state.domain.rules import number_on


class IdentityStatus(StrEnum):
    """Where a check has got to; `EXPIRED` is a link unused, or a proof that counts no more."""

    ASKED = "asked"
    VERIFIED = "verified"
    FAILED = "failed"
    REFUSED = "refused"
    EXPIRED = "expired"


class ProviderStatus(StrEnum):
    """What a provider says of one try."""

    VERIFIED = "verified"
    FAILED = "failed"
    ABANDONED = "abandoned"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class ClaimedPerson:
    """Who they say they are; without a date of birth none is compared."""

    name: str
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class IdentityAnswer:
    """What a provider answered about one try: never a document."""

    status: ProviderStatus
    assurance_level: str = ""
    given_name: str = ""
    family_name: str = ""
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class IdentityFound:
    """Whether they are who they say, and why (a code of `WORDS`)."""

    is_verified: bool
    code: str


LEVELS: Final = ("medium", "high")
"""The levels of assurance that count; `low` does not."""

BY_HAND: Final = "by hand"
"""In place of a level, where staff saw the person and what they showed."""

WORDS: Final = {
    "verified": "The provider confirms the name and the date of birth that they gave us",
    "level_low": "The provider is not sure enough",
    "name_differs": "The provider confirms somebody of another name",
    "birth_differs": "The provider confirms somebody of another date of birth",
    "failed": "The provider could not confirm who they are",
    "abandoned": "They did not finish the check",
    "unavailable": "The provider did not answer",
    "by_hand": "Staff confirmed it by hand",
    "refused": "Staff refused it",
}
"""Each code in words for staff."""

_LONGEST_NOTE: Final = 500


def found(answer: IdentityAnswer, claimed: ClaimedPerson, *, today: date) -> IdentityFound:
    """What a provider's answer says of who they claim to be."""
    if answer.status is not ProviderStatus.VERIFIED:
        return IdentityFound(is_verified=False, code=answer.status.value)
    if answer.assurance_level not in LEVELS:
        return IdentityFound(is_verified=False, code="level_low")
    registered = f"{answer.family_name}, {answer.given_name}"
    surname, forename = name_likeness(claimed.name, registered, today=today)
    if min(surname, forename) < number_on("identity_name_least_percent", today):
        return IdentityFound(is_verified=False, code="name_differs")
    if claimed.born_on is not None and claimed.born_on != answer.born_on:
        return IdentityFound(is_verified=False, code="birth_differs")
    return IdentityFound(is_verified=True, code="verified")


def verified_until(verified_on: date) -> date:
    """The last day on which a proof of that day counts."""
    return months_after(verified_on, number_on("identity_verified_months", verified_on))


def status_at(
    status: str, *, expires_at: datetime, until: date | None, now: datetime
) -> IdentityStatus:
    """Where a check has got to, also when a day has come since."""
    held = IdentityStatus(status)
    if held is IdentityStatus.ASKED and expires_at <= now:
        return IdentityStatus.EXPIRED
    if held is IdentityStatus.VERIFIED and until is not None and until < now.date():
        return IdentityStatus.EXPIRED
    return held


def note_refusals(note: str) -> tuple[Refusal, ...]:
    """What is wrong with what staff write about a decision of theirs."""
    wrong = text_problem("what you saw, or why", note, longest=_LONGEST_NOTE)
    return (Refusal("note", wrong),) if wrong else ()
