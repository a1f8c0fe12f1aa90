"""An identity provider that lies: the code it is asked with says how its ID token is wrong."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})


class Forger(ThreadingHTTPServer):
    """The nonce of the sign-in under way is handed over by the test."""

    daemon_threads = True
    nonce = ""

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
            "sub": "ann",
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
        }
        claims |= WRONG_CLAIMS.get(how, lambda _: {})(now)
        for name in [name for name, value in claims.items() if value is MISSING]:
            del claims[name]
        answer = {"access_token": "a", "token_type": "Bearer", "expires_in": 300}
        return answer if how == "no id token" else {**answer, "id_token": self._signed(how, claims)}

    def _signed(self, how: str, claims: dict[str, Any]) -> str:
        if how == "signed with the public key as a secret":
            secret = OctKey.import_key(KEY.as_pem(private=False))
            return jwt.encode({"alg": "HS256", "kid": "k1"}, claims, secret, algorithms=["HS256"])
        if how == "not signed":
            return jwt.encode({"alg": "none"}, claims, OctKey.generate_key(), algorithms=["none"])
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
    "subject too long": lambda _: {"sub": "a" * 256},
}
FORGERIES = [
    *WRONG_CLAIMS,
    "not signed",
    "signed with another key",
    "signed with the public key as a secret",
    "signature tampered with",
    "no id token",
]


class _Answers(BaseHTTPRequestHandler):
    server: Forger

    def do_GET(self) -> None:
        if self.path.endswith("openid-configuration"):
            self._json(self.server.described())
        else:
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
