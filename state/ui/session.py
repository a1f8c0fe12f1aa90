"""Who is at this screen. The gate fills it at every event; nothing a browser sends can."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

import reflex as rx
from reflex.state import BaseState
from reflex_base.registry import RegistrationContext

from state.domain.actor import ANYONE, Actor, NoCompanyError
from state.domain.capacity_words import capacity_words
from state.domain.permissions import Permission
from state.services.sessions import WhoIsHere
from state.ui.access import for_anyone

Answer = TypeVar("Answer")

_THREADS = ThreadPoolExecutor(8, thread_name_prefix="screens")
_LONG = ThreadPoolExecutor(16, thread_name_prefix="long")

_STAFF_LINKS = {
    "bank": Permission.BANK_VERIFY,
    "runs": Permission.SETTLEMENT_RUN_VIEW,
    "people": Permission.PEOPLE_VIEW,
    "reference": Permission.REFERENCE_VIEW,
    "content": Permission.CONTENT_VIEW,
    "feedback": Permission.FEEDBACK_VIEW,
    "audit": Permission.AUDIT_VIEW_ALL,
    "feeds": Permission.FEED_VIEW,
    "published": Permission.PUBLISHING_VIEW,
    "view_as": Permission.CUSTOMER_VIEW_AS,
}
"""What more than the queues the rail of a member of staff has, and who sees it."""


class SessionState(rx.State):
    """What the frame of every page shows of the person."""

    signed_in: bool = False
    person_name: str = ""
    organisation_name: str = ""
    organisation_public_id: str = ""
    capacity: str = ""
    is_staff: bool = False
    looking_at: str = ""
    staff_links: str = ""
    sees_settlement: bool = False
    development: bool = False
    invented_market: bool = False
    held_back: str = ""

    _actor: Actor = ANYONE
    _bound_to: str = ""

    @rx.event
    @for_anyone
    async def say_fault(self, number: str):
        """Show on this screen that something of ours broke, and the number to quote."""
        self.held_back = (
            "Something went wrong on our side, and nothing was changed. Try again; if it happens "
            f"again, quote fault {str(number)[:8]}."
        )


def show(screen: SessionState, who: WhoIsHere) -> None:
    """Let the screen show who is here now; only what changed is sent."""
    actor = who.actor
    shown = {
        "signed_in": actor.person_id is not None,
        "person_name": actor.name if actor.person_id is not None else "",
        "organisation_name": who.organisation_name,
        "organisation_public_id": who.organisation_public_id,
        "capacity": capacity_words(actor.capacity, actor.authorisations, actor.on),
        "is_staff": bool(actor.staff_roles) and not actor.looking_only,
        "looking_at": who.organisation_name if actor.looking_only else "",
        "staff_links": " ".join(
            link
            for link, permission in _STAFF_LINKS.items()
            if actor.may(permission) and not actor.looking_only
        ),
        "sees_settlement": actor.may(Permission.SETTLEMENT_VIEW, actor.organisation_id),
        "development": actor.method == "development",
    }
    for name, value in shown.items():
        if getattr(screen, name) != value:
            setattr(screen, name, value)
    screen._actor = actor


async def forget_everything(state: BaseState) -> None:
    """Reset every screen of ours; the framework's root keeps only where the page is."""
    for kind in RegistrationContext.get().base_states.values():
        if not kind.__module__.startswith("reflex."):
            (await state.get_state(kind)).reset()  # type: ignore[no-untyped-call]


async def here(state: rx.State) -> Actor:
    """The actor at this screen, as the gate found them for this very event."""
    screen = await state.get_state(SessionState)
    return screen._actor


async def company_here(state: rx.State) -> tuple[Actor, int]:
    """The actor and the company they act for.

    Raises:
        NoCompanyError: They act for no company now.
    """
    actor = await here(state)
    if actor.organisation_id is None:
        raise NoCompanyError("Choose a company first.")
    return actor, actor.organisation_id


async def whose(state: rx.State) -> tuple[Actor, int | None]:
    """The actor, and the company whose records this screen is of: none for the operator's own.

    Raises:
        NoCompanyError: It is of a company, and they act for none now.
    """
    return (await here(state), None) if state._of_operator else await company_here(state)


def address_of(state: rx.State) -> str:
    """The address that this browser comes from, as the edge of the app saw it."""
    headers = state.router_data.get("headers", {})
    return str(headers.get("asgi-scope-client", ""))


async def ask(service: Callable[..., Answer], **arguments: Any) -> Answer:  # noqa: ANN401
    """Call a service off the event loop: one person's query never holds up another's screen.

    The screens have threads of their own, so that a flood of the public API cannot take them all.
    """
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_THREADS, partial(service, **arguments))


async def ask_at_length(service: Callable[..., Answer], **arguments: Any) -> Answer:  # noqa: ANN401
    """Call a service that may take seconds, on threads that no screen waits for."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_LONG, partial(service, **arguments))


def clock() -> datetime:
    """The clock of the screens, read here and handed down."""
    return datetime.now(UTC)  # noqa: TID251  # this is the edge
