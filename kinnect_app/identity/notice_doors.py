"""Where the identity provider tells us that somebody is signed out: no browser stands behind it."""

import logging
from typing import Any, Final

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from kinnect_app.identity.browser_session import peer_of
from kinnect_app.identity.limits import too_many_notices
from kinnect_app.identity.notices import (
    LOGOUT_TOKEN,
    REVOCATION_TOKEN,
    BadNoticeError,
    check_is_logout,
    proven,
)
from kinnect_app.settings import settings
from state.services.provider_notices import (
    THE_PROVIDER,
    NobodyMeantError,
    Notice,
    SpentNoticeError,
    obey_notice,
)
from state.ui.session import ask, clock

_log = logging.getLogger("kinnect.doors")
_UNAVAILABLE: Final = 503


async def backchannel_logout(request: Request) -> Response:
    """OpenID Connect Back-Channel Logout: end the sessions of a provider's session or subject."""
    if too_many_notices(peer_of(request)):
        return Response(status_code=429)
    try:
        token = (await request.form()).get("logout_token")
        claims = await proven(
            str(token or ""), kind=LOGOUT_TOKEN, audience=settings().oidc_client_id
        )
        check_is_logout(claims)
        await _obey(
            Notice(
                issuer=settings().oidc_issuer,
                key=claims["jti"],
                subject=claims.get("sub", ""),
                issuer_session=claims.get("sid", ""),
            )
        )
    except (BadNoticeError, SpentNoticeError) as fault:
        return _refused(fault, 400)
    except NobodyMeantError:
        pass  # signed out here already, which is what was asked for
    except Exception as fault:  # noqa: BLE001  # the provider may try again; it sees no stack
        return _failed(fault)
    return Response(status_code=200, headers={"Cache-Control": "no-store"})


async def global_token_revocation(request: Request) -> Response:
    """Okta's Universal Logout: end every session of a person."""
    if too_many_notices(peer_of(request)):
        return Response(status_code=429)
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    audience = f"{settings().origin}/auth/global-token-revocation"
    try:
        claims = await proven(token, kind=REVOCATION_TOKEN, audience=audience)
    except BadNoticeError as fault:
        return _refused(fault, 401)
    except Exception as fault:  # noqa: BLE001
        return _failed(fault)
    try:
        await _obey(await _revocation(request, claims["jti"]))
    except (BadNoticeError, SpentNoticeError) as fault:
        return _refused(fault, 400)
    except NobodyMeantError:
        return Response(status_code=404)
    return Response(status_code=204)


async def _revocation(request: Request, key: str) -> Notice:
    """Whom the body means: by issuer and subject or, to end sessions only, by an e-mail address."""
    try:
        body: Any = await request.json()
        meant = body["sub_id"]
        named = {name: str(meant[name]) for name in _NAMED_BY[meant["format"]]}
    except (ValueError, KeyError, TypeError) as fault:
        raise BadNoticeError("sub_id") from fault
    issuer = settings().oidc_issuer
    if named.get("iss", issuer) != issuer or not all(named.values()):
        raise BadNoticeError("sub_id")
    return Notice(issuer, key, subject=named.get("sub", ""), email=named.get("email", ""))


_NAMED_BY: Final = {"iss_sub": ("iss", "sub"), "email": ("email",)}


async def _obey(notice: Notice) -> None:
    ended = await ask(obey_notice, actor=THE_PROVIDER, notice=notice, now=clock())
    _log.info("the provider ended %d sessions", ended)


def _refused(fault: Exception, status: int) -> Response:
    _log.warning("notice refused: %s", fault)
    return JSONResponse({"error": "invalid_request"}, status, headers={"Cache-Control": "no-store"})


def _failed(fault: Exception) -> Response:
    _log.warning("notice could not be proven: %s", type(fault).__name__)
    return Response(status_code=_UNAVAILABLE)
