"""Signing in at an identity provider: OpenID Connect, code flow with PKCE, through Authlib.

Authlib's defaults let seven of 65 bad answers in (`security.md` section 0.6); every check that it
leaves out is made here or in `claims.py`. What goes wrong is logged by its class and answered by
one stable message.
"""

import json
import re
import time
import warnings
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from authlib.deprecate import AuthlibDeprecationWarning
from starlette.requests import Request
from starlette.responses import Response

from kinnect_app.identity.claims import check_signed_in_since, demanded, identity_of
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

__all__ = [
    "ALGORITHMS",
    "Errand",
    "OAuthError",
    "described",
    "finish",
    "leave",
    "left",
    "provider_keys",
    "start",
]

ALGORITHMS: Final = ("RS256", "ES256", "PS256")
_TIMEOUT_SECONDS = 5.0
_METADATA_SECONDS = 3600
_LEEWAY_SECONDS = 30
_FRESH_SECONDS = 600
_TABS = 5
_COOL_DOWN_SECONDS = 60
_KEYS_READ = [float("-inf")]
_ENTRA_CONTEXT = re.compile(r"c\d{1,2}")


@dataclass(frozen=True, slots=True)
class Errand:
    """What a sign-in is for: the page to go to, and whether it is to be made afresh, since when."""

    next_page: str = ""
    is_again: bool = False
    since: float = 0.0


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


async def start(request: Request, *, next_page: str = "", is_again: bool = False) -> Response:
    """Send the browser to the provider; `is_again` lets it rely on no earlier sign-in."""
    await described()
    answer: Response = await _client().authorize_redirect(
        request, f"{settings().origin}/auth/callback", **_asked(is_again=is_again)
    )
    state = parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]
    errand = Errand(next_page, is_again, time.time())
    await _Attempts().set(_errand_key(state), json.dumps(asdict(errand)))
    return answer


async def finish(request: Request) -> tuple[Identity, Errand]:
    """Who came back from the provider, and what for.

    Raises:
        OAuthError: An answer that is not wholly as it should be; and whatever else Authlib raises.
        NoSecondFactorError: Nothing says that there was a second factor.
    """
    if not request.query_params.get("code"):
        raise OAuthError("no_code", "the provider sent no code")
    metadata = await described()
    if (
        metadata.get("authorization_response_iss_parameter_supported")
        and request.query_params.get("iss") != settings().oidc_issuer
    ):
        raise OAuthError("mix_up", "RFC 9207: the answer is not from our issuer")
    token = await _client().authorize_access_token(
        request, claims_options=demanded(), leeway=_LEEWAY_SECONDS
    )
    claims, errand = token.get("userinfo") or {}, await _errand(request)
    identity = identity_of(claims, str(token.get("id_token", "")))
    if errand.is_again:
        check_signed_in_since(claims, errand.since)
    return identity, errand


async def leave(request: Request, id_token: str) -> str:
    """The address at the provider where the sign-in ends there too; empty where it has none."""
    if not id_token or not (await described()).get("end_session_endpoint"):
        return ""
    answer: Response = await _client().logout_redirect(
        request,
        post_logout_redirect_uri=f"{settings().origin}/auth/signed-out",
        id_token_hint=id_token,
        client_id=settings().oidc_client_id,
    )
    return answer.headers["location"]


async def left(request: Request) -> bool:
    """Whether the browser comes back from a sign-out that it began here."""
    try:
        await _client().validate_logout_response(request)
    except OAuthError:
        return False
    return True


def _asked(*, is_again: bool) -> dict[str, str]:
    """What more is asked of the provider: a fresh sign-in, a second factor."""
    asked = {"prompt": "login", "max_age": "0"} if is_again else {}
    values = sorted(settings().acr_values)
    if values:
        asked["acr_values"] = " ".join(values)
    if contexts := [value for value in values if _ENTRA_CONTEXT.fullmatch(value)]:
        which = {"value": contexts[0]} if len(contexts) == 1 else {"values": contexts}
        asked["claims"] = json.dumps({"id_token": {"acrs": {"essential": True, **which}}})
    return asked


async def _errand(request: Request) -> Errand:
    """The errand of a sign-in whose state Authlib has just found to be of this browser."""
    key = _errand_key(request.query_params.get("state", ""))
    kept = await _Attempts().get(key)
    if kept is None:
        raise OAuthError("no_errand", "the sign-in took too long")
    await _Attempts().delete(key)
    return Errand(**json.loads(kept))


def _errand_key(state: str) -> str:
    return f"errand_{state}"


async def provider_keys(*, anew: bool) -> dict[str, Any] | None:
    """The provider's public keys. A stranger can have them read anew only once a minute.

    None where they were read anew less than a minute ago.
    """
    await described()
    if anew:
        if time.monotonic() - _KEYS_READ[-1] < _COOL_DOWN_SECONDS:
            return None
        _KEYS_READ[:] = [time.monotonic()]
    keys: dict[str, Any] = await _client().fetch_jwk_set(force=anew)
    return keys


async def described() -> dict[str, Any]:
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
    found["id_token_signing_alg_values_supported"] = list(ALGORITHMS)
    return found


def _check_metadata(found: dict[str, Any]) -> None:
    issuer = settings().oidc_issuer
    if found.get("issuer") != issuer:
        raise OAuthError("bad_issuer", "the description is of another issuer")
    for endpoint in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if urlsplit(found.get(endpoint, "")).scheme != urlsplit(issuer).scheme:
            raise OAuthError("bad_metadata", endpoint)


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
