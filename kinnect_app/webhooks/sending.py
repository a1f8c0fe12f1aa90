"""Sending one event to one address: signed, to a public address alone, and never for long."""

import json
import ssl
import time
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Final
from urllib.parse import urlsplit

import httpx
from standardwebhooks import Webhook

from kinnect_app.checks.public_address import NotPublicError, is_public, public_address_of
from kinnect_app.settings import worker_settings
from state.services.webhook_deliveries import DeliveryToSend

_SECONDS: Final = 10.0
_MOST_BYTES: Final = 4_096
_HTTPS: Final = 443


class UndeliveredError(Exception):
    """The address did not take it; says why, and nothing that it answered."""


def send(delivery: DeliveryToSend, now: datetime) -> str:
    """Send it; gives the status that was answered.

    Raises:
        UndeliveredError: It was not taken.
    """
    delivery = _with_whole_address(delivery)
    parts = urlsplit(delivery.url)
    host, port = parts.hostname or "", parts.port or _HTTPS
    is_own = f"{host}:{port}" in worker_settings().own_webhook_hosts
    if parts.scheme != "https" and not is_own:
        raise UndeliveredError("the address is not https")
    try:
        address = host if is_own else public_address_of(host, port)
        return _posted(delivery, _to(delivery.url, address), now, is_own=is_own)
    except NotPublicError as fault:
        raise UndeliveredError(str(fault)) from fault
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as fault:
        raise UndeliveredError(type(fault).__name__) from fault


def _with_whole_address(delivery: DeliveryToSend) -> DeliveryToSend:
    """The event with the address that it is read at as the outside writes it."""
    told = json.loads(delivery.payload)
    data = told.get("data")
    if not isinstance(data, dict) or not str(data.get("url", "")).startswith("/"):
        return delivery
    data["url"] = f"{worker_settings().origin}{data['url']}"
    return replace(delivery, payload=json.dumps(told))


def _posted(delivery: DeliveryToSend, url: httpx.URL, now: datetime, *, is_own: bool) -> str:
    """The certificate is that of the host, whatever address it was found at."""
    host = urlsplit(delivery.url).hostname or ""
    headers = _headers(delivery, now) | {"Host": urlsplit(delivery.url).netloc}
    ends_at = time.monotonic() + _SECONDS
    with (
        httpx.Client(
            verify=_trusted(), trust_env=False, follow_redirects=False, timeout=_SECONDS
        ) as client,
        client.stream(
            "POST",
            url,
            content=delivery.payload.encode(),
            headers=headers,
            extensions={"sni_hostname": host},
        ) as answer,
    ):
        _check_peer(answer, is_own=is_own)
        _read_a_little(answer, ends_at)
        if not answer.is_success:
            raise UndeliveredError(f"it answered {answer.status_code}")
        return f"it answered {answer.status_code}"


def _headers(delivery: DeliveryToSend, now: datetime) -> dict[str, str]:
    """As Standard Webhooks has it: the id is the same at each try."""
    signature = Webhook(delivery.secret).sign(delivery.message_id, now, delivery.payload)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Kinnect-Webhooks/1",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature,
    }


def _check_peer(answer: httpx.Response, *, is_own: bool) -> None:
    """Whom we are in truth connected to: the last word, whatever was looked up."""
    peer = answer.extensions["network_stream"].get_extra_info("server_addr")
    if not is_own and (not peer or not is_public(str(peer[0]))):
        raise UndeliveredError("the connection led to an address that is not public")


def _read_a_little(answer: httpx.Response, ends_at: float) -> None:
    """Enough to be polite; what is long or slow is cut off."""
    seen = 0
    for part in answer.iter_raw(_MOST_BYTES):
        seen += len(part)
        if time.monotonic() > ends_at:
            raise UndeliveredError("it took too long")
        if seen >= _MOST_BYTES:
            return


def _to(url: str, address: str) -> httpx.URL:
    return httpx.URL(url).copy_with(host=address)


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()
