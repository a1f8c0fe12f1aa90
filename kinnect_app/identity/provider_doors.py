"""Signing in and out at the identity provider."""

import html
import logging

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from kinnect_app.identity import oidc
from kinnect_app.identity.browser_session import (
    back,
    end_old,
    let_in,
    let_in_again,
    peer_of,
    to_page,
    without_cookie,
)
from kinnect_app.identity.claims import NoSecondFactorError
from kinnect_app.identity.limits import too_many_sign_ins
from state.domain.actor import NotSignedInError
from state.domain.next_page import safe_next
from state.services.sessions import AnotherPersonError, UnknownPersonError, WeakFactorError

_log = logging.getLogger("kinnect.doors")

_REASONS: dict[type[Exception], str] = {
    UnknownPersonError: "unknown",
    NoSecondFactorError: "factor",
    WeakFactorError: "staff_factor",
    AnotherPersonError: "another",
    NotSignedInError: "another",
}


async def sign_in(request: Request) -> Response:
    """Off to the identity provider: a link, since a page's policy lets no form end elsewhere."""
    return await _off(request, is_again=False)


async def sign_in_again(request: Request) -> Response:
    """Off to the identity provider, which is to ask for the factors anew."""
    return await _off(request, is_again=True)


async def callback(request: Request) -> Response:
    """Back from the identity provider."""
    try:
        identity, errand = await oidc.finish(request)
        letting = let_in_again if errand.is_again else let_in
        return await letting(request, identity, errand.next_page)
    except tuple(_REASONS) as refused:
        return back(_REASONS[type(refused)])
    except oidc.OAuthError as fault:
        _log.warning("sign-in refused: %s", fault.error)
    except Exception as fault:  # noqa: BLE001  # an odd answer must never be a stack trace
        _log.warning("sign-in refused: %s", type(fault).__name__)
    return back("refused")


async def sign_out(request: Request) -> Response:
    """Out: the session ends here first, and then at the provider, if it can end one."""
    id_token = await end_old(request)
    try:
        address = await oidc.leave(request, id_token)
    except Exception as fault:  # noqa: BLE001  # out here in any case
        _log.warning("no sign-out at the provider: %s", type(fault).__name__)
        address = ""
    return without_cookie(_over_to(address) if address else to_page("/"))


async def signed_out(request: Request) -> Response:
    """Back from signing out at the identity provider."""
    return back("signed_out") if await oidc.left(request) else to_page("/")


async def _off(request: Request, *, is_again: bool) -> Response:
    if too_many_sign_ins(peer_of(request)):
        return back("often")
    next_page = safe_next(request.query_params.get("next"))
    try:
        return await oidc.start(request, next_page=next_page, is_again=is_again)
    except Exception as fault:  # noqa: BLE001  # whatever it is, one answer, and never a stack
        _log.warning("sign-in could not start: %s", type(fault).__name__)
        return back("unavailable")


def _over_to(address: str) -> Response:
    """On to the provider from a page: the policy of pages lets no form lead there."""
    link = html.escape(address)
    return HTMLResponse(
        '<!doctype html><html lang="en-GB"><title>Signing out</title>'
        f'<p>You are signed out here. <a href="{link}">Sign out at your provider too</a></p>',
        headers={"Refresh": f"0; url={address}"},
    )
