"""Expressions of interest in joining the market."""

from datetime import date, datetime

from sqlmodel import Field

from state.persistence.models.record import Record


class ExpressionOfInterestRow(Record, table=True):
    """What whoever wishes to join told us, and what we decided.

    Of an organisation there is a company number; of a private individual a date of birth, until
    it has been compared (`identity_check.py`).
    """

    __tablename__ = "expression_of_interest"

    reference: str = Field(max_length=20, unique=True)
    legal_name: str = Field(max_length=160)
    company_number: str = Field(max_length=20, index=True)
    country: str = Field(max_length=60)
    role_codes: str = Field(max_length=80)
    target_date: date
    description: str = Field(max_length=1000)
    contact_name: str = Field(max_length=60)
    job_title: str = Field(max_length=60)
    email: str = Field(max_length=80)
    phone: str = Field(max_length=20)
    status: str = Field(max_length=20, index=True)
    access_due_on: date
    decided_at: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    reason: str = Field(default="", max_length=500)
    applicant: str = Field(default="organisation", max_length=20)
    born_on: date | None = None
