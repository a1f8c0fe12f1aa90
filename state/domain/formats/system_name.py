"""The name of a company in the market's systems: at most 30 characters of the flows' set."""

from state.domain.formats import flow_text
from state.domain.formats.plain_text import tidy

LONGEST = 30  # NETA IDD Part 1: text(30)

normal = tidy
"""A name as it is kept."""


def problem(text: str) -> str | None:
    """What is wrong with a system name; or None."""
    name = tidy(text)
    if len(name) > LONGEST:
        return f"System name must be {LONGEST} characters or fewer"
    return flow_text.problem(name, "a system name")
