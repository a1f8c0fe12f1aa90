"""Signing in at an identity provider: OpenID Connect, code flow with PKCE, through Authlib.

Authlib's defaults let seven of 65 bad answers in (`security.md` section 0.6); every check that it
leaves out is made here. What goes wrong is logged by its class and answered by one stable message.
"""

import json
import time
import warnings
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from authlib.deprecate import AuthlibDeprecationWarning
from starlette.requests import Request
from starlette.responses import Response

from kinnect_app.settings import settings
from state.services import sign_in_attempts
from state.services.sessions import Identity
from state.ui.session import ask, clock

warnings.simplefilter("ignore", AuthlibDeprecationWarning)  # its note to itself about httpx
from authlib.integrations.starlette_client import (  # noqa: E402
    OAuth,
    OAuthError,
    StarletteIntegration,
)

__all__ = ["OAuthError", "finish", "start"]

_ALGORITHMS = ["RS256", "ES256", "PS256"]
_TIMEOUT_SECONDS = 5.0
_METADATA_SECONDS = 3600
_LEEWAY_SECONDS = 30
_FRESH_SECONDS = 600
_LONGEST_SUBJECT = 255
_TABS = 5


class _Attempts:
    """Where Authlib keeps a sign-in under way: in our database, so it is used once."""

    async def get(self, key: str) -> str | None:
        return await ask(sign_in_attempts.recall, key=key, now=clock())

    async def set(self, key: str, value: str, expires_in: int = _FRESH_SECONDS) -> None:
        lasts = timedelta(seconds=min(expires_in, _FRESH_SECONDS))
        await ask(sign_in_attempts.remember, key=key, data=value, now=clock(), lasts=lasts)

    async def delete(self, key: str) -> None:
        await ask(sign_in_attempts.forget, key=key)


class _ManyTabs(StarletteIntegration):  # type: ignore[misc]  # Authlib has no types
    """Authlib keeps one sign-in a browser; the newest five let two tabs both work."""

    async def set_state_data(self, session: dict[str, Any] | None, state: str, data: Any) -> None:  # noqa: ANN401
        prefix = f"_state_{self.name}_"
        await self.cache.set(prefix + state, json.dumps({"data": data}), self.expires_in)
        held = session if session is not None else {}
        known = sorted(
            (key for key in held if key.startswith(prefix)), key=lambda key: held[key].get("exp", 0)
        )
        for key in known[: max(len(known) - _TABS + 1, 0)]:
            held.pop(key)
        held[prefix + state] = {"exp": time.time() + self.expires_in}


class _Provider(OAuth):  # type: ignore[misc]
    framework_integration_cls = _ManyTabs


async def start(request: Request) -> Response:
    """Send the browser to the provider."""
    await _metadata()
    answer: Response = await _client().authorize_redirect(
        request, f"{settings().origin}/auth/callback"
    )
    return answer


async def finish(request: Request) -> Identity:
    """Who came back from the provider.

    Raises:
        OAuthError: An answer that is not wholly as it should be; and whatever else Authlib raises.
    """
    if not request.query_params.get("code"):
        raise OAuthError("no_code", "the provider sent no code")
    metadata = await _metadata()
    if (
        metadata.get("authorization_response_iss_parameter_supported")
        and request.query_params.get("iss") != settings().oidc_issuer
    ):
        raise OAuthError("mix_up", "RFC 9207: the answer is not from our issuer")
    token = await _client().authorize_access_token(
        request, claims_options=_claims(), leeway=_LEEWAY_SECONDS
    )
    return _identity(token.get("userinfo") or {})


async def _metadata() -> dict[str, Any]:
    """The provider's own description: from our issuer and no other, read again every hour."""
    client = _client()
    kept: dict[str, Any] = client.server_metadata
    if time.time() - kept.get("_loaded_at", 0) > _METADATA_SECONDS:
        kept.clear()
    try:
        found: dict[str, Any] = await client.load_server_metadata()
        _check_metadata(found)
    except Exception:
        client.server_metadata.clear()
        raise
    found["id_token_signing_alg_values_supported"] = _ALGORITHMS
    return found


def _check_metadata(found: dict[str, Any]) -> None:
    issuer = settings().oidc_issuer
    if found.get("issuer") != issuer:
        raise OAuthError("bad_issuer", "the description is of another issuer")
    for endpoint in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if urlsplit(found.get(endpoint, "")).scheme != urlsplit(issuer).scheme:
            raise OAuthError("bad_metadata", endpoint)


def _claims() -> dict[str, dict[str, Any]]:
    must = {"essential": True}
    return {
        "iss": {**must, "value": settings().oidc_issuer},
        "aud": {**must, "value": settings().oidc_client_id},
        "sub": must,
        "exp": must,
        "iat": must,
        "nonce": must,
    }


def _identity(claims: dict[str, Any]) -> Identity:
    now, issued = time.time(), claims.get("iat")
    if not isinstance(issued, int | float) or not -_FRESH_SECONDS < issued - now < _LEEWAY_SECONDS:
        raise OAuthError("bad_iat", "the ID token is not fresh")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise OAuthError("bad_sub", "the subject is not usable")
    audience = claims.get("aud")
    if isinstance(audience, list) and audience != [settings().oidc_client_id]:
        raise OAuthError("bad_aud", "the ID token is for others too")
    provider_session = claims.get("sid")
    return Identity(
        issuer=settings().oidc_issuer,
        subject=subject,
        method="oidc",
        issuer_session=provider_session if isinstance(provider_session, str) else None,
    )


@cache
def _client() -> Any:  # noqa: ANN401  # Authlib has no types
    provider = _Provider(cache=_Attempts())
    return provider.register(
        "provider",
        client_id=settings().oidc_client_id,
        client_secret=settings().oidc_client_secret.get_secret_value(),
        server_metadata_url=settings().oidc_issuer + "/.well-known/openid-configuration",
        code_challenge_method="S256",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "timeout": _TIMEOUT_SECONDS,
            "follow_redirects": False,
        },
    )
