"""The user group: who asked to join, and who confirmed it."""

from datetime import datetime

from sqlmodel import Field

from state.persistence.models.record import Record


class UserGroupMemberRow(Record, table=True):
    """One address. Of the secret of its newest link only the SHA-256 is kept."""

    __tablename__ = "user_group_member"

    email: str = Field(max_length=80, unique=True)
    name: str = Field(max_length=60)
    organisation: str = Field(default="", max_length=160)
    interests: str = Field(max_length=80)
    status: str = Field(max_length=20, index=True)
    secret_hash: str = Field(max_length=64, unique=True)
    expires_at: datetime
    mailed_at: datetime
    confirmed_at: datetime | None = None
