"""The gate that every event passes, those of the framework too: deny by default.

The session is looked up in the database at each event. A tab's state belongs to one session: when
another one comes with the tab's token, nothing of the old state survives.
"""

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
from kinnect_app.identity.limits import too_many_events, too_many_forms, too_many_reports
from state.domain.actor import Actor
from state.domain.next_page import leading_to
from state.services.demo_market import market_is_invented
from state.services.sessions import WhoIsHere, who_is_here
from state.ui.access import OpenTo, opened_to, page_at
from state.ui.session import SessionState, ask, clock, forget_everything, show

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
_BY_ITSELF = frozenset({"look", "refresh"})
"""What an open page asks without its person: it keeps no sign-in from resting."""

_OF_PEOPLE = frozenset({OpenTo.PEOPLE, OpenTo.STAFF})
_FAULT_REPORT = "handle_frontend_exception"
_ANOTHER = (
    "You changed company, or your rights changed, since this page was loaded. Nothing was done: "
    "look again at who you are acting for, and start anew."
)


class Gate(rx.Middleware):
    """Stands before Reflex's own middleware, so that not even hydration goes round it."""

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:  # noqa: ARG002
        """Let the event through (None), or answer it here and run nothing."""
        headers = state.router_data.get("headers", {})
        client = headers.get("asgi-scope-client", "")
        if too_many_events(client):
            return StateUpdate()
        who = await ask(
            who_is_here,
            session_id=headers.get(SESSION_HEADER),
            now=clock(),
            is_activity=event.name.rsplit(".", 1)[-1] not in _BY_ITSELF,
        )
        screen, is_another = await _bound_screen(state, who)
        handler = _handler_of(event)
        if handler is None or (handler.__name__ == _FAULT_REPORT and too_many_reports(client)):
            return StateUpdate()
        if handler.__module__.split(".")[0] == "reflex" and handler.__name__ in _FRAMEWORK:
            return None
        whom = opened_to(handler)
        if whom is OpenTo.ANYONE_SELDOM and too_many_forms(client):
            return await _hold_back(screen, "Too many attempts. Try again in an hour.")
        answer = _answer(whom, who, event, page_at(screen))
        if is_another and answer is None and whom in _OF_PEOPLE and handler.__name__ != "load":
            return await _hold_back(screen, _ANOTHER, to="/account")
        if answer is None and screen.held_back and handler.__name__ != "load":
            screen.held_back = ""
        return answer


def _answer(whom: OpenTo | None, who: WhoIsHere, event: Event, page: str) -> StateUpdate | None:
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
    to = leading_to("/sign-in", page) if actor.person_id is None else "/not-allowed?whom=staff"
    return StateUpdate(events=Event.from_event_type(rx.redirect(to)))


async def _hold_back(screen: SessionState, why: str, *, to: str = "") -> StateUpdate:
    screen.held_back = why
    root = screen._get_root_state()
    delta = await _resolve_delta(root.get_delta())
    root._clean()  # type: ignore[no-untyped-call]
    return StateUpdate(delta=delta, events=Event.from_event_type(rx.redirect(to)) if to else [])


async def _bound_screen(state: BaseState, who: WhoIsHere) -> tuple[SessionState, bool]:
    """The session's screen, and whether the tab belonged to another session, company or right."""
    screen = await state.get_state(SessionState)
    bound_to, was_bound_to = _binding(who.actor), screen._bound_to
    if was_bound_to != bound_to:
        if was_bound_to:
            await forget_everything(state)
        screen._bound_to = bound_to
        screen.invented_market = await ask(market_is_invented, actor=who.actor)
    show(screen, who)
    return screen, bool(was_bound_to) and was_bound_to != bound_to


def _binding(actor: Actor) -> str:
    """All that decides what a tab may hold: when any of it changes, nothing old survives."""
    roles = ",".join(sorted(actor.staff_roles))
    looks = "looks" if actor.looking_only else "acts"
    return f"{actor.session_id}/{actor.organisation_id}/{actor.capacity}/{roles}/{looks}"


def _handler_of(event: Event) -> Callable[..., Any] | None:
    registered = RegistrationContext.get().event_handlers.get(event.name)
    return None if registered is None else registered.handler.fn
