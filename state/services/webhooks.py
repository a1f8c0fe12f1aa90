"""A company's webhooks: added, tried, looked at, sent again, ended."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlmodel import Session, col, select

from state.domain import webhook_limits
from state.domain.actor import Actor, NotAllowedError
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.domain.webhooks import ALL_EVENTS, PING, endpoint_refusals, public_dataset
from state.persistence.audit_trail import record
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.webhooks import WebhookDeliveryRow, WebhookEndpointRow
from state.persistence.sealed import seal, unseal
from state.persistence.transaction import reading, transaction
from state.persistence.webhooks import (
    endpoints_of,
    new_signing_secret,
    put_delivery,
    secret_place,
)

_LAST_DELIVERIES: Final = 20


class WebhookRefusedError(RefusedError):
    """What was said of the webhook cannot be; nothing is stored."""


@dataclass(slots=True)
class OwnHosts:
    """Hosts with ports of a developer's own. None until the doors name some at the start."""

    names: frozenset[str] = frozenset()


OWN_HOSTS = OwnHosts()
"""Those that webhooks may go to beside the public net."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event that was sent, or waits to be."""

    public_id: str
    event: str
    created_at: datetime
    tries: int
    delivered_at: datetime | None
    next_try_at: datetime | None
    last_answer: str


@dataclass(frozen=True, slots=True)
class Webhook:
    """One address of the company, and the last of what it was sent."""

    public_id: str
    url: str
    events: tuple[str, ...]
    datasets: tuple[str, ...]
    since: date
    failing_since: datetime | None
    disabled_at: datetime | None
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class SigningSecret:
    """What an address checks signatures with."""

    url: str
    secret: str = field(repr=False)


def add_webhook(
    *,
    actor: Actor,
    organisation_id: int,
    url: str,
    events: Collection[str],
    datasets: Collection[str] = (),
    now: datetime,
) -> str:
    """Tell an address of events from now on; gives its id.

    `datasets` are those of which it is told that rows have come, by name or official code.

    Raises:
        WebhookRefusedError: Every reason, by field.
    """
    actor.require(Permission.WEBHOOK_MANAGE, organisation_id)
    url = url.strip()
    with transaction() as session:
        session.exec(
            select(OrganisationRow).where(OrganisationRow.id == organisation_id).with_for_update()
        ).one()
        there = endpoints_of(session, organisation_id)
        reasons = endpoint_refusals(url, events, datasets, OWN_HOSTS.names)
        if len(there) >= webhook_limits.webhooks_most(now.date()):
            reasons = (*reasons, Refusal("", "There are too many webhooks. End one first"))
        if any(one.url == url for one in there):
            reasons = (*reasons, Refusal("url", "That address is a webhook already"))
        if reasons:
            raise WebhookRefusedError(reasons)
        row = _new(actor, organisation_id, url, events, now)
        row.datasets = " ".join(sorted({public_dataset(one) or "" for one in datasets}))
        session.add(row)
        session.flush()
        _record(session, actor, row, "added", now)
        return row.public_id


def webhooks_of(*, actor: Actor, organisation_id: int) -> tuple[Webhook, ...]:
    """The company's webhooks and what they were sent last."""
    actor.require(Permission.API_CLIENT_VIEW, organisation_id)
    with reading() as session:
        return tuple(_webhook(session, row) for row in endpoints_of(session, organisation_id))


def signing_secret(
    *, actor: Actor, organisation_id: int, public_id: str, now: datetime
) -> SigningSecret:
    """The secret by which an address knows that we sent it.

    Raises:
        NotAllowedError: There is no such webhook at the company.
    """
    actor.require(Permission.WEBHOOK_MANAGE, organisation_id)
    with transaction() as session:
        row = _endpoint(session, organisation_id, public_id)
        _record(session, actor, row, "secret_shown", now)
        return SigningSecret(row.url, unseal(row.secret, secret_place(row)))


def ping_webhook(*, actor: Actor, organisation_id: int, public_id: str, now: datetime) -> None:
    """Send a test; one that was switched off for failing is tried again from now on.

    Raises:
        NotAllowedError: There is no such webhook at the company.
    """
    actor.require(Permission.WEBHOOK_MANAGE, organisation_id)
    with transaction() as session:
        row = _endpoint(session, organisation_id, public_id)
        _switch_on(session, row, now)
        put_delivery(session, row, PING, {"webhook": row.public_id}, secrets.token_hex(16), now)
        _record(session, actor, row, "pinged", now)


def replay_delivery(*, actor: Actor, organisation_id: int, public_id: str, now: datetime) -> None:
    """Send an event once more, under its own id, so that its receiver knows it.

    Raises:
        NotAllowedError: There is no such delivery at the company.
    """
    actor.require(Permission.WEBHOOK_MANAGE, organisation_id)
    with transaction() as session:
        found = session.exec(
            select(WebhookDeliveryRow, WebhookEndpointRow)
            .join(
                WebhookEndpointRow,
                col(WebhookEndpointRow.id) == col(WebhookDeliveryRow.endpoint_id),
            )
            .where(
                WebhookDeliveryRow.public_id == public_id,
                WebhookEndpointRow.organisation_id == organisation_id,
                col(WebhookEndpointRow.until).is_(None),
            )
        ).first()
        if found is None:
            raise NotAllowedError("There is no such delivery at your company.")
        delivery, row = found
        delivery.next_try_at, delivery.tries, delivery.delivered_at = now, 0, None
        session.add(delivery)
        _switch_on(session, row, now)
        _record(session, actor, row, "replayed", now, delivery=delivery.public_id)


def end_webhook(*, actor: Actor, organisation_id: int, public_id: str, now: datetime) -> str:
    """Tell an address nothing any more; gives it.

    Raises:
        NotAllowedError: There is no such webhook at the company.
    """
    actor.require(Permission.WEBHOOK_MANAGE, organisation_id)
    with transaction() as session:
        row = _endpoint(session, organisation_id, public_id)
        row.until, row.secret = now.date(), ""
        row.row_version += 1
        row.updated_at = now
        session.add(row)
        _record(session, actor, row, "ended", now)
        return row.url


def _new(
    actor: Actor, organisation_id: int, url: str, events: Collection[str], now: datetime
) -> WebhookEndpointRow:
    if actor.person_id is None:
        raise NotAllowedError("Only a person or a program of theirs may do this.")
    row = WebhookEndpointRow(
        public_id=secrets.token_hex(10),
        organisation_id=organisation_id,
        url=url,
        secret="",
        events=" ".join(event for event in ALL_EVENTS if event in events),
        since=now.date(),
        created_by=actor.person_id,
        created_at=now,
        updated_at=now,
    )
    row.secret = seal(new_signing_secret(), secret_place(row))
    return row


def _endpoint(session: Session, organisation_id: int, public_id: str) -> WebhookEndpointRow:
    for row in endpoints_of(session, organisation_id):
        if row.public_id == public_id:
            return row
    raise NotAllowedError("There is no such webhook at your company.")


def _switch_on(session: Session, row: WebhookEndpointRow, now: datetime) -> None:
    if row.disabled_at is not None:
        row.disabled_at, row.failing_since = None, None
        row.row_version += 1
        row.updated_at = now
        session.add(row)


def _record(
    session: Session,
    actor: Actor,
    row: WebhookEndpointRow,
    what: str,
    now: datetime,
    **details: str,
) -> None:
    record(
        session,
        actor=actor,
        event=f"webhook.{what}",
        subject=row.public_id,
        organisation_id=row.organisation_id,
        now=now,
        **details,
    )


def _webhook(session: Session, row: WebhookEndpointRow) -> Webhook:
    deliveries = session.exec(
        select(WebhookDeliveryRow)
        .where(WebhookDeliveryRow.endpoint_id == row.id)
        .order_by(col(WebhookDeliveryRow.id).desc())
        .limit(_LAST_DELIVERIES)
    ).all()
    return Webhook(
        public_id=row.public_id,
        url=row.url,
        events=tuple(row.events.split()),
        datasets=tuple(row.datasets.split()),
        since=row.since,
        failing_since=row.failing_since,
        disabled_at=row.disabled_at,
        deliveries=tuple(
            Delivery(
                one.public_id,
                one.event,
                one.created_at,
                one.tries,
                one.delivered_at,
                one.next_try_at,
                one.last_answer,
            )
            for one in deliveries
        ),
    )
