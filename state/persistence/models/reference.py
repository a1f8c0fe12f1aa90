"""Reference data that was changed here: dated values, above those of the files."""

from datetime import date

from sqlmodel import Field, UniqueConstraint

from state.persistence.models.record import Record


class ReferenceValueRow(Record, table=True):
    """A value in force from a date, by the change that two people agreed."""

    __tablename__ = "reference_value"
    __table_args__ = (UniqueConstraint("kind", "key", "since"),)

    kind: str = Field(max_length=20)
    key: str = Field(max_length=60)
    since: date
    value: str = Field(max_length=200)
    unit: str = Field(max_length=60)
    source: str = Field(max_length=200)
    change_public_id: str = Field(max_length=40)
