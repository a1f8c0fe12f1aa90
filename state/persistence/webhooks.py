"""Putting what a company's systems are told into the same transaction as what happened."""

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from urllib.parse import urlencode

from sqlmodel import Session, col, select

from state.domain.changes import ChangeStatus
from state.domain.datasets import Dataset
from state.domain.webhooks import PUBLISHED, event_of
from state.persistence.models.change import ChangeRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.webhooks import WebhookDeliveryRow, WebhookEndpointRow
from state.persistence.publishing import settings_now
from state.persistence.sealed import Place

_SECRET_BYTES: Final = 24
_QUERY: Final = "/api/v1/insights/query"


@dataclass(frozen=True, slots=True)
class Publication:
    """One run that added rows to a dataset, as the addresses that asked for it are told of it."""

    definition: Dataset
    ingest: int
    version: int
    rows: int
    first_day: date
    last_day: date
    published_at: datetime | None
    at: datetime

    @property
    def facts(self) -> dict[str, object]:
        """What is told: the same figures as the events of the API, and where the rows are read."""
        return {
            "dataset": self.definition.name,
            "code": self.definition.code,
            "published_at": self.published_at.isoformat() if self.published_at else None,
            "taken_in_at": self.at.isoformat(),
            "rows": self.rows,
            "from": self.first_day.isoformat(),
            "to": self.last_day.isoformat(),
            "cursor": self.ingest,
            "version": self.version,
            "url": f"{_QUERY}?{urlencode({'sql': self._sql})}",
        }

    @property
    def _sql(self) -> str:
        moment = f"TIMESTAMPTZ '{self.at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}+00'"
        return f"SELECT * FROM revisions.{self.definition.name} WHERE ingested_at = {moment}"  # noqa: S608  # names of our own


def put_webhooks(session: Session, row: ChangeRow, now: datetime) -> None:
    """Tell the company's systems of a change's new state: ids and states, nothing of anybody."""
    event = event_of(ChangeStatus(row.status))
    if not event or row.organisation_id is None:
        return
    company = session.get_one(OrganisationRow, row.organisation_id)
    facts = {
        "change": row.public_id,
        "organisation": company.public_id,
        "kind": row.kind,
        "action": row.action,
        "status": row.status,
    }
    for endpoint in endpoints_of(session, row.organisation_id):
        if event in endpoint.events.split():
            key = f"{event}/{row.public_id}/{row.row_version}/{endpoint.id}"
            put_delivery(session, endpoint, event, facts, key, now)


def put_publication(session: Session, one: Publication, now: datetime) -> None:
    """Tell whoever asked for it that rows of a public dataset have come; the rows are not told.

    Nobody is told of what is closed to the public. An address that was switched off misses it: it
    reads from the cursor of the last it was told.
    """
    definition = one.definition
    if definition.classification != "public" or not one.rows:
        return
    setting = settings_now(session).get(definition.name)
    if setting is not None and not setting.is_published:
        return
    wanted = select(WebhookEndpointRow).where(
        col(WebhookEndpointRow.until).is_(None),
        col(WebhookEndpointRow.disabled_at).is_(None),
        col(WebhookEndpointRow.datasets).contains(definition.name, autoescape=True),
    )
    for endpoint in session.exec(wanted.order_by(col(WebhookEndpointRow.id))):
        if definition.name in endpoint.datasets.split():
            key = f"{PUBLISHED}/{one.ingest}/{endpoint.id}"
            put_delivery(session, endpoint, PUBLISHED, one.facts, key, now)


def put_delivery(  # what, to whom, saying what, once, when
    session: Session,
    endpoint: WebhookEndpointRow,
    event: str,
    facts: Mapping[str, object],
    key: str,
    now: datetime,
) -> WebhookDeliveryRow:
    """One event for one address."""
    row = WebhookDeliveryRow(
        public_id=f"msg_{secrets.token_hex(12)}",
        endpoint_id=endpoint.id or 0,
        event=event,
        payload=json.dumps({"type": event, "timestamp": now.isoformat(), "data": facts}),
        key=key,
        created_at=now,
        next_try_at=now,
    )
    session.add(row)
    session.flush()
    return row


def endpoints_of(session: Session, organisation_id: int) -> list[WebhookEndpointRow]:
    """The company's addresses that have not ended."""
    wanted = select(WebhookEndpointRow).where(
        WebhookEndpointRow.organisation_id == organisation_id,
        col(WebhookEndpointRow.until).is_(None),
    )
    return list(session.exec(wanted.order_by(col(WebhookEndpointRow.id))))


def new_signing_secret() -> str:
    """A secret as the standard writes it."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}"


def secret_place(row: WebhookEndpointRow) -> Place:
    """Where an address's secret is sealed for."""
    return Place("webhook_endpoint", "secret", row.public_id, row.organisation_id)
