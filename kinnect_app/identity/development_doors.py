"""The development sign-in: be one of the people of the demo market, on this machine alone."""

from ipaddress import ip_address

from fastapi import Request
from fastapi.responses import Response

from kinnect_app.identity.browser_session import back, let_in, let_in_again, peer_of
from kinnect_app.identity.invitation_doors import invited_identity
from state.domain.actor import NotSignedInError
from state.services.sessions import (
    DEVELOPMENT,
    DEVELOPMENT_ISSUER,
    AnotherPersonError,
    Identity,
    UnknownPersonError,
)

_FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded")


async def development_sign_in(request: Request) -> Response:
    """Be one of the people of the demo market. Only from this machine, only to this machine."""
    if not _is_this_machine(request):
        return Response(status_code=404)
    form = await request.form()
    try:
        return await let_in(request, _chosen(form.get("person")), str(form.get("next", "")))
    except UnknownPersonError:
        return back("unknown")


async def development_join(request: Request) -> Response:
    """Be whom the invitation is for. Only from this machine, only to this machine."""
    identity = await invited_identity(request)
    if identity is None or not _is_this_machine(request):
        return Response(status_code=404)
    return await let_in(request, identity, "")


async def development_again(request: Request) -> Response:
    """Sign in again as the person one is."""
    if not _is_this_machine(request):
        return Response(status_code=404)
    form = await request.form()
    try:
        return await let_in_again(request, _chosen(form.get("person")), str(form.get("next", "")))
    except (AnotherPersonError, NotSignedInError):
        return back("another")


def _chosen(subject: object) -> Identity:
    return Identity(DEVELOPMENT_ISSUER, str(subject)[:255], DEVELOPMENT)


def _is_this_machine(request: Request) -> bool:
    if any(name in request.headers for name in _FORWARDED):
        return False
    host = (request.url.hostname or "").strip("[]")
    try:
        is_loopback = ip_address(peer_of(request)).is_loopback
    except ValueError:
        return False
    return is_loopback and host in {"localhost", "127.0.0.1", "::1"}
