"""Suspending a person: when it may not be done."""

from collections.abc import Iterable

from state.domain.formats.plain_text import text_problem, tidy
from state.domain.refusal import Refusal

_LONGEST_REASON = 500


def reason_refusals(reason: str) -> tuple[Refusal, ...]:
    """A reason is needed, for the trail: why somebody is let in or kept out."""
    wrong = text_problem("a reason", tidy(reason), longest=_LONGEST_REASON)
    return (Refusal("reason", wrong),) if wrong else ()


def suspension_refusals(
    *,
    reason: str,
    is_oneself: bool,
    is_suspended: bool,
    is_last_administrator: bool,
    left_without: Iterable[str],
) -> tuple[Refusal, ...]:
    """Every reason not to suspend somebody; `left_without`: whom nobody could sign for."""
    reasons = list(reason_refusals(reason))
    if is_oneself:
        reasons.append(Refusal("", "You cannot suspend yourself. Ask a colleague"))
    if is_suspended:
        reasons.append(Refusal("", "They are suspended already"))
    if is_last_administrator:
        last = "They are the last administrator. Give the role to someone else first"
        reasons.append(Refusal("", last))
    reasons += [
        Refusal(
            "", f"{company} must always have a Category A signatory. Choose a replacement first"
        )
        for company in left_without
    ]
    return tuple(reasons)
