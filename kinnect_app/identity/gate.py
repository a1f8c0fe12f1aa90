"""The gate that every event passes, those of the framework too: deny by default.

The session is looked up in the database at each event. A tab's state belongs to one session: when
another one comes with the tab's token, nothing of the old state survives.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.app import App
from reflex.istate.delta import _resolve_delta
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

from kinnect_app.identity.handshake import SESSION_HEADER
from kinnect_app.identity.limits import too_many_events, too_many_forms
from state.services.demo_market import market_is_invented
from state.services.sessions import WhoIsHere, who_is_here
from state.ui.access import OpenTo, opened_to
from state.ui.session import SessionState, clock, show

_log = logging.getLogger("kinnect.gate")

_FRAMEWORK = frozenset(
    {
        "hydrate",
        "hydrate_and_load",
        "set_is_hydrated",
        "on_load_internal",
        "update_vars_internal",
        "handle_frontend_exception",
    }
)
_NOBODY_BOUND = "nobody"


class Gate(rx.Middleware):
    """Stands before Reflex's own middleware, so that not even hydration goes round it."""

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:  # noqa: ARG002
        """Let the event through (None), or answer it here and run nothing."""
        headers = state.router_data.get("headers", {})
        client = headers.get("asgi-scope-client", "")
        if too_many_events(client):
            return StateUpdate()
        who = await asyncio.to_thread(
            who_is_here, session_id=headers.get(SESSION_HEADER), now=clock()
        )
        screen = await _bound_screen(state, who)
        handler = _handler_of(event)
        if handler is None:
            return StateUpdate()
        if handler.__module__.split(".")[0] == "reflex" and handler.__name__ in _FRAMEWORK:
            return None
        whom = opened_to(handler)
        if whom is OpenTo.ANYONE_SELDOM and too_many_forms(client):
            return await _hold_back(screen)
        answer = _answer(whom, who, event)
        if answer is None and screen.held_back:
            screen.held_back = ""
        return answer


def _answer(whom: OpenTo | None, who: WhoIsHere, event: Event) -> StateUpdate | None:
    actor = who.actor
    if whom in {OpenTo.ANYONE, OpenTo.ANYONE_SELDOM}:
        return None
    if whom is OpenTo.PEOPLE and actor.person_id is not None:
        return None
    if whom is OpenTo.STAFF and actor.staff_roles:
        return None
    _log.warning("refused %.120s for %s", event.name, actor.reference)
    if whom is None:
        return StateUpdate()
    to = "/sign-in" if actor.person_id is None else "/not-allowed"
    return StateUpdate(events=Event.from_event_type(rx.redirect(to)))


async def _hold_back(screen: SessionState) -> StateUpdate:
    screen.held_back = "Too many attempts from your address. Try again in an hour."
    update = StateUpdate(delta=await _resolve_delta(screen.get_delta()))
    screen._clean()  # type: ignore[no-untyped-call]
    return update


async def _bound_screen(state: BaseState, who: WhoIsHere) -> SessionState:
    screen = await state.get_state(SessionState)
    bound_to = who.actor.session_id or _NOBODY_BOUND
    if screen._bound_to != bound_to:
        if screen._bound_to:
            await _forget_everything(state)
        screen._bound_to = bound_to
        screen.invented_market = await asyncio.to_thread(market_is_invented, actor=who.actor)
    show(screen, who)
    return screen


async def _forget_everything(state: BaseState) -> None:
    """Reset every state of ours; the framework's root keeps only where the page is."""
    for kind in RegistrationContext.get().base_states.values():
        if not kind.__module__.startswith("reflex."):
            (await state.get_state(kind)).reset()  # type: ignore[no-untyped-call]


def _handler_of(event: Event) -> Callable[..., Any] | None:
    registered = RegistrationContext.get().event_handlers.get(event.name)
    return None if registered is None else registered.handler.fn
