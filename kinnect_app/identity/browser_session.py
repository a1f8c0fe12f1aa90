"""The browser's side of a session: the cookie it is given, where it goes next, what it is told."""

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from kinnect_app.identity.caller import caller_of
from kinnect_app.identity.invitation_doors import LINK, join_if_invited
from kinnect_app.settings import settings
from state.domain.actor import ANYONE
from state.domain.next_page import leading_to, safe_next
from state.services.sessions import (
    BegunSession,
    Identity,
    begin_session,
    end_session,
    renew_session,
)
from state.ui.session import ask, clock

_SEE_OTHER = 303


async def let_in(request: Request, identity: Identity, next_page: str) -> Response:
    """A new session for whoever this is; the one that the browser had is over."""
    if refused := await join_if_invited(request, identity):
        return refused
    await end_old(request)
    begun = await ask(
        begin_session,
        actor=ANYONE,
        identity=identity,
        client=request.headers.get("user-agent", ""),
        now=clock(),
    )
    return LINK.forgetting(_with_cookie(_first_page(begun, safe_next(next_page)), begun))


async def let_in_again(request: Request, identity: Identity, next_page: str) -> Response:
    """The session goes on, fresh, under a new secret: the same person has signed in again."""
    actor = await caller_of(request)
    begun = await ask(renew_session, actor=actor, identity=identity, now=clock())
    return _with_cookie(safe_next(next_page) or _first_page(begun, ""), begun)


async def end_old(request: Request) -> str:
    """End the browser's session, if it has one; gives the ID token that was kept with it."""
    actor = await caller_of(request)
    if actor.person_id is None:
        return ""
    return await ask(end_session, actor=actor, now=clock())


def without_cookie(answer: Response) -> Response:
    """The browser forgets its session and whatever it held of it."""
    answer.delete_cookie(
        settings().cookie, path="/", secure=settings().is_https, httponly=True, samesite="lax"
    )
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def to_page(path: str) -> Response:
    """Off to one of our pages."""
    return RedirectResponse(settings().pages_at + path, _SEE_OTHER)


def back(why: str, *, page: str = "/sign-in/") -> Response:
    """Back to the sign-in page, which says why."""
    return to_page(f"{page}?why={why}")


def peer_of(request: Request) -> str:
    """The address that asks."""
    return request.client.host if request.client else ""


def _with_cookie(path: str, begun: BegunSession) -> Response:
    answer = to_page(path)
    answer.set_cookie(
        settings().cookie,
        begun.secret,
        httponly=True,
        secure=settings().is_https,
        samesite="lax",
        path="/",
    )
    return answer


def _first_page(begun: BegunSession, next_page: str) -> str:
    if begun.companies > 1:
        return leading_to("/choose-company/", next_page)
    return next_page or ("/account/" if begun.companies else "/staff/")
