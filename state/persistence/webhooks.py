"""Putting what a company's systems are told into the same transaction as what happened."""

import base64
import json
import secrets
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from state.domain.changes import ChangeStatus
from state.domain.webhooks import event_of
from state.persistence.models.change import ChangeRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.webhooks import WebhookDeliveryRow, WebhookEndpointRow
from state.persistence.sealed import Place

_SECRET_BYTES: Final = 24


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


def put_delivery(  # what, to whom, saying what, once, when
    session: Session,
    endpoint: WebhookEndpointRow,
    event: str,
    facts: dict[str, str],
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
