"""What the operator asks a company for, and what the company answers."""

from datetime import date, datetime

from sqlmodel import Field

from state.persistence.models.record import Record


class InformationRequestRow(Record, table=True):
    """A request for supporting information, as it stands now."""

    __tablename__ = "information_request"

    reference: str = Field(max_length=20, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    kind: str = Field(max_length=20)
    title: str = Field(max_length=120)
    text: str = Field(max_length=2_000)
    due_on: date
    status: str = Field(max_length=20, index=True)
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime
    answered_at: datetime | None = None


class InformationStepRow(Record, table=True):
    """What somebody did about a request, and what they said."""

    __tablename__ = "information_step"

    request_id: int = Field(foreign_key="information_request.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    what: str = Field(max_length=20)
    said: str = Field(max_length=4_000)
    due_on: date | None = None
    through: str = Field(default="page", max_length=80)


class InformationFileRow(Record, table=True):
    """A file of a company's answer; staff see it once the answer is sent."""

    __tablename__ = "information_file"

    public_id: str = Field(max_length=40, unique=True)
    request_id: int = Field(foreign_key="information_request.id", index=True)
    name: str = Field(max_length=120)
    media_type: str = Field(max_length=40)
    bytes: int
    sha256: str = Field(max_length=64)
    uploaded_by: int = Field(foreign_key="person.id")
    sent_at: datetime | None = None
