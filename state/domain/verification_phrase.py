"""Phrases by which a signatory is known on the telephone: four plain words."""

import hashlib
import hmac
import re
import secrets
from functools import cache
from importlib import resources
from typing import Final

_WORDS: Final = 4
_SALT_BYTES: Final = 16
_COST: Final = 2**14
_BLOCKS: Final = 8
_LONGEST: Final = 80


def new_phrase() -> str:
    """Four words at random."""
    return " ".join(secrets.choice(plain_words()) for _ in range(_WORDS))


def new_salt() -> str:
    """A salt at random."""
    return secrets.token_hex(_SALT_BYTES)


def hash_of(phrase: str, salt: str) -> str:
    """The scrypt hash of a phrase, however it is spaced and capitalised."""
    said = " ".join(re.findall("[a-z]+", phrase.lower()[:_LONGEST]))
    made = hashlib.scrypt(said.encode(), salt=bytes.fromhex(salt), n=_COST, r=_BLOCKS, p=1)
    return made.hex()


def is_right(phrase: str, salt: str, kept: str) -> bool:
    """Whether it is the phrase whose hash was kept."""
    return hmac.compare_digest(hash_of(phrase, salt), kept)


@cache
def plain_words() -> tuple[str, ...]:
    """Words that are easily said, heard and spelled."""
    text = (resources.files("state.domain") / "plain_words.txt").read_text("utf-8")
    return tuple(text.split())
