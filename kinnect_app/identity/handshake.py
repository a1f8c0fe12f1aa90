"""At the websocket's handshake the cookie is taken off and only the hash of it goes on.

Reflex keeps a connection's headers with every event and logs them when an event fails. A cookie
that never gets past this point can stand in no log and no state.
"""

from http.cookies import CookieError, SimpleCookie

from starlette.types import ASGIApp, Receive, Scope, Send

from kinnect_app.settings import settings
from state.services.sessions import session_id_of

SESSION_HEADER = "authorization"
"""Where events find the session id; what a client sends under this name is thrown away."""

_NOT_PASSED_ON = {b"cookie", b"authorization", b"proxy-authorization", b"x-forwarded-for"}
_LONGEST_COOKIE = 128
_POLICY_VIOLATION = 1008


class Handshake:
    """ASGI middleware around the whole app; only websockets concern it."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the session id in place of the cookie, if the page is one of ours."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        origin = headers.get(b"origin")
        if origin is not None and origin.decode("latin-1") not in settings().own_origins:
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        kept = [(name, value) for name, value in scope["headers"] if name not in _NOT_PASSED_ON]
        if session_id := session_id_in(headers.get(b"cookie", b"").decode("latin-1")):
            kept.append((SESSION_HEADER.encode(), session_id.encode()))
        await self._app({**scope, "headers": kept}, receive, send)


def session_id_in(cookie_header: str) -> str | None:
    """The id of the session whose cookie the header holds."""
    try:
        found = SimpleCookie(cookie_header).get(settings().cookie)
    except CookieError:
        return None
    if found is None or not 0 < len(found.value) <= _LONGEST_COOKIE:
        return None
    return session_id_of(found.value)
