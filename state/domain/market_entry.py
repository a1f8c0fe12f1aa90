"""Joining the market: what an expression of interest must say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from state.domain.dates import years_after
from state.domain.formats import company_number, email_address, telephone
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.refusal import Refusal
from state.domain.roles import OPEN_TO_INTEREST
from state.domain.rules import (
    access_granted_within_working_days,
    number_on,
    office_closes_at_hour,
)
from state.domain.service_levels import due_on

_LONDON = ZoneInfo("Europe/London")
_EARLIEST_BIRTH_YEAR = 1900
NOT_SURE = "unsure"
"""What may be ticked instead of a role."""


OWN_ASSETS = "own"
"""What a private individual wishes to do: own assets, and have someone of the market use them."""


class Applicant(StrEnum):
    """Who wishes to join: an organisation, or a person in their own name."""

    ORGANISATION = "organisation"
    INDIVIDUAL = "individual"


class InterestStatus(StrEnum):
    """Where an expression of interest stands."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class ExpressionOfInterest:
    """What whoever wishes to join tells us, as typed; a person by themselves has no number."""

    legal_name: str
    registered_in_uk: bool
    company_number: str
    country: str
    role_codes: tuple[str, ...]
    target_date: date | None
    description: str
    contact_name: str
    job_title: str
    email: str
    phone: str
    may_act: bool
    applicant: Applicant = Applicant.ORGANISATION
    born_on: date | None = None


def tidied(interest: ExpressionOfInterest) -> ExpressionOfInterest:
    """The same, with numbers and spaces as the register writes them; nothing that is not asked."""
    if interest.applicant is Applicant.INDIVIDUAL:
        return _of_a_person(interest)
    number = tidy(interest.company_number)
    return replace(
        interest,
        legal_name=tidy(interest.legal_name),
        registered_in_uk=interest.registered_in_uk,
        company_number=company_number.normal(number)
        if interest.registered_in_uk
        else number.upper(),
        country="United Kingdom" if interest.registered_in_uk else tidy(interest.country),
        role_codes=tuple(dict.fromkeys(interest.role_codes)),
        description=tidy(interest.description),
        contact_name=tidy(interest.contact_name),
        job_title=tidy(interest.job_title),
        email=tidy(interest.email),
        phone=tidy(interest.phone),
        born_on=None,
    )


def _of_a_person(interest: ExpressionOfInterest) -> ExpressionOfInterest:
    name = tidy(interest.contact_name)
    return replace(
        interest,
        legal_name=name,
        company_number="",
        country="",
        role_codes=(OWN_ASSETS,),
        description=tidy(interest.description),
        contact_name=name,
        job_title="",
        email=tidy(interest.email),
        phone=tidy(interest.phone),
    )


def refusals(interest: ExpressionOfInterest, *, today: date) -> tuple[Refusal, ...]:
    """Every reason to refuse the expression of interest today, in the order of the form."""
    return tuple(
        Refusal(field, reason)
        for field, reason in (
            *_applicant(interest, today),
            *_plans(interest, today),
            *_person(interest),
        )
        if reason
    )


def access_due_on(received_at: datetime) -> date:
    """By which Working Day access is owed; what comes after closing time counts as next day."""
    today = received_at.astimezone(_LONDON).date()
    return due_on(received_at, access_granted_within_working_days(today))


class AccessClock(StrEnum):
    """How the answer that is owed within Working Days stands."""

    RUNNING = "running"
    OVERDUE = "overdue"
    IN_TIME = "in time"
    LATE = "late"


def access_closes_at(due_on: date) -> datetime:
    """The moment by which access is owed: when the office closes on its Working Day."""
    return datetime.combine(due_on, time(office_closes_at_hour(due_on)), _LONDON)


def access_clock(due_on: date, decided_at: datetime | None, now: datetime) -> AccessClock:
    """Whether the answer came in time or late; or whether it still can come in time."""
    in_time = (decided_at or now) <= access_closes_at(due_on)
    if decided_at is not None:
        return AccessClock.IN_TIME if in_time else AccessClock.LATE
    return AccessClock.RUNNING if in_time else AccessClock.OVERDUE


def _applicant(interest: ExpressionOfInterest, today: date) -> Iterator[tuple[str, str | None]]:
    if interest.applicant is Applicant.ORGANISATION:
        yield from _organisation(interest)
        return
    yield "contact_name", text_problem("your full name", interest.contact_name, longest=60)
    yield "born_on", _age_problem(interest.born_on, today)


def _organisation(interest: ExpressionOfInterest) -> Iterator[tuple[str, str | None]]:
    yield (
        "legal_name",
        text_problem("the legal name of your organisation", interest.legal_name, longest=160),
    )
    if interest.registered_in_uk:
        yield "company_number", company_number.problem(interest.company_number)
        return
    yield "country", text_problem("the country of registration", interest.country, longest=60)
    registration = interest.company_number
    problem = text_problem("a registration number", registration, longest=20)
    if not problem and not re.fullmatch(r"[A-Z0-9 ./-]+", registration):
        problem = "Registration number must only include letters, numbers, spaces and . / -"
    yield "company_number", problem


def _plans(interest: ExpressionOfInterest, today: date) -> Iterator[tuple[str, str | None]]:
    known = {role.code for role in OPEN_TO_INTEREST} | {NOT_SURE}
    is_organisation = interest.applicant is Applicant.ORGANISATION
    if is_organisation and not (interest.role_codes and set(interest.role_codes) <= known):
        yield "role_codes", "Select at least one role, or ‘I am not sure’"
    if interest.target_date is None:
        yield "target_date", "Target date must be a real date, like 27 3 2027"
    elif interest.target_date <= today:
        yield "target_date", "Target date must be in the future"
    elif interest.target_date.year > today.year + 10:
        yield "target_date", "Target date must be within ten years"
    described = text_problem("the description", interest.description, longest=1000, needed=False)
    yield "description", described


def _person(interest: ExpressionOfInterest) -> Iterator[tuple[str, str | None]]:
    is_organisation = interest.applicant is Applicant.ORGANISATION
    if is_organisation:
        yield "contact_name", text_problem("your full name", interest.contact_name, longest=60)
    job = text_problem("your job title", interest.job_title, longest=60, needed=False)
    yield "job_title", job
    yield "email", email_address.problem(interest.email)
    yield "phone", telephone.problem(interest.phone)
    if not interest.may_act:
        acts = "you are allowed to act for this organisation"
        yield "may_act", f"Confirm that {acts if is_organisation else 'this is about yourself'}"


def _age_problem(born_on: date | None, today: date) -> str | None:
    if born_on is None or not _EARLIEST_BIRTH_YEAR <= born_on.year <= today.year:
        return "Your date of birth must be a real date, like 27 3 1984"
    least = number_on("individual_least_age_years", today)
    if years_after(born_on, least) > today:
        return f"You must be {least} or over"
    return None
