"""How each dataset was published, from date to date; the newest row of a dataset counts."""

from datetime import date

from sqlmodel import Field

from state.persistence.models.record import Record


class PublishingSettingRow(Record, table=True):
    """One decision of two people, or the end of an embargo that they agreed; never changed."""

    __tablename__ = "publishing_setting"

    dataset: str = Field(max_length=60, index=True)
    since: date
    is_published: bool
    reason: str = Field(default="", max_length=300)
    until: date | None = None
    feed_is_on: bool = Field(default=True)
    lag_minutes: int = Field(default=0)
    change_public_id: str = Field(max_length=40)
