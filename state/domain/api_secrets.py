"""Secrets of programs: 256 random bits behind a mark by which a leaked one is found anywhere.

The last eight characters are a checksum: what was mistyped or invented never reaches the record.
"""

import hashlib
import re
import secrets
import zlib
from typing import Final

_SECRET: Final = re.compile(r"(kin_[st][0-9a-f]{64})([0-9a-f]{8})")


def new_client_secret() -> str:
    """The secret of a program."""
    return _new("kin_s")


def new_access_token() -> str:
    """What a program shows for a quarter of an hour."""
    return _new("kin_t")


def is_well_formed(text: str) -> bool:
    """Whether it can be one of ours at all."""
    found = _SECRET.fullmatch(text)
    return found is not None and found[2] == _checksum(found[1])


def hash_of(secret: str) -> str:
    """What is stored: the SHA-256, which needs no salt because the secret is random."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _new(mark: str) -> str:
    body = mark + secrets.token_hex(32)
    return body + _checksum(body)


def _checksum(body: str) -> str:
    return f"{zlib.crc32(body.encode()):08x}"
