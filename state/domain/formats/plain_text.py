"""What may be typed into a field: said once, for every form and every file."""

import re
import sys
import unicodedata


def tidy(text: str) -> str:
    """The same text in composed Unicode, without space at its ends or doubled inside a line."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def text_problem(thing: str, text: str, *, longest: int, needed: bool = True) -> str | None:
    """What is wrong with a line of text, in words for the person who typed it; or None.

    Control, direction-changing, invisible and unassigned characters and emoji are refused: they
    hide what a reader would see.
    """
    if not text:
        return f"Enter {thing}" if needed else None
    if len(text) > longest:
        return f"{sentence(thing)} must be {longest:,} characters or fewer"
    if hidden := _hidden(text):
        return f"{sentence(thing)} must not include {hidden}"
    return None


def problem(text: str, thing: str = "some text") -> str | None:
    """What is wrong with text of any length; or None."""
    return text_problem(thing, tidy(text), longest=sys.maxsize)


normal = tidy
"""Text as it is kept."""


def squeezed(code: str) -> str:
    """A code without what copying brings along: spaces, invisible characters, odd hyphens."""
    composed = unicodedata.normalize("NFKC", code)
    kept = (
        "-" if unicodedata.category(character) == "Pd" else character
        for character in composed
        if not character.isspace() and unicodedata.category(character) not in {"Cf", "Cc"}
    )
    return "".join(kept).upper()


def sentence(thing: str) -> str:
    """A thing at the start of a sentence: `a full name` is `Full name`."""
    words = re.sub(r"^(a|an|the|your) ", "", thing)
    return words[0].upper() + words[1:]


def _hidden(text: str) -> str | None:
    kinds = {
        "Cc": "control characters",
        "Cf": "invisible or direction-changing characters",
        "Cs": "broken characters",
        "Co": "private characters",
        "Cn": "unassigned characters",
        "So": "emoji or pictures",
    }
    for character in text:
        if character != "\n" and (kind := kinds.get(unicodedata.category(character))):
            return kind
    return None
