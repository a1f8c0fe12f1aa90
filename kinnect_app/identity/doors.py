"""Where a person comes in and goes out: full page loads, so that the next socket has the cookie."""

import hashlib

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.middleware.sessions import SessionMiddleware
from starlette.types import ASGIApp

from kinnect_app.checks.identity_provider import identity_provider
from kinnect_app.identity import (
    declaration_doors,
    development_doors,
    draft_doors,
    identity_check_doors,
    invitation_doors,
    notice_doors,
    provider_doors,
    session_doors,
)
from kinnect_app.identity.browser_session import end_old, to_page, without_cookie
from kinnect_app.settings import settings
from state.services.own_identity import IDENTITY_PROVIDER
from state.services.sessions import WAYS_IN
from state.services.webhooks import OWN_HOSTS


def doors() -> APIRouter:
    """The routes that are open in this process; a way in that is shut has no route at all."""
    router = APIRouter(prefix="/auth", include_in_schema=False)
    router.add_api_route("/join/{secret}", invitation_doors.open_link, methods=["GET"])
    router.add_api_route("/declaration/{secret}", declaration_doors.open_link, methods=["GET"])
    router.add_api_route("/declaration", declaration_doors.answer, methods=["POST"])
    router.add_api_route("/identity/{secret}", identity_check_doors.open_link, methods=["GET"])
    router.add_api_route("/identity-start", identity_check_doors.begin, methods=["GET"])
    router.add_api_route("/identity-return", identity_check_doors.come_back, methods=["GET"])
    router.add_api_route("/session", session_doors.session, methods=["GET"])
    router.add_api_route("/session/extend", session_doors.extend, methods=["POST"])
    router.add_api_route("/drafts/{form_key}", draft_doors.keep, methods=["PUT"])
    provider = identity_provider()
    IDENTITY_PROVIDER.name = provider.key if provider else ""
    OWN_HOSTS.names = settings().own_webhook_hosts
    if settings().has_oidc:
        WAYS_IN.provider = True
        WAYS_IN.staff_factors = settings().factors_of_staff
        router.add_api_route("/sign-in", provider_doors.sign_in, methods=["GET"])
        router.add_api_route("/again", provider_doors.sign_in_again, methods=["GET"])
        router.add_api_route("/callback", provider_doors.callback, methods=["GET"])
        router.add_api_route("/sign-out", provider_doors.sign_out, methods=["POST"])
        router.add_api_route("/signed-out", provider_doors.signed_out, methods=["GET"])
        router.add_api_route(
            "/backchannel-logout", notice_doors.backchannel_logout, methods=["POST"]
        )
        router.add_api_route(
            "/global-token-revocation", notice_doors.global_token_revocation, methods=["POST"]
        )
        return router
    router.add_api_route("/sign-out", sign_out, methods=["POST"])
    if settings().development_sign_in:
        WAYS_IN.development = True
        router.add_api_route(
            "/development", development_doors.development_sign_in, methods=["POST"]
        )
        router.add_api_route(
            "/development/again", development_doors.development_again, methods=["POST"]
        )
        router.add_api_route(
            "/development/join", development_doors.development_join, methods=["POST"]
        )
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


async def sign_out(request: Request) -> Response:
    """Out: the session ends, and the browser forgets what it held."""
    await end_old(request)
    return without_cookie(to_page("/"))
