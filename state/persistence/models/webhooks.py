"""Where a company's systems are told of its changes, and what they were told."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from state.persistence.models.record import Record


class WebhookEndpointRow(Record, table=True):
    """An address that events are sent to; the secret that signs them is sealed."""

    __tablename__ = "webhook_endpoint"

    public_id: str = Field(max_length=40, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    url: str = Field(max_length=400)
    secret: str = Field(max_length=300)
    events: str = Field(max_length=600)
    datasets: str = Field(default="", max_length=4000)
    since: date
    until: date | None = None
    failing_since: datetime | None = None
    disabled_at: datetime | None = None
    created_by: int = Field(foreign_key="person.id")


class WebhookDeliveryRow(SQLModel, table=True):
    """One event for one address: what it says, and how sending it goes."""

    __tablename__ = "webhook_delivery"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(max_length=40, unique=True)
    endpoint_id: int = Field(foreign_key="webhook_endpoint.id", index=True)
    event: str = Field(max_length=60)
    payload: str
    key: str = Field(max_length=160, unique=True)
    created_at: datetime = Field(index=True)
    next_try_at: datetime | None = Field(default=None, index=True)
    tries: int = Field(default=0)
    delivered_at: datetime | None = None
    last_answer: str = Field(default="", max_length=200)
