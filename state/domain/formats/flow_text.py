"""Text that goes into the market's data flows: the character set of the NETA IDD (Part 1)."""

import re
import unicodedata

from state.domain.formats.plain_text import sentence, tidy

SYMBOLS = "! \" # % & ' ( ) * + , - . / : ; = ? @ [ \\ ] ^ _ { }"
"""The symbols allowed, for a hint."""

PATTERN = r"[A-Za-z0-9 !\"#%&'()*+,\-./:;=?@\[\\\]^_{}]*"
_ALLOWED = re.compile(PATTERN)
_PLAIN = str.maketrans(
    {
        "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "ß": "ss", "æ": "ae", "Æ": "AE",
        "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "þ": "th",
        "Þ": "Th", "ð": "d", "Ð": "D", "€": "EUR", "£": "GBP",
    }
)  # fmt: skip

normal = tidy
"""Text as it is kept."""


def problem(text: str, thing: str = "some text") -> str | None:
    """What is wrong with text for a flow; or None."""
    line = tidy(text)
    if not line:
        return f"Enter {thing}"
    if not _ALLOWED.fullmatch(line):
        return (
            f"{sentence(thing)} must only include letters, numbers, spaces and the symbols listed"
        )
    return None


def suggestion(text: str) -> str | None:
    """The same text in the allowed characters, where that needs no guessing; or None."""
    spelled = unicodedata.normalize("NFKD", tidy(text).translate(_PLAIN))
    plain = "".join(each for each in spelled if not unicodedata.combining(each))
    return plain if plain and plain != tidy(text) and _ALLOWED.fullmatch(plain) else None
