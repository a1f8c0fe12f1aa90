"""The name of a person, or of a desk that answers for one."""

import re

from state.domain.formats.plain_text import sentence, text_problem, tidy

LONGEST = 60
_ALLOWED = re.compile(r"[\w ’'.,&()-]*")

normal = tidy
"""A name as it is kept."""


def problem(text: str, thing: str = "a full name") -> str | None:
    """What is wrong with a name; or None. Letters of every script are letters."""
    name = tidy(text)
    if wrong := text_problem(thing, name, longest=LONGEST):
        return wrong
    if not any(character.isalpha() for character in name):
        return f"Enter {thing}"
    if "_" in name or not _ALLOWED.fullmatch(name):
        return (
            f"{sentence(thing)} must only include letters, numbers, spaces, apostrophes, hyphens, "
            "commas, full stops, brackets and &"
        )
    return None
