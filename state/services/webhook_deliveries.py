"""What a worker sends to webhooks: taken by one worker alone, tried again, given up in the end."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, delete, select, update

from state.domain import webhook_limits
from state.domain.actor import Actor
from state.domain.dates import spoken_moment
from state.domain.permissions import Permission
from state.domain.webhooks import wait_after
from state.persistence.audit_trail import record
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.webhooks import WebhookDeliveryRow, WebhookEndpointRow
from state.persistence.notices import notify
from state.persistence.queries.who_may import people_who_may
from state.persistence.sealed import unseal
from state.persistence.transaction import transaction
from state.persistence.webhooks import secret_place

_TAKEN_FOR: Final = timedelta(minutes=2)
"""So long a worker has it to itself; one that died with it leaves it to the next."""

_LOOKED_AT: Final = 20


@dataclass(frozen=True, slots=True)
class DeliveryToSend:
    """One delivery that this worker alone has now."""

    delivery_id: int
    message_id: str
    url: str
    payload: str
    secret: str = field(repr=False)


def delivery_to_send(*, actor: Actor, now: datetime) -> DeliveryToSend | None:
    """Take what has been due longest: it goes to one worker, however many ask."""
    actor.require(Permission.OUTBOX_WORK)
    with transaction() as session:
        due = session.exec(
            select(WebhookDeliveryRow, WebhookEndpointRow)
            .join(
                WebhookEndpointRow,
                col(WebhookEndpointRow.id) == col(WebhookDeliveryRow.endpoint_id),
            )
            .where(
                col(WebhookDeliveryRow.next_try_at) <= now,
                col(WebhookEndpointRow.until).is_(None),
                col(WebhookEndpointRow.disabled_at).is_(None),
            )
            .order_by(col(WebhookDeliveryRow.next_try_at), col(WebhookDeliveryRow.id))
            .limit(_LOOKED_AT)
        ).all()
        for row, endpoint in due:
            if _taken(session, row, now):
                secret = unseal(endpoint.secret, secret_place(endpoint))
                return DeliveryToSend(row.id or 0, row.public_id, endpoint.url, row.payload, secret)
        return None


def delivery_done(*, actor: Actor, delivery_id: int, answer: str, now: datetime) -> None:
    """Note that the address has it."""
    actor.require(Permission.OUTBOX_WORK)
    with transaction() as session:
        row = session.get_one(WebhookDeliveryRow, delivery_id)
        row.delivered_at, row.next_try_at, row.last_answer = now, None, answer[:200]
        session.add(row)
        endpoint = session.get_one(WebhookEndpointRow, row.endpoint_id)
        if endpoint.failing_since is not None:
            endpoint.failing_since = None
            session.add(endpoint)


def delivery_failed(*, actor: Actor, delivery_id: int, answer: str, now: datetime) -> None:
    """Have it tried again later; after days of failing the address is switched off."""
    actor.require(Permission.OUTBOX_WORK)
    with transaction() as session:
        row = session.get_one(WebhookDeliveryRow, delivery_id)
        wait = wait_after(row.tries, now.date())
        row.next_try_at = now + wait if wait else None
        row.last_answer = answer[:200]
        session.add(row)
        endpoint = session.get_one(WebhookEndpointRow, row.endpoint_id)
        endpoint.failing_since = endpoint.failing_since or now
        session.add(endpoint)
        longest = timedelta(days=webhook_limits.webhook_failing_days(now.date()))
        if endpoint.disabled_at is None and now - endpoint.failing_since >= longest:
            _switch_off(session, actor, endpoint, now)


def remove_old_deliveries(*, actor: Actor, now: datetime) -> int:
    """Forget what was sent long ago; gives how many."""
    actor.require(Permission.OUTBOX_WORK)
    kept = timedelta(days=webhook_limits.webhook_kept_days(now.date()))
    with transaction() as session:
        removed = session.execute(
            delete(WebhookDeliveryRow).where(
                col(WebhookDeliveryRow.created_at) < now - kept,
                col(WebhookDeliveryRow.next_try_at).is_(None),
            )
        )
        return int(removed.rowcount)  # type: ignore[attr-defined]  # a deletion's result has it


def _taken(session: Session, row: WebhookDeliveryRow, now: datetime) -> bool:
    """Whether this worker has it: the first whose update finds it as it was read."""
    taken = session.execute(
        update(WebhookDeliveryRow)
        .where(
            col(WebhookDeliveryRow.id) == row.id,
            col(WebhookDeliveryRow.tries) == row.tries,
            col(WebhookDeliveryRow.next_try_at) <= now,
        )
        .values(tries=row.tries + 1, next_try_at=now + _TAKEN_FOR)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]  # an update's result has it


def _switch_off(
    session: Session, actor: Actor, endpoint: WebhookEndpointRow, now: datetime
) -> None:
    endpoint.disabled_at = now
    company = session.get_one(OrganisationRow, endpoint.organisation_id)
    manage = Permission.WEBHOOK_MANAGE
    notify(
        session,
        key="webhooks.failing",
        people=people_who_may(session, endpoint.organisation_id, manage, now.date()),
        organisation_id=endpoint.organisation_id,
        link="/account/programs",
        now=now,
        dedupe_key=f"webhooks.failing/{endpoint.public_id}/{endpoint.row_version}",
        company=company.legal_name,
        what=endpoint.url,
        since=spoken_moment(endpoint.failing_since or now),
    )
    record(
        session,
        actor=actor,
        event="webhook.switched_off",
        subject=endpoint.public_id,
        organisation_id=endpoint.organisation_id,
        now=now,
    )
