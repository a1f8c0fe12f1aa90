"""What people have typed and not sent yet."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel, UniqueConstraint


class FormDraftRow(SQLModel, table=True):
    """One form of one person for one company; without text it was sent or thrown away just now."""

    __tablename__ = "form_draft"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id", "form_key"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    form_key: str = Field(max_length=80)
    basis: str = Field(default="", max_length=40)
    data: str = Field(default="", sa_type=Text)
    saved_at: datetime
