"""An identity provider that lies: the code it is asked with says how its ID token is wrong."""

import base64
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})


class Forger(ThreadingHTTPServer):
    """The nonce of the sign-in under way is handed over by the test."""

    daemon_threads = True
    nonce = ""
    subject = "ann"
    provider_session = "s-1"
    keys_asked_for = 0

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def described(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "authorization_response_iss_parameter_supported": True,
        }

    def token(self, how: str) -> dict[str, Any]:
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": "kinnect",
            "sub": self.subject,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            "amr": ["pwd", "otp"],
            "auth_time": now,
            "sid": self.provider_session,
        }
        claims |= SAYINGS.get(how, lambda _: {})(now)
        for name in [name for name, value in claims.items() if value is MISSING]:
            del claims[name]
        answer = {"access_token": "a", "token_type": "Bearer", "expires_in": 300}
        return answer if how == "no id token" else {**answer, "id_token": self._signed(how, claims)}

    def _signed(self, how: str, claims: dict[str, Any]) -> str:
        if how in {"not signed", "signed with the public key as a secret"}:
            return _by_hand({"kid": "k1"}, claims, how)
        key = OTHER_KEY if how == "signed with another key" else KEY
        token = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, key)
        return token[:-8] + "AAAAAAAA" if how == "signature tampered with" else token


MISSING = object()
WRONG_CLAIMS = {
    "another audience": lambda _: {"aud": "someone-else"},
    "another audience, azp us": lambda _: {"aud": "someone-else", "azp": "kinnect"},
    "an audience more": lambda _: {"aud": ["kinnect", "someone-else"]},
    "no audience": lambda _: {"aud": MISSING},
    "another issuer": lambda _: {"iss": "https://evil.example"},
    "no issuer": lambda _: {"iss": MISSING},
    "another nonce": lambda _: {"nonce": "x"},
    "no nonce": lambda _: {"nonce": MISSING},
    "expired": lambda now: {"exp": now - 120},
    "no expiry": lambda _: {"exp": MISSING},
    "a day old": lambda now: {"iat": now - 86_400},
    "from tomorrow": lambda now: {"iat": now + 86_400},
    "issue time is text": lambda _: {"iat": "now"},
    "no issue time": lambda _: {"iat": MISSING},
    "no subject": lambda _: {"sub": MISSING},
    "empty subject": lambda _: {"sub": ""},
    "subject is a list": lambda _: {"sub": ["ann"]},
    "factors are a number": lambda _: {"amr": 2},
    "factors are no list": lambda _: {"amr": "pwd otp"},
    "subject too long": lambda _: {"sub": "a" * 256},
}
WITHOUT_SECOND_FACTOR = {
    "a password alone": lambda _: {"amr": ["pwd"]},
    "no factors": lambda _: {"amr": MISSING},
    "a factor in a list in a list": lambda _: {"amr": [["otp"]]},
    "another context": lambda _: {"amr": MISSING, "acr": "0", "acrs": ["c9"]},
}
WITH_SECOND_FACTOR = {
    "a context of Entra ID": lambda _: {"amr": MISSING, "acrs": ["c1"]},
    "a level of Okta": lambda _: {"amr": MISSING, "acr": "urn:okta:loa:2fa:any"},
    "a security key": lambda _: {"amr": ["pwd", "hwk"]},
}
NOT_SIGNED_IN_AGAIN = {
    "signed in an hour ago": lambda now: {"auth_time": now - 3600},
    "does not say when": lambda _: {"auth_time": MISSING},
    "says when in words": lambda _: {"auth_time": "now"},
    "says yes for when": lambda _: {"auth_time": True},
}
SAYINGS = {**WRONG_CLAIMS, **WITHOUT_SECOND_FACTOR, **WITH_SECOND_FACTOR, **NOT_SIGNED_IN_AGAIN}
FORGERIES = [
    *WRONG_CLAIMS,
    "not signed",
    "signed with another key",
    "signed with the public key as a secret",
    "signature tampered with",
    "no id token",
]


def notice(claims: dict[str, Any], *, kind: str = "logout+jwt", how: str = "") -> str:
    """A notice of the provider's, signed with its key; `how` says what is wrong with that."""
    header = {"alg": "RS256", "kid": "k1", "typ": kind}
    if how in {"not signed", "signed with the public key as a secret"}:
        return _by_hand(header, claims, how)
    return jwt.encode(header, claims, OTHER_KEY if how == "signed with another key" else KEY)


def _by_hand(header: dict[str, Any], claims: dict[str, Any], how: str) -> str:
    """What no sound library signs: by nobody, or by the public key taken for a secret."""
    header = {**header, "alg": "none" if how == "not signed" else "HS256"}
    signed = b".".join(_base64(json.dumps(part).encode()) for part in (header, claims))
    if how == "not signed":
        return f"{signed.decode()}."
    secret = KEY.as_pem(private=False)
    return f"{signed.decode()}.{_base64(hmac.digest(secret, signed, 'sha256')).decode()}"


def _base64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


class _Answers(BaseHTTPRequestHandler):
    server: Forger

    def do_GET(self) -> None:
        if self.path.endswith("openid-configuration"):
            self._json(self.server.described())
        else:
            self.server.keys_asked_for += 1
            self._json({"keys": [KEY.as_dict(private=False)]})

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        self._json(self.server.token(form["code"][0]))

    def _json(self, answer: Any) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def forging() -> Iterator[Forger]:
    """A forger on a free port."""
    forger = Forger(("127.0.0.1", 0), _Answers)
    threading.Thread(target=forger.serve_forever, daemon=True).start()
    try:
        yield forger
    finally:
        forger.shutdown()
        forger.server_close()
