"""The doors of an identity check: its link, the way to the provider, and the way back.

The secret of the link stays in a cookie that only the doors see; the page has the public id.
"""

import logging

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from kinnect_app.checks.identity_provider import identity_provider
from kinnect_app.identity.limits import too_many_forms
from kinnect_app.settings import settings
from state.domain.actor import ANYONE
from state.services.identity_checks import IdentityRefusedError
from state.services.own_identity import (
    identity_answered,
    identity_begun,
    open_identity_check,
    try_to_make,
)
from state.ui.session import ask, clock

_log = logging.getLogger("kinnect.doors")
_COOKIE = "kinnect_identity"
_LASTS_SECONDS = 3600  # a provider gives people half an hour
_SEE_OTHER = 303
_LONGEST_SECRET = 100


async def open_link(request: Request, secret: str) -> Response:
    """The link of a mail: its page is shown, and nothing is used up."""
    if too_many_forms(_client(request)):
        return _to_page("?why=often")
    public_id = await ask(open_identity_check, actor=ANYONE, secret=secret[:_LONGEST_SECRET])
    if public_id is None:
        return _to_page("?why=unknown")
    answered = _to_page(f"?check={public_id}")
    answered.set_cookie(
        _COOKIE,
        secret,
        max_age=_LASTS_SECONDS,
        httponly=True,
        secure=settings().is_https,
        samesite="lax",
        path="/auth",
    )
    return answered


async def begin(request: Request) -> Response:
    """Off to the provider; only a browser that opened the link can."""
    provider, secret = identity_provider(), _secret_in(request)
    if provider is None or too_many_forms(_client(request)):
        return _to_page("?why=often" if provider else "?why=by-hand")
    try:
        made = await ask(
            try_to_make, actor=ANYONE, secret=secret, provider=provider.key, now=clock()
        )
    except IdentityRefusedError:
        return _to_page("?why=unknown")
    back = f"{settings().origin}/auth/identity-return"
    where = await run_in_threadpool(provider.start, made.reference, made.claimed, back)
    return RedirectResponse(where, _SEE_OTHER)


async def come_back(request: Request) -> Response:
    """Back from the provider: what it found is asked of it, not of the browser."""
    provider, secret = identity_provider(), _secret_in(request)
    public_id = await ask(open_identity_check, actor=ANYONE, secret=secret)
    if provider is None or public_id is None:
        return _to_page("?why=unknown")
    who = {"actor": ANYONE, "secret": secret}
    try:
        reference = await ask(identity_begun, now=clock(), **who)
        answer = await run_in_threadpool(provider.result, reference)
        came_to = await ask(
            identity_answered, reference=reference, answer=answer, now=clock(), **who
        )
    except IdentityRefusedError as refused:
        _log.warning("identity check not answered: %s", refused.reasons[0].reason)
        return _to_page(f"?check={public_id}")
    answered = _to_page(f"?check={public_id}")
    if came_to != "asked":
        answered.delete_cookie(
            _COOKIE, path="/auth", secure=settings().is_https, httponly=True, samesite="lax"
        )
    return answered


def _secret_in(request: Request) -> str:
    return request.cookies.get(_COOKIE, "")[:_LONGEST_SECRET]


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _to_page(query: str) -> Response:
    return RedirectResponse(f"{settings().pages_at}/identity-check/{query}", _SEE_OTHER)
