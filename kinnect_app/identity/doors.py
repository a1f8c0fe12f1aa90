"""Where a person comes in and goes out: full page loads, so that the next socket has the cookie."""

import hashlib
import logging
from ipaddress import ip_address

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.middleware.sessions import SessionMiddleware
from starlette.types import ASGIApp

from kinnect_app.identity import oidc
from kinnect_app.identity.caller import caller_of
from kinnect_app.identity.limits import too_many_sign_ins
from kinnect_app.settings import settings
from state.domain.actor import ANYONE
from state.services.sessions import (
    DEVELOPMENT,
    DEVELOPMENT_ISSUER,
    WAYS_IN,
    BegunSession,
    Identity,
    UnknownPersonError,
    begin_session,
    end_session,
)
from state.ui.session import ask, clock

_log = logging.getLogger("kinnect.doors")
_SEE_OTHER = 303
_FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded")


def doors() -> APIRouter:
    """The routes that are open in this process; a way in that is shut has no route at all."""
    router = APIRouter(prefix="/auth", include_in_schema=False)
    router.add_api_route("/sign-out", sign_out, methods=["POST"])
    if settings().has_oidc:
        WAYS_IN.provider = True
        router.add_api_route("/sign-in", sign_in, methods=["GET"])
        router.add_api_route("/callback", callback, methods=["GET"])
    if settings().development_sign_in:
        WAYS_IN.development = True
        router.add_api_route("/development", development_sign_in, methods=["POST"])
    return router


def with_login_cookie(app: ASGIApp) -> ASGIApp:
    """The ten-minute cookie that ties a sign-in to the browser which began it."""
    secret = settings().session_secret.get_secret_value()
    return SessionMiddleware(
        app,
        secret_key=hashlib.sha256(f"sign-in:{secret}".encode()).hexdigest(),
        session_cookie="kinnect_sign_in",
        max_age=600,
        path="/auth",
        same_site="lax",
        https_only=settings().is_https,
    )


async def sign_in(request: Request) -> Response:
    """Off to the identity provider: a link, since a page's policy lets no form end elsewhere."""
    if too_many_sign_ins(_peer(request)):
        return _back("often")
    try:
        return await oidc.start(request)
    except Exception as fault:  # noqa: BLE001  # whatever it is, one answer, and never a stack
        _log.warning("sign-in could not start: %s", type(fault).__name__)
        return _back("unavailable")


async def callback(request: Request) -> Response:
    """Back from the identity provider."""
    try:
        identity = await oidc.finish(request)
        return await _let_in(request, identity)
    except UnknownPersonError:
        return _back("unknown")
    except oidc.OAuthError as fault:
        _log.warning("sign-in refused: %s", fault.error)
    except Exception as fault:  # noqa: BLE001  # an odd answer must never be a stack trace
        _log.warning("sign-in refused: %s", type(fault).__name__)
    return _back("refused")


async def development_sign_in(request: Request) -> Response:
    """Be one of the people of the demo market. Only from this machine, only to this machine."""
    if not _is_this_machine(request):
        return Response(status_code=404)
    form = await request.form()
    subject = form.get("person")
    try:
        return await _let_in(request, Identity(DEVELOPMENT_ISSUER, str(subject)[:255], DEVELOPMENT))
    except UnknownPersonError:
        return _back("unknown")


async def sign_out(request: Request) -> Response:
    """Out: the session ends here first, and the browser forgets what it held."""
    await _end_old(request)
    answer = RedirectResponse(f"{settings().pages_at}/", _SEE_OTHER)
    answer.delete_cookie(
        settings().cookie, path="/", secure=settings().is_https, httponly=True, samesite="lax"
    )
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


async def _let_in(request: Request, identity: Identity) -> Response:
    await _end_old(request)
    begun = await ask(begin_session, actor=ANYONE, identity=identity, now=clock())
    answer = RedirectResponse(settings().pages_at + _first_page(begun), _SEE_OTHER)
    answer.set_cookie(
        settings().cookie,
        begun.secret,
        httponly=True,
        secure=settings().is_https,
        samesite="lax",
        path="/",
    )
    return answer


async def _end_old(request: Request) -> None:
    actor = await caller_of(request)
    if actor.person_id is not None:
        await ask(end_session, actor=actor, now=clock())


def _first_page(begun: BegunSession) -> str:
    if begun.companies > 1:
        return "/choose-company/"
    return "/account/" if begun.companies else "/staff/"


def _back(why: str) -> Response:
    return RedirectResponse(f"{settings().pages_at}/sign-in/?why={why}", _SEE_OTHER)


def _peer(request: Request) -> str:
    return request.client.host if request.client else ""


def _is_this_machine(request: Request) -> bool:
    if any(name in request.headers for name in _FORWARDED):
        return False
    host = (request.url.hostname or "").strip("[]")
    try:
        return host in {"localhost", "127.0.0.1", "::1"} and ip_address(_peer(request)).is_loopback
    except ValueError:
        return False
