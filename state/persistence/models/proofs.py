"""Proofs of who somebody is: what directors declare, what registers and identity checks say."""

from datetime import date, datetime

from sqlmodel import Field

from state.persistence.models.record import Record


class DirectorDeclarationRow(Record, table=True):
    """A director is asked to declare that somebody may act for the company.

    `declared` is the text as it is shown and signed, `digest` its SHA-256. The secret of the link
    is stored as a SHA-256 alone, until it is used.
    """

    __tablename__ = "director_declaration"

    public_id: str = Field(max_length=40, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    invitation_id: int = Field(foreign_key="invitation.id", index=True)
    director_name: str = Field(max_length=60)
    director_email: str = Field(max_length=80)
    director_role: str = Field(max_length=20)
    declared: str
    digest: str = Field(max_length=64)
    secret_hash: str | None = Field(default=None, max_length=64, unique=True)
    status: str = Field(max_length=20, index=True)
    expires_at: datetime
    asked_by: int = Field(foreign_key="person.id")
    signed_name: str = Field(default="", max_length=60)
    answered_at: datetime | None = None
    comment: str = Field(default="", max_length=500)


class RegisterCheckRow(Record, table=True):
    """Whether who signed is a director, asked of the register of companies.

    Month and year of birth are there until the register has answered; then they are emptied.
    `answer_digest` is the SHA-256 over what the register answered.
    """

    __tablename__ = "register_check"

    public_id: str = Field(max_length=40, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    declaration_id: int = Field(foreign_key="director_declaration.id", index=True)
    company_number: str = Field(max_length=20)
    born_month: int | None = None
    born_year: int | None = None
    status: str = Field(max_length=20, index=True)
    code: str = Field(default="", max_length=40)
    score_percent: int | None = None
    source: str = Field(default="", max_length=60)
    answer_digest: str = Field(default="", max_length=64)
    tries: int = Field(default=0)
    next_try_at: datetime | None = Field(default=None, index=True)
    checked_at: datetime | None = None


class IdentityCheckRow(Record, table=True):
    """A private individual is asked to prove who they are: the result, and no document or name.

    The secret of the link is stored as a SHA-256 alone, until the check has ended.
    """

    __tablename__ = "identity_check"

    public_id: str = Field(max_length=40, unique=True)
    interest_id: int = Field(foreign_key="expression_of_interest.id", index=True)
    secret_hash: str | None = Field(default=None, max_length=64, unique=True)
    status: str = Field(max_length=20, index=True)
    code: str = Field(default="", max_length=40)
    provider: str = Field(default="", max_length=60)
    provider_reference: str = Field(default="", max_length=100)
    assurance_level: str = Field(default="", max_length=20)
    tries: int = Field(default=0)
    expires_at: datetime
    checked_at: datetime | None = None
    verified_until: date | None = None
    asked_by: int = Field(foreign_key="person.id")
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    note: str = Field(default="", max_length=500)
