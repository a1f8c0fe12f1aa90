"""Sending what the outbox of webhooks holds, as the worker's clock asks for it."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Final

import structlog

from kinnect_app.webhooks.sending import UndeliveredError, send
from state.domain.actor import THE_CLOCK
from state.services.webhook_deliveries import (
    DeliveryToSend,
    delivery_done,
    delivery_failed,
    delivery_to_send,
)

_AT_ONCE: Final = 50
_THREADS: Final = 4

_log = structlog.get_logger(__name__)


class Messengers:
    """A few threads beside the worker's clock: an address that hangs holds only one of them up."""

    def __init__(self) -> None:
        """Have nothing to do yet."""
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="webhooks")
        self._rounds: list[Future[int]] = []

    def go(self, now: datetime) -> None:
        """Begin a round with every thread that is free."""
        for done in [one for one in self._rounds if one.done()]:
            self._rounds.remove(done)
            if fault := done.exception():
                _log.error("webhook round failed", exc_info=fault)
        for _ in range(_THREADS - len(self._rounds)):
            self._rounds.append(self._threads.submit(deliver, now))


def deliver(now: datetime) -> int:
    """Send what is due, one after the other; gives how many were taken."""
    sent = 0
    for _ in range(_AT_ONCE):
        delivery = delivery_to_send(actor=THE_CLOCK, now=now)
        if delivery is None:
            break
        sent += _tried(delivery, now)
    return sent


def _tried(delivery: DeliveryToSend, now: datetime) -> bool:
    where = {"actor": THE_CLOCK, "delivery_id": delivery.delivery_id, "now": now}
    try:
        answer = send(delivery, now)
    except UndeliveredError as fault:
        _log.warning("webhook not taken", message=delivery.message_id, why=str(fault))
        delivery_failed(**where, answer=str(fault))  # type: ignore[arg-type]
        return False
    delivery_done(**where, answer=answer)  # type: ignore[arg-type]
    return True
