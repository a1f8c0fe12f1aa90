"""A company, the Party it is under the Code, what it takes part as, and whom to speak to there."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from state.persistence.models.record import Record


class OrganisationRow(Record, table=True):
    """One legal entity, however many capacities it takes part in."""

    __tablename__ = "organisation"

    public_id: str = Field(max_length=40, unique=True)
    kind: str = Field(default="company", max_length=20)
    legal_name: str = Field(max_length=160)
    system_name: str = Field(max_length=30)
    company_number: str = Field(max_length=20, index=True)
    country: str = Field(max_length=60)
    website: str = Field(default="", max_length=200)
    vat_status: str = Field(default="", max_length=20)
    vat_number: str = Field(default="", max_length=20)
    lei: str = Field(default="", max_length=20)
    eic: str = Field(default="", max_length=16)
    self_approves_low_risk: bool = Field(default=True)
    status: str = Field(max_length=20)


class SupportManagerRow(SQLModel, table=True):
    """Who of the operator's staff the organisation turns to: its operational support manager."""

    __tablename__ = "support_manager"

    organisation_id: int = Field(foreign_key="organisation.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    since: date


class ParticipantRow(Record, table=True):
    """A registration of the organisation under the Code, by its Party Id; never used again."""

    __tablename__ = "participant"

    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    party_id: str = Field(max_length=8, unique=True)


class ParticipantRoleRow(Record, table=True):
    """A capacity in which the participant takes part, from a date; until null is open-ended."""

    __tablename__ = "participant_role"
    __table_args__ = (UniqueConstraint("participant_id", "role_code", "since"),)

    participant_id: int = Field(foreign_key="participant.id", index=True)
    role_code: str = Field(max_length=8)
    since: date
    until: date | None = None


class ContactRow(Record, table=True):
    """A person to speak to at the organisation, about what, and until when."""

    __tablename__ = "contact"

    public_id: str = Field(max_length=40, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    purposes: str = Field(max_length=200)
    name: str = Field(max_length=60)
    job_title: str = Field(max_length=60)
    email: str = Field(max_length=80)
    phone: str = Field(max_length=20)
    mobile: str = Field(default="", max_length=20)
    out_of_hours: str = Field(default="no", max_length=3)
    since: date
    until: date | None = None
    reviewed_on: date


class AddressRow(Record, table=True):
    """Where the organisation can be written to, for what, and until when."""

    __tablename__ = "address"

    public_id: str = Field(max_length=40, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    purpose: str = Field(max_length=30)
    line_1: str = Field(max_length=40)
    line_2: str = Field(default="", max_length=40)
    line_3: str = Field(default="", max_length=40)
    line_4: str = Field(default="", max_length=40)
    line_5: str = Field(default="", max_length=40)
    postcode: str = Field(default="", max_length=10)
    country: str = Field(max_length=2)
    since: date
    until: date | None = None


class IdentifierRow(Record, table=True):
    """What else the organisation is known by, in which scheme, until when; one's alone."""

    __tablename__ = "organisation_identifier"
    __table_args__ = (
        sa.Index(
            "ix_organisation_identifier_in_use",
            "scheme",
            "value",
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        ),
    )

    public_id: str = Field(max_length=40, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    scheme: str = Field(max_length=20)
    value: str = Field(max_length=20)
    since: date
    until: date | None = None


class BankAccountRow(Record, table=True):
    """An account to pay to or from. What identifies it is sealed; the index finds a double."""

    __tablename__ = "bank_account"
    __table_args__ = (
        sa.Index(
            "ix_bank_account_in_use",
            "organisation_id",
            "purpose",
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        ),
    )

    public_id: str = Field(max_length=40, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    purpose: str = Field(max_length=20)
    country: str = Field(max_length=2)
    account_name: str = Field(max_length=400)
    sort_code: str = Field(default="", max_length=400)
    account_number: str = Field(default="", max_length=400)
    iban: str = Field(default="", max_length=400)
    bic: str = Field(default="", max_length=11)
    roll_number: str = Field(default="", max_length=400)
    ending: str = Field(max_length=4)
    account_index: str = Field(max_length=32, index=True)
    since: date
    until: date | None = None
