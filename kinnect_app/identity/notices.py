"""What the identity provider tells us unasked, as a signed token: proven to be its own and new.

OpenID Connect Back-Channel Logout 1.0, section 2.6; Okta signs its Global Token Revocation alike.
"""

import time
from collections.abc import Mapping
from typing import Any, Final, cast

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from kinnect_app.identity.oidc import ALGORITHMS, provider_keys
from kinnect_app.settings import settings

LOGOUT_TOKEN: Final = "logout+jwt"  # noqa: S105  # the name of a kind of token
REVOCATION_TOKEN: Final = "global-token-revocation+jwt"  # noqa: S105

_EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"
_OLDEST_SECONDS: Final = 300
_LEEWAY_SECONDS: Final = 60
_LONGEST_TOKEN: Final = 20_000
_LONGEST_NAME: Final = 255


class BadNoticeError(Exception):
    """The token is not one that the provider made for us just now; says why, for the log."""


async def proven(token: str, *, kind: str, audience: str) -> Mapping[str, Any]:
    """The claims of a token of the provider's, made for us in the last minutes.

    Raises:
        BadNoticeError: It is not.
    """
    if len(token) > _LONGEST_TOKEN:
        raise BadNoticeError("too long")
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError) as fault:
        raise BadNoticeError("no token") from fault
    if header.get("alg") not in ALGORITHMS:
        raise BadNoticeError("algorithm")
    if str(header.get("typ", "")).lower().removeprefix("application/") != kind:
        raise BadNoticeError("kind")
    claims = await _signed(token)
    _check_whose(claims, audience)
    _check_when(claims, time.time())
    if not _is_name(claims.get("jti")):
        raise BadNoticeError("jti")
    return claims


def check_is_logout(claims: Mapping[str, Any]) -> None:
    """A logout token and no ID token: it says the event, names somebody and has no nonce.

    Raises:
        BadNoticeError: It is something else.
    """
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(_EVENT), dict):
        raise BadNoticeError("events")
    if "nonce" in claims:
        raise BadNoticeError("nonce")
    named = [claims[name] for name in ("sub", "sid") if name in claims]
    if not named or not all(_is_name(one) for one in named):
        raise BadNoticeError("nobody")


async def _signed(token: str) -> Mapping[str, Any]:
    """What is signed by a key of the provider's; its keys are read anew when none fits."""
    for anew in (False, True):
        keys = await provider_keys(anew=anew)
        if keys is None:
            break
        try:
            key_set = KeySet.import_key_set(cast("KeySetSerialization", keys))
            claims = jwt.decode(token, key_set, algorithms=[*ALGORITHMS]).claims
        except (JoseError, ValueError):
            continue
        return claims
    raise BadNoticeError("signature")


def _check_whose(claims: Mapping[str, Any], audience: str) -> None:
    if claims.get("iss") != settings().oidc_issuer:
        raise BadNoticeError("issuer")
    if claims.get("aud") not in (audience, [audience]):
        raise BadNoticeError("audience")


def _check_when(claims: Mapping[str, Any], now: float) -> None:
    issued, expires = _number(claims.get("iat")), _number(claims.get("exp", now))
    if issued is None or expires is None:
        raise BadNoticeError("time")
    if not now - _OLDEST_SECONDS < issued < now + _LEEWAY_SECONDS:
        raise BadNoticeError("time")
    if expires < now - _LEEWAY_SECONDS:
        raise BadNoticeError("time")


def _number(value: Any) -> float | None:  # noqa: ANN401  # a token may hold anything
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _is_name(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME
