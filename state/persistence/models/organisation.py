"""A company, the Party it is under the Code, what it takes part as, and whom to speak to there."""

from datetime import date

from sqlmodel import Field, UniqueConstraint

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
    address: str = Field(max_length=400)
    postcode: str = Field(max_length=10)
    status: str = Field(max_length=20)


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
    """A person to speak to at the organisation, and about what."""

    __tablename__ = "contact"

    public_id: str = Field(max_length=40, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    purpose: str = Field(max_length=40)
    name: str = Field(max_length=60)
    job_title: str = Field(max_length=60)
    email: str = Field(max_length=80)
    phone: str = Field(max_length=20)
