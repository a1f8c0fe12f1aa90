"""To whom a handler is open. One that says nothing is open to nobody: the gate refuses it."""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from functools import wraps
from typing import Any

import reflex as rx

from state.domain.actor import (
    NoCompanyError,
    NotAllowedError,
    NotSignedInError,
    RightLackingError,
    SignInAgainError,
)
from state.domain.next_page import leading_to

Handler = Callable[..., Awaitable[Any]]

_MARK = "__kinnect_open_to__"


class OpenTo(StrEnum):
    """Who may call a handler at all; the service then asks what exactly they may do."""

    ANYONE = "anyone"
    ANYONE_SELDOM = "anyone, but seldom"
    PEOPLE = "people"
    STAFF = "staff"


def for_anyone(handler: Handler) -> Handler:
    """Open to the public. Stands under `@rx.event`."""
    return _marked(handler, OpenTo.ANYONE)


def for_anyone_seldom(handler: Handler) -> Handler:
    """Open to the public, a few times an hour from one address: what a stranger can write."""
    return _marked(handler, OpenTo.ANYONE_SELDOM)


def for_people(handler: Handler) -> Handler:
    """Open to whoever is signed in. Stands under `@rx.event`."""
    return _marked(handler, OpenTo.PEOPLE)


def for_staff(handler: Handler) -> Handler:
    """Open to the operator's staff. Stands under `@rx.event`."""
    return _marked(handler, OpenTo.STAFF)


def opened_to(handler: Callable[..., Any]) -> OpenTo | None:
    """To whom the handler is open; None is nobody."""
    return getattr(handler, _MARK, None)


def page_at(screen: rx.State) -> str:
    """The path and query of the page that a screen is on."""
    url = screen.router.url
    return f"{url.path}?{url.query}" if url.query else str(url.path)


def _page_of(arguments: tuple[Any, ...]) -> str:
    """The page of the screen whose handler this is."""
    screen = arguments[0] if arguments else None
    return page_at(screen) if isinstance(screen, rx.State) else "/"


def _marked(handler: Handler, whom: OpenTo) -> Handler:
    @wraps(handler)
    async def guarded(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  # whatever it takes
        try:
            return await handler(*arguments, **named)
        except NotSignedInError:
            return rx.redirect(leading_to("/sign-in", _page_of(arguments)))
        except NoCompanyError:
            return rx.redirect(leading_to("/choose-company", _page_of(arguments)))
        except SignInAgainError:
            return rx.redirect(leading_to("/sign-in-again", _page_of(arguments)))
        except RightLackingError as lacking:
            return rx.redirect(f"/not-allowed?activity={lacking.permission.value}")
        except NotAllowedError:
            return rx.redirect("/not-allowed")

    setattr(guarded, _MARK, whom)
    return guarded
