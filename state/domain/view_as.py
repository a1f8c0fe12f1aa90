"""Looking at a company's pages: what reason is reason enough."""

from datetime import date
from typing import Final

from state.domain import rules
from state.domain.formats.plain_text import text_problem, tidy

_LONGEST_REASON: Final = 500


def reason_problem(reason: str, on: date) -> str | None:
    """What is wrong with the reason, which the company reads; or None."""
    said, least = tidy(reason), rules.view_as_reason_least_characters(on)
    if wrong := text_problem("a reason", said, longest=_LONGEST_REASON):
        return wrong
    if len(said) < least:
        return f"Say in at least {least} characters why you look: the company reads it"
    return None
