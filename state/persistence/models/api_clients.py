"""Programs of a company: what lets them in, what they hold for a while, what they were answered."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from state.persistence.models.record import Record


class ApiClientRow(Record, table=True):
    """A program. It acts for the person who made it; without a secret nothing lets it in.

    One without a company is the operator's own.
    """

    __tablename__ = "api_client"

    public_id: str = Field(max_length=40, unique=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    name: str = Field(max_length=40)
    client_id: str = Field(max_length=40, unique=True)
    secret_hash: str = Field(default="", max_length=64)
    scopes: str = Field(max_length=200)
    allowed_addresses: str = Field(default="", max_length=1000)
    since: date
    until: date | None = None
    last_used_at: datetime | None = None
    created_by: int = Field(foreign_key="person.id")


class ApiTokenRow(SQLModel, table=True):
    """An access token by its hash. It counts only while its program does."""

    __tablename__ = "api_token"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    client_id: int = Field(foreign_key="api_client.id", index=True)
    scopes: str = Field(max_length=200)
    created_at: datetime
    expires_at: datetime = Field(index=True)


class ApiAnswerRow(SQLModel, table=True):
    """What a program was answered to a request with a key, to be answered again to the same."""

    __tablename__ = "api_answer"
    __table_args__ = (sa.UniqueConstraint("client_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="api_client.id", index=True)
    key: str = Field(max_length=80)
    request_hash: str = Field(max_length=64)
    status: int = Field(default=0)
    body: str = Field(default="")
    created_at: datetime = Field(index=True)
