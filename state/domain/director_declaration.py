"""A director declares, by a link and without an account, that somebody may act for the company."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from state.domain.director_match import name_likeness
from state.domain.formats import email_address, person_name
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.refusal import Refusal
from state.domain.rules import number_on


class DeclarationStatus(StrEnum):
    """Where a declaration has got to."""

    ASKED = "asked"
    SIGNED = "signed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class AskedDirector:
    """Who is asked to declare, as typed."""

    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class Signature:
    """What a director gives beneath the text: their name, month and year of birth, a tick."""

    name: str
    born_month: str
    born_year: str
    is_confirmed: bool

    @property
    def born(self) -> tuple[int, int] | None:
        """Month and year; None where they are none."""
        if not (_is_number(self.born_month) and _is_number(self.born_year)):
            return None
        return int(self.born_month), int(self.born_year)


DIRECTORS: Final = {
    "director": "Director",
    "llp_member": "Designated member of an LLP",
    "partner": "General partner",
    "officer": "Other officer who may bind the organisation",
}
"""What the person who declares is for the organisation, and its words."""

_EARLIEST_BIRTH_YEAR: Final = 1900
_MONTHS: Final = 12
_LONGEST_YEAR: Final = 4


def tidied(asked: AskedDirector) -> AskedDirector:
    """The same without stray spaces."""
    return AskedDirector(tidy(asked.name), tidy(asked.email), asked.role)


def asked_refusals(asked: AskedDirector, *, invited_email: str) -> tuple[Refusal, ...]:
    """Every reason not to ask this director, in the order of the form."""
    own = asked.email.casefold() == invited_email.casefold()
    email = email_address.problem(asked.email) if asked.email else "Enter an email address"
    problems = (
        ("director_name", person_name.problem(asked.name, "the director's full name")),
        ("director_email", email or (_SAME_ADDRESS if own else None)),
        ("director_role", None if asked.role in DIRECTORS else "Select what they are"),
    )
    return tuple(Refusal(field, reason) for field, reason in problems if reason)


_SAME_ADDRESS: Final = (
    "The director must have an address of their own: this is the address of who is invited"
)


def declared_text(
    *, company: str, company_number: str, role: str, person: str, email: str, offered: str
) -> str:
    """The very words that a director signs; kept whole, and hashed as they were shown."""
    number = f" (company number {company_number})" if company_number else ""
    return "\n".join(
        (
            f"I am of {company}{number}, as: {DIRECTORS[role]}.",
            (
                f"I declare that {person}, whose email address is {email}, may act for {company} "
                f"in the electricity market as: {offered}."
            ),
            (
                "I know that a Category A signatory signs for everything that the company does in "
                "the market, and gives other people access for it."
            ),
            "I may make this declaration for the company, and what I say here is true.",
        )
    )


def digest_of_text(text: str) -> str:
    """The SHA-256 over the words as they are shown."""
    return hashlib.sha256(text.encode()).hexdigest()


def signature_refusals(
    signature: Signature, *, asked_name: str, today: date
) -> tuple[Refusal, ...]:
    """Every reason why this is no signature, in the order of the form."""
    return tuple(
        Refusal(field, reason)
        for field, reason in _signature_problems(signature, asked_name, today)
        if reason
    )


def comment_refusals(comment: str) -> tuple[Refusal, ...]:
    """What is wrong with why a director does not sign; they need not say why."""
    wrong = text_problem("what you wish to say", comment, longest=500, needed=False)
    return (Refusal("comment", wrong),) if wrong else ()


def status_at(status: str, expires_at: datetime, now: datetime) -> DeclarationStatus:
    """Where it has got to, also when its time has run out since."""
    held = DeclarationStatus(status)
    is_over = held is DeclarationStatus.ASKED and expires_at <= now
    return DeclarationStatus.EXPIRED if is_over else held


def is_name_of(signed: str, asked: str, today: date) -> bool:
    """Whether a name signed is the name asked: titles, accents and middle names do not count."""
    *first, last = asked.split() or [""]
    surname, forename = name_likeness(signed, f"{last}, {' '.join(first)}", today=today)
    passes = number_on("director_score_passes_percent", today)
    return signed.casefold() == asked.casefold() or (surname + forename) // 2 >= passes


def _signature_problems(
    signature: Signature, asked_name: str, today: date
) -> Iterator[tuple[str, str | None]]:
    name = tidy(signature.name)
    problem = person_name.problem(name, "your full name")
    if problem is None and not is_name_of(name, asked_name, today):
        problem = f"Sign with the name that this was sent to: {asked_name}"
    yield "signed_name", problem
    born = signature.born
    is_real = born is not None and 1 <= born[0] <= _MONTHS
    if born is None or not is_real or not _EARLIEST_BIRTH_YEAR <= born[1] < today.year:
        yield "born", "Enter the month and year of your birth, like 3 1975"
    if not signature.is_confirmed:
        yield "confirmed", "Confirm that you have read the declaration and that it is true"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_YEAR
