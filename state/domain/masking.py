"""What is left to see of a secret number: enough to tell it from another, not to use it."""

from state.domain.formats import sort_code

_SHOWN = 4


def masked(number: str) -> str:
    """`••••4958`: four dots whatever the length, and the last four of a number long enough."""
    kept = "".join(number.split())
    return "••••" + (kept[-_SHOWN:] if len(kept) >= 2 * _SHOWN - 2 else "")


def masked_sort_code(code: str) -> str:
    """`••-••-30`."""
    kept = sort_code.normal(code)
    return f"••-••-{kept[-2:]}" if sort_code.problem(code) is None else "••-••-••"


def masked_as(kind: str, text: str) -> str:
    """A secret of a kind of format, as it may be shown; nothing stays nothing."""
    if not text:
        return ""
    return masked_sort_code(text) if kind == "sort_code" else masked(text)
