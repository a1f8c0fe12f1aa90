"""What every table has: one naming convention, so that migrations can name what they drop."""

from datetime import datetime

from sqlmodel import Field, SQLModel

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING_CONVENTION


class Record(SQLModel):
    """A row with a key, when it was made and last changed (UTC), and how often it changed."""

    id: int | None = Field(default=None, primary_key=True)
    created_at: datetime
    updated_at: datetime
    row_version: int = Field(default=1)
