"""Webhooks: which events there are, when a failed one is tried again, which addresses may be."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from state.domain import webhook_limits
from state.domain.changes import ChangeStatus
from state.domain.datasets import dataset_of_code, datasets
from state.domain.refusal import Refusal

EVENTS: Final = {
    "change.submitted": "A change waits for approval",
    "change.awaiting_call_back": "A change waits for our call-back",
    "change.awaiting_activation": "A change waits to be put to use",
    "change.scheduled": "A change is agreed and waits for its date",
    "change.applied": "A change is done",
    "change.returned": "A change was returned",
    "change.refused": "A change was refused",
    "change.stopped": "A change was stopped",
    "change.withdrawn": "A change was withdrawn",
    "change.conflict": "A change met another",
    "change.superseded": "A change was overtaken",
    "change.expired": "A change ran out",
}
"""What a company's systems can be told of its own record."""

PUBLISHED: Final = "dataset.published"
"""Rows of a public dataset have come."""

ALL_EVENTS: Final = EVENTS | {PUBLISHED: "Rows of public datasets have come"}
"""All that an address can be told of."""

PING: Final = "webhook.ping"
"""What is sent to see whether anybody answers."""

_LONGEST_URL: Final = 400


def event_of(status: ChangeStatus) -> str:
    """What is told when a change comes to a state; nothing of a draft."""
    if status is ChangeStatus.AWAITING_APPROVAL:
        return "change.submitted"
    event = f"change.{status.value}"
    return event if event in EVENTS else ""


def wait_after(tries: int, on: date) -> timedelta | None:
    """How long a delivery waits that was tried so often in vain; None when it is given up.

    The waits grow evenly from the first to the last of them.
    """
    most = webhook_limits.webhook_tries_most(on)
    if tries >= most:
        return None
    first = float(webhook_limits.webhook_first_wait_seconds(on))
    last = webhook_limits.webhook_last_wait_hours(on) * 3600.0
    waits = most - 1
    growth = (last / first) ** (1 / max(waits - 1, 1))
    return timedelta(seconds=round(first * growth ** (tries - 1)))


def public_dataset(text: str) -> str | None:
    """The name of a public dataset, given by its name or its official code; None for no such."""
    definition = dataset_of_code(text.upper()) or datasets().get(text.lower())
    is_public = definition is not None and definition.classification == "public"
    return definition.name if definition is not None and is_public else None


def endpoint_refusals(
    url: str, events: Iterable[str], named: Iterable[str], allowed: frozenset[str]
) -> tuple[Refusal, ...]:
    """Every reason to refuse an address that is told of events, and of the datasets named.

    `allowed` are hosts and ports of a developer's own.
    """
    found: list[Refusal] = []
    if not _is_fit(url, allowed):
        found.append(
            Refusal("url", "Enter an address that begins with https://, with no name or password")
        )
    chosen = set(events)
    if not chosen or chosen - ALL_EVENTS.keys():
        found.append(Refusal("events", "Select what we should tell you of"))
    return (*found, *_dataset_refusals(chosen, tuple(named)))


def _dataset_refusals(events: Collection[str], named: Collection[str]) -> tuple[Refusal, ...]:
    if PUBLISHED not in events:
        words = "Select that rows of public datasets have come, or leave the datasets out"
        return (Refusal("datasets", words),) if named else ()
    if not named:
        return (Refusal("datasets", "Name at least one dataset, like DISEBSP"),)
    unknown = ", ".join(text[:60] for text in named if public_dataset(text) is None)
    return (Refusal("datasets", f"There is no public dataset {unknown}"),) if unknown else ()


def _is_fit(url: str, allowed: frozenset[str]) -> bool:
    if len(url) > _LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if parts.username or parts.password or parts.fragment or not parts.hostname:
        return False
    is_own = f"{parts.hostname}:{port}" in allowed and parts.scheme in {"http", "https"}
    return is_own or (parts.scheme == "https" and port in {None, 443, 8443})
