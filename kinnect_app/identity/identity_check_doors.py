"""The doors of an identity check: its link, the way to the provider, and the way back.

The secret of the link stays in a cookie that only the doors see; the page has the public id.
"""

import logging

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from kinnect_app.checks.identity_provider import identity_provider
from kinnect_app.identity.limits import too_many_forms
from kinnect_app.identity.mailed_link import MailedLink, client_of
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
_LINK = MailedLink("kinnect_identity", "/identity-check/")
_SEE_OTHER = 303
_LONGEST_SECRET = 100


async def open_link(request: Request, secret: str) -> Response:
    """The link of a mail: its page is shown, and nothing is used up."""
    if too_many_forms(client_of(request)):
        return _LINK.to_page("?why=often")
    public_id = await ask(open_identity_check, actor=ANYONE, secret=secret[:_LONGEST_SECRET])
    if public_id is None:
        return _LINK.to_page("?why=unknown")
    return _LINK.opened(secret, f"?check={public_id}")


async def begin(request: Request) -> Response:
    """Off to the provider; only a browser that opened the link can."""
    provider, secret = identity_provider(), _LINK.secret_in(request)
    if provider is None or too_many_forms(client_of(request)):
        return _LINK.to_page("?why=often" if provider else "?why=by-hand")
    try:
        made = await ask(
            try_to_make, actor=ANYONE, secret=secret, provider=provider.key, now=clock()
        )
    except IdentityRefusedError:
        return _LINK.to_page("?why=unknown")
    back = f"{settings().origin}/auth/identity-return"
    where = await run_in_threadpool(provider.start, made.reference, made.claimed, back)
    return RedirectResponse(where, _SEE_OTHER)


async def come_back(request: Request) -> Response:
    """Back from the provider: what it found is asked of it, not of the browser."""
    provider, secret = identity_provider(), _LINK.secret_in(request)
    public_id = await ask(open_identity_check, actor=ANYONE, secret=secret)
    if provider is None or public_id is None:
        return _LINK.to_page("?why=unknown")
    who = {"actor": ANYONE, "secret": secret}
    try:
        reference = await ask(identity_begun, now=clock(), **who)
        answer = await run_in_threadpool(provider.result, reference)
        came_to = await ask(
            identity_answered, reference=reference, answer=answer, now=clock(), **who
        )
    except IdentityRefusedError as refused:
        _log.warning("identity check not answered: %s", refused.reasons[0].reason)
        return _LINK.to_page(f"?check={public_id}")
    answered = _LINK.to_page(f"?check={public_id}")
    return answered if came_to == "asked" else _LINK.forgetting(answered)
