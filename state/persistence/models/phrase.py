"""By what a signatory is known on the telephone."""

from datetime import datetime

from sqlmodel import Field, SQLModel

import state.persistence.models.record  # noqa: F401  # the naming convention comes first


class VerificationPhraseRow(SQLModel, table=True):
    """A salted scrypt hash of a person's phrase, and how often it was tried since a moment."""

    __tablename__ = "verification_phrase"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    salt: str = Field(max_length=32)
    hash: str = Field(max_length=128)
    made_at: datetime
    tries: int = Field(default=0)
    tried_since: datetime | None = None
