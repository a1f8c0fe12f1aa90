"""Who sends a request of its own: the session behind the cookie, looked up as for every event."""

from fastapi import Request

from kinnect_app.identity.handshake import session_id_in
from state.domain.actor import Actor
from state.services.sessions import WhoIsHere, who_is_here
from state.ui.session import ask, clock


async def caller_of(request: Request, *, is_activity: bool = True) -> Actor:
    """The actor of the request's cookie; anyone where it has none, or its session has ended."""
    return (await who_asks(request, is_activity=is_activity)).actor


async def who_asks(request: Request, *, is_activity: bool = True) -> WhoIsHere:
    """The same, with the company that they act for."""
    session_id = session_id_in(request.headers.get("cookie", ""))
    return await ask(who_is_here, session_id=session_id, now=clock(), is_activity=is_activity)
