"""What a page asks by itself of its session: how long it lasts, to keep it, to keep a draft."""

from datetime import datetime, timedelta

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from kinnect_app.identity.browser_session import peer_of
from kinnect_app.identity.caller import caller_of
from kinnect_app.identity.limits import too_many_requests
from state.domain.actor import NotSignedInError
from state.domain.dates import clock_time
from state.domain.session_limits import warned_before
from state.services.sign_ins import SessionEnd, session_end
from state.ui.session import ask, clock

_TOO_MANY = 429


async def session(request: Request) -> Response:
    """Whether the browser is signed in and for how long yet: to ask keeps nothing alive."""
    return await _told(request, is_activity=False)


async def extend(request: Request) -> Response:
    """The person is still there: the session rests no longer."""
    return await _told(request, is_activity=True)


async def _told(request: Request, *, is_activity: bool) -> Response:
    if too_many_requests(peer_of(request)):
        return Response(status_code=_TOO_MANY)
    actor = await caller_of(request, is_activity=is_activity)
    now = clock()
    try:
        end = await ask(session_end, actor=actor, now=now)
    except NotSignedInError:
        return JSONResponse({"signed_in": False})
    return JSONResponse({"signed_in": True, **_ends(end, now)})


def _ends(end: SessionEnd, now: datetime) -> dict[str, int | str]:
    first = min(end.idle_at, end.absolute_at)
    return {
        "idle_seconds": _seconds(end.idle_at - now),
        "absolute_seconds": _seconds(end.absolute_at - now),
        "warning_seconds": _seconds(warned_before(now.date())),
        "ends_at": clock_time(first),
    }


def _seconds(span: timedelta) -> int:
    return max(int(span.total_seconds()), 0)
