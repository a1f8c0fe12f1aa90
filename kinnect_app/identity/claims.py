"""What an ID token says, checked: who it is, when and by what factors they signed in.

Okta says the factors in `amr`. Entra ID says them in no ID token of version 2; it says in `acrs`
which authentication contexts were met. Both are read, as is `acr`.
"""

import time
from collections.abc import Mapping
from typing import Any, Final

from authlib.integrations.base_client import OAuthError

from kinnect_app.settings import settings
from state.services.sessions import Identity

Claims = Mapping[str, Any]

_LEEWAY_SECONDS: Final = 30
_FRESH_SECONDS: Final = 600
_SIGNED_IN_BEFORE_SECONDS: Final = 5
_LONGEST_SUBJECT: Final = 255
_LONGEST_FACTORS: Final = 80
_LONGEST_NAME: Final = 80


class NoSecondFactorError(Exception):
    """The provider says of no second factor that it was used."""


def demanded() -> dict[str, dict[str, Any]]:
    """What Authlib must find in the token: it checks no audience unless it is told to."""
    must = {"essential": True}
    return {
        "iss": {**must, "value": settings().oidc_issuer},
        "aud": {**must, "value": settings().oidc_client_id},
        "sub": must,
        "exp": must,
        "iat": must,
        "nonce": must,
    }


def identity_of(claims: Claims, id_token: str) -> Identity:
    """Who signed in.

    Raises:
        OAuthError: A claim is not as it should be.
        NoSecondFactorError: Nothing says that there was a second factor.
    """
    now, issued = time.time(), claims.get("iat")
    if not isinstance(issued, int | float) or not -_FRESH_SECONDS < issued - now < _LEEWAY_SECONDS:
        raise OAuthError("bad_iat", "the ID token is not fresh")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise OAuthError("bad_sub", "the subject is not usable")
    audience = claims.get("aud")
    if isinstance(audience, list) and audience != [settings().oidc_client_id]:
        raise OAuthError("bad_aud", "the ID token is for others too")
    return Identity(
        issuer=settings().oidc_issuer,
        subject=subject,
        method="oidc",
        issuer_session=_text(claims, "sid", _LONGEST_SUBJECT) or None,
        factors=_factors(claims),
        name=_text(claims, "name", _LONGEST_NAME),
        email=_text(claims, "email", _LONGEST_NAME),
        email_is_verified=claims.get("email_verified") is True,
        id_token=id_token,
    )


def check_signed_in_since(claims: Claims, since: float) -> None:
    """Refuse a sign-in that the provider only remembered: Authlib compares no `auth_time`.

    Raises:
        OAuthError: They did not sign in again, or the provider does not say when they did.
    """
    at = claims.get("auth_time")
    if isinstance(at, bool) or not isinstance(at, int | float):
        raise OAuthError("step_up", "auth_time is missing")
    if at < since - _SIGNED_IN_BEFORE_SECONDS:
        raise OAuthError("step_up", "auth_time is not fresh")


def _factors(claims: Claims) -> str:
    """Every factor and every context met, as words.

    Raises:
        NoSecondFactorError: None of them is one that counts as a second.
    """
    factors = _words(claims.get("amr"))
    contexts = [*_words(claims.get("acr")), *_words(claims.get("acrs"))]
    if settings().second_factors.isdisjoint(factors) and settings().acr_values.isdisjoint(contexts):
        raise NoSecondFactorError
    counted = settings().second_factors | settings().acr_values | settings().factors_of_staff
    kept = ""
    for word in sorted({*factors, *contexts}, key=lambda word: (word not in counted, word)):
        kept = f"{kept} {word}".strip() if len(kept) + len(word) < _LONGEST_FACTORS else kept
    return kept


def _words(value: Any) -> list[str]:  # noqa: ANN401  # a provider may send anything
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list):
        return []
    return [word for word in words if isinstance(word, str) and word and " " not in word]


def _text(claims: Claims, name: str, longest: int) -> str:
    """A claim that is text and short enough; one that is longer is none, never cut."""
    value = claims.get(name)
    return value if isinstance(value, str) and len(value) <= longest else ""
