"""Where a page ended, so that the next one begins there whatever was added meanwhile."""

import base64
import binascii
import json
import re
from collections.abc import Sequence
from typing import Annotated, Final, TypeVar

from fastapi import Query

from kinnect_app.api.problems import BadRequestError, Fault

_KEY: Final = re.compile(r"[0-9A-Za-z_:-]{1,80}")
_T = TypeVar("_T")

Limit = Annotated[int, Query(ge=1, le=500, description="How many a page holds.")]
"""How many a page holds."""

Cursor = Annotated[
    str, Query(max_length=400, description="The next_cursor of the page before this one.")
]
"""Where the page before this one ended."""


def key_in(cursor: str, of: str) -> str:
    """The key of the last one of the page before; empty for the first page.

    Raises:
        BadRequestError: It is no cursor of this list.
    """
    if not cursor:
        return ""
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
    except (ValueError, binascii.Error, RecursionError):
        found = None
    if (
        not isinstance(found, list)
        or len(found) != len(("list", "key"))
        or found[0] != of
        or not isinstance(found[1], str)
        or not _KEY.fullmatch(found[1])
    ):
        raise BadRequestError([Fault("cursor", "This is no cursor of this list.")])
    return found[1]


def page_of(
    found: Sequence[_T], keys: Sequence[str], limit: int, of: str
) -> tuple[Sequence[_T], str | None]:
    """The page of one more than it holds, and where it ends; None where nothing follows."""
    if len(found) <= limit:
        return found, None
    ends = json.dumps([of, keys[limit - 1]]).encode()
    return found[:limit], base64.urlsafe_b64encode(ends).decode()
