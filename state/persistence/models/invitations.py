"""Invitations to act for a company."""

from datetime import date, datetime

from sqlmodel import Field

from state.persistence.models.record import Record


class InvitationRow(Record, table=True):
    """One invitation: bound to an address, a company and what is offered.

    The secret of its link is stored as a SHA-256 alone. `categories` is a JSON list of
    {category, role_code, since, until}. `letter_reference` is the director's letter about the first
    Category A of a company.
    """

    __tablename__ = "invitation"

    public_id: str = Field(max_length=40, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    email: str = Field(max_length=80, index=True)
    name: str = Field(max_length=80)
    kind: str = Field(max_length=20)
    categories: str
    until: date | None = None
    secret_hash: str | None = Field(default=None, max_length=64, unique=True)
    status: str = Field(max_length=20)
    sent_count: int = Field(default=0)
    reminder_count: int = Field(default=0)
    sent_at: datetime | None = None
    expires_at: datetime
    batch: str | None = Field(default=None, max_length=40)
    invited_by: int = Field(foreign_key="person.id")
    approved_by: int | None = Field(default=None, foreign_key="person.id")
    accepted_by: int | None = Field(default=None, foreign_key="person.id")
    accepted_at: datetime | None = None
    letter_reference: str | None = Field(default=None, max_length=80)
