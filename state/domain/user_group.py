"""The user group: people who use the service and help to make it better."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from state.domain.formats import email_address
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.refusal import Refusal

INTERESTS: Final = {
    "data": "Data and charts",
    "reporting": "Reports and files",
    "account": "Managing an account",
    "assets": "Registering assets",
    "programs": "Programs and the API",
}


class MemberStatus(StrEnum):
    """A newcomer belongs to the group once they pressed the button that their mail leads to."""

    ASKED = "asked"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who would join, as typed."""

    name: str
    email: str
    organisation: str
    interests: tuple[str, ...]


def tidied(newcomer: Newcomer) -> Newcomer:
    """The same, with spaces put right."""
    return replace(
        newcomer,
        name=tidy(newcomer.name),
        email=email_address.normal(newcomer.email),
        organisation=tidy(newcomer.organisation),
        interests=tuple(key for key in INTERESTS if key in newcomer.interests),
    )


def refusals(newcomer: Newcomer) -> tuple[Refusal, ...]:
    """Every reason to refuse it, in the order of the form."""
    organisation = text_problem(
        "your organisation", newcomer.organisation, longest=160, needed=False
    )
    found = (
        ("name", text_problem("your full name", newcomer.name, longest=60)),
        ("email", email_address.problem(newcomer.email)),
        ("organisation", organisation),
        ("interests", None if newcomer.interests else "Select at least one interest"),
    )
    return tuple(Refusal(field, reason) for field, reason in found if reason)
