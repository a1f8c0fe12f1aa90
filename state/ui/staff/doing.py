"""Doing one thing from a screen of the staff: saying that it is done, or all that is wrong."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import reflex as rx

from state.domain.refusal import RefusedError
from state.ui.forms import problems_of
from state.ui.session import ask, clock, here

Screen = TypeVar("Screen", bound=rx.State)


async def done(
    screen: Screen,
    read: Callable[[Screen], Awaitable[None]],
    service: Callable[..., object],
    said: str,
    **arguments: Any,  # noqa: ANN401  # what the service takes
) -> object:
    """Ask the service, and have the screen read again; its forms begin anew where it was done.

    The screen has `problems`, `said` and `version`.
    """
    try:
        await ask(service, actor=await here(screen), now=clock(), **arguments)
    except RefusedError as refused:
        await read(screen)
        screen.problems, screen.said = problems_of(refused), ""
        return rx.set_focus("error-summary")
    screen.problems, screen.said = {}, said
    screen.version += 1
    await read(screen)
    return None
