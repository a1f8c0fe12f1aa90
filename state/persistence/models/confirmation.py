"""What a company confirms each year: who may sign for it."""

from datetime import date

from sqlalchemy import Text
from sqlmodel import Field

from state.persistence.models.record import Record


class SignatoryConfirmationRow(Record, table=True):
    """The list of signatories as a Category A saw and confirmed it; the digest is over the list."""

    __tablename__ = "signatory_confirmation"

    public_id: str = Field(max_length=40, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    confirmed_on: date
    confirmed_by: int = Field(foreign_key="person.id")
    listed: str = Field(sa_type=Text)
    digest: str = Field(max_length=64)
