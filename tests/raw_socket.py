"""A websocket client that keeps no rule: what an attacker would write instead of a browser."""

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

NAMESPACE = "/_event"
_HYDRATE = "reflex___state____state.hydrate"
_LONGEST_SECONDS = 30


class RawSocket:
    """One connection; the token is whatever the caller likes."""

    def __init__(self, connection: ClientConnection, token: str) -> None:
        self._connection = connection
        self.token = token

    def send(
        self,
        event: str,
        payload: dict[str, Any] | None = None,
        *,
        path: str = "/",
        wait: float = 0.4,
    ) -> list[Any]:
        """Send an event and gather every answer that comes within the wait."""
        self.post(event, payload, path=path)
        return self.gather(wait)

    def done(self) -> list[Any]:
        """Wait until all that was sent has been done; gives every answer."""
        self.post(_HYDRATE)
        until, answers = time.monotonic() + _LONGEST_SECONDS, []
        while time.monotonic() < until:
            answers += self.gather(0.02)
            if any("is_hydrated_rx_state_" in json.dumps(one) for one in answers):
                return answers
        raise AssertionError("what was sent is not done")

    def post(self, event: str, payload: dict[str, Any] | None = None, *, path: str = "/") -> None:
        """Send an event and do not wait."""
        where = {"pathname": path.split("?", maxsplit=1)[0], "asPath": path, "query": {}}
        message = {
            "token": self.token,
            "name": event,
            "payload": payload or {},
            "router_data": where,
        }
        self._connection.send(f"42{NAMESPACE},{json.dumps(['event', message])}")

    def gather(self, wait: float = 0.4) -> list[Any]:
        """Every message that comes before it has been quiet for the wait."""
        answers = []
        while True:
            try:
                raw = self._connection.recv(timeout=wait)
            except TimeoutError:
                return answers
            text = str(raw)
            if text == "2":
                self._connection.send("3")
            elif text.startswith("42"):
                answers.append(json.loads(text[text.index("[") :])[1])


@contextmanager
def raw_socket(
    origin: str,
    *,
    cookie: str = "",
    token: str = "",
    headers: dict[str, str] | None = None,
) -> Iterator[RawSocket]:
    """Connect as a browser of the origin would, with a cookie or none."""
    token = token or str(uuid.uuid4())
    address = f"{origin.replace('http', 'ws', 1)}/_event/?EIO=4&transport=websocket&token={token}"
    sent = {"Origin": origin, **(headers or {})}
    if cookie:
        sent["Cookie"] = f"kinnect={cookie}"
    origin_header = sent.pop("Origin")
    with connect(
        address, additional_headers=sent, origin=origin_header or None, open_timeout=5
    ) as connection:
        connection.recv(timeout=5)  # engine.io's greeting
        connection.send(f"40{NAMESPACE},")
        connection.recv(timeout=5)
        yield RawSocket(connection, token)


def sign_in(origin: str, subject: str) -> str:
    """The cookie of a person of the demo market."""
    answer = httpx.post(
        f"{origin}/auth/development",
        data={"person": subject},
        headers={"Origin": origin},
        follow_redirects=False,
    )
    assert answer.status_code == 303, answer.text
    return answer.cookies["kinnect"]
