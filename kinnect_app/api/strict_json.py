"""Reading a body that a program sent: one meaning or none at all."""

import json
from typing import Any, Final

from fastapi import Request
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope

MOST_BYTES: Final = 100_000


class TooLargeError(Exception):
    """The body is larger than any that makes sense."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        """Keep how large it may be."""
        super().__init__()
        self.most_bytes = most_bytes


class StrictRequest(Request):
    """A request whose JSON names nothing twice and holds no number that is none."""

    def __init__(self, scope: Scope, receive: Receive, most_bytes: int = MOST_BYTES) -> None:
        """Take it as the framework does, and no more bytes than these."""
        super().__init__(scope, receive)
        self._most_bytes = most_bytes

    async def body(self) -> bytes:
        """The bytes.

        Raises:
            TooLargeError: There are too many.
        """
        try:
            content = await super().body()
        except ClientDisconnect:
            raise TooLargeError(self._most_bytes) from None
        if len(content) > self._most_bytes:
            raise TooLargeError(self._most_bytes)
        return content

    async def json(self) -> Any:  # noqa: ANN401  # whatever JSON can hold
        """What the bytes say.

        Raises:
            JSONDecodeError: They are no JSON, or say something twice.
        """
        content = await self.body()
        try:
            return json.loads(
                content.decode(), object_pairs_hook=_each_once, parse_constant=_no_number
            )
        except json.JSONDecodeError:
            raise
        except (ValueError, RecursionError) as fault:
            raise json.JSONDecodeError(str(fault)[:80] or "too deep", "", 0) from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number of JSON")
