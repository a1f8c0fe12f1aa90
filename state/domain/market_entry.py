"""Joining the market: what an expression of interest must say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from state.domain.formats import company_number, email_address, telephone
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.refusal import Refusal
from state.domain.roles import OPEN_TO_INTEREST
from state.domain.rules import access_granted_within_working_days
from state.domain.service_levels import due_on

_LONDON = ZoneInfo("Europe/London")
NOT_SURE = "unsure"
"""What may be ticked instead of a role."""


class InterestStatus(StrEnum):
    """Where an expression of interest stands."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class ExpressionOfInterest:
    """What a company that wishes to join tells us, as typed."""

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


def tidied(interest: ExpressionOfInterest) -> ExpressionOfInterest:
    """The same, with numbers and spaces as the register writes them."""
    number = tidy(interest.company_number)
    return ExpressionOfInterest(
        legal_name=tidy(interest.legal_name),
        registered_in_uk=interest.registered_in_uk,
        company_number=company_number.normal(number)
        if interest.registered_in_uk
        else number.upper(),
        country="United Kingdom" if interest.registered_in_uk else tidy(interest.country),
        role_codes=tuple(dict.fromkeys(interest.role_codes)),
        target_date=interest.target_date,
        description=tidy(interest.description),
        contact_name=tidy(interest.contact_name),
        job_title=tidy(interest.job_title),
        email=tidy(interest.email),
        phone=tidy(interest.phone),
        may_act=interest.may_act,
    )


def refusals(interest: ExpressionOfInterest, *, today: date) -> tuple[Refusal, ...]:
    """Every reason to refuse the expression of interest today, in the order of the form."""
    return tuple(
        Refusal(field, reason)
        for field, reason in (
            *_organisation(interest),
            *_plans(interest, today),
            *_person(interest),
        )
        if reason
    )


def access_due_on(received_at: datetime) -> date:
    """By which Working Day access is owed; what comes after closing time counts as next day."""
    today = received_at.astimezone(_LONDON).date()
    return due_on(received_at, access_granted_within_working_days(today))


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
    if not interest.role_codes or not set(interest.role_codes) <= known:
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
    yield "contact_name", text_problem("your full name", interest.contact_name, longest=60)
    job = text_problem("your job title", interest.job_title, longest=60, needed=False)
    yield "job_title", job
    yield "email", email_address.problem(interest.email)
    yield "phone", telephone.problem(interest.phone)
    if not interest.may_act:
        yield "may_act", "Confirm that you are allowed to act for this organisation"
