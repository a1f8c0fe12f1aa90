"""The company's account: what a contact must say."""

from collections.abc import Iterator
from dataclasses import dataclass

from state.domain.refusal import Refusal
from state.domain.text import email_problem, phone_problem, text_problem, tidy

CONTACT_PURPOSES = (
    "Main contact",
    "Notices",
    "Settlement",
    "Credit",
    "Operations",
    "Metering",
    "Finance",
)
"""What a contact can be for."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to speak to, as typed."""

    name: str
    job_title: str
    email: str
    phone: str


def tidied(contact: Contact) -> Contact:
    """The same without stray spaces."""
    return Contact(
        tidy(contact.name), tidy(contact.job_title), tidy(contact.email), tidy(contact.phone)
    )


def refusals(contact: Contact) -> tuple[Refusal, ...]:
    """Every reason to refuse the contact, in the order of the form."""
    return tuple(Refusal(field, reason) for field, reason in _problems(contact) if reason)


def _problems(contact: Contact) -> Iterator[tuple[str, str | None]]:
    yield "name", text_problem("a full name", contact.name, longest=60)
    yield "job_title", text_problem("a job title", contact.job_title, longest=60, needed=False)
    yield "email", email_problem(contact.email)
    yield "phone", phone_problem(contact.phone)
