"""People who sign in, the companies they act for, and the operator's staff."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel, UniqueConstraint

from state.persistence.models.record import Record


class PersonRow(Record, table=True):
    """One person, however many identity providers know them."""

    __tablename__ = "person"

    public_id: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=80)
    email: str = Field(max_length=80, index=True)
    phone: str = Field(default="", max_length=20)
    status: str = Field(default="active", max_length=20)


class ExternalIdentityRow(Record, table=True):
    """By whom a person is known: issuer and subject and nothing else. No e-mail is an identity."""

    __tablename__ = "external_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    person_id: int = Field(foreign_key="person.id", index=True)
    issuer: str = Field(max_length=200)
    subject: str = Field(max_length=255)


class MembershipRow(Record, table=True):
    """What a person is for one company, from a date: viewer, assistant, signatory, individual."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id"),)

    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    kind: str = Field(max_length=20)
    since: date
    until: date | None = None
    confirmed_on: date | None = None


class AuthorisationRow(Record, table=True):
    """A category that a signatory holds, for one role of the company or (null) for all."""

    __tablename__ = "authorisation"

    public_id: str = Field(max_length=40, unique=True)
    membership_id: int = Field(foreign_key="membership.id", index=True)
    category: str = Field(max_length=2)
    role_code: str | None = Field(default=None, max_length=8)
    since: date
    until: date | None = None


class StaffRoleRow(Record, table=True):
    """What a person is for the operator, from a date."""

    __tablename__ = "staff_role"
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    person_id: int = Field(foreign_key="person.id", index=True)
    role: str = Field(max_length=30)
    since: date
    until: date | None = None


class UserSessionRow(SQLModel, table=True):
    """One signed-in browser. The key is the SHA-256 of the cookie; the cookie is nowhere stored.

    While a member of staff looks at a company's pages as it does, `looking_at` is that company.
    """

    __tablename__ = "user_session"

    id: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    method: str = Field(max_length=20)
    issuer_session: str | None = Field(default=None, max_length=255)
    factors: str = Field(default="", max_length=80)
    client: str = Field(default="", max_length=200)
    id_token: str = Field(default="", sa_type=Text)
    began_at: datetime
    authenticated_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None
    looking_at: int | None = Field(default=None, foreign_key="organisation.id")
    looking_until: datetime | None = None
    looking_reason: str | None = Field(default=None, max_length=500)


class SignInAttemptRow(SQLModel, table=True):
    """One sign-in under way at the identity provider: used once, and gone after ten minutes."""

    __tablename__ = "sign_in_attempt"

    key: str = Field(primary_key=True, max_length=200)
    data: str
    expires_at: datetime


class SpentNoticeRow(SQLModel, table=True):
    """A notice of the identity provider that was obeyed: it is never obeyed twice."""

    __tablename__ = "spent_notice"

    key: str = Field(primary_key=True, max_length=64)
    expires_at: datetime
