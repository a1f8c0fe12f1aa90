"""A screen without a browser: its state, at an address, for an actor that the gate let in."""

from typing import TypeVar

from reflex.istate.data import RouterData
from reflex.state import State

from state.domain.actor import Actor
from state.ui.session import SessionState

Screen = TypeVar("Screen", bound=State)


async def screen_at(kind: type[Screen], actor: Actor, address: str) -> Screen:
    """The screen before any of its events."""
    root = State(_reflex_internal_init=True)
    (await root.get_state(SessionState))._actor = actor
    screen = await root.get_state(kind)
    go_to(screen, address)
    return screen


def go_to(screen: State, address: str) -> None:
    """Follow a link of the page."""
    where = {"pathname": address.split("?", maxsplit=1)[0], "asPath": address, "query": {}}
    screen.router = RouterData.from_router_data(where | {"headers": {"origin": "http://localhost"}})


async def event(screen: State, name: str, *arguments: object) -> object:
    """Call a handler as the framework would, its guards and all."""
    return await type(screen).event_handlers[name].fn(screen, *arguments)
