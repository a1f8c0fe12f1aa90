"""Access for a company: what a member is, and when their access can end or change."""

from collections.abc import Iterable
from datetime import date, timedelta

from state.domain.actor import Authorisation
from state.domain.authorisation_categories import CATEGORY_A
from state.domain.permissions import Capacity
from state.domain.refusal import Refusal
from state.domain.rules import access_confirmed_every_days


def capacity_of(kind: str, held: Iterable[Authorisation]) -> Capacity:
    """What a member is: a signatory is what their categories make of them."""
    letters = set(held)
    if kind != Capacity.SIGNATORY:
        return Capacity(kind)
    if Authorisation(CATEGORY_A) in letters:
        return Capacity.CATEGORY_A
    return Capacity.SIGNATORY if letters else Capacity.VIEWER


def confirmed_again_by(confirmed_on: date, today: date) -> date:
    """By when it must be confirmed again that somebody still needs access."""
    return confirmed_on + timedelta(days=access_confirmed_every_days(today))


def end_refusals(
    company: str, *, on: date | None, today: date, nobody_left: bool
) -> tuple[Refusal, ...]:
    """Every reason not to end someone's access on that day."""
    reasons = []
    if on is None:
        reasons.append(Refusal("on", "Enter the day from which the access ends, like 27 3 2027"))
    elif on < today:
        reasons.append(Refusal("on", "Access cannot end in the past. Enter today or a later day"))
    if nobody_left:
        must = f"{company} must always have a Category A signatory. Choose a replacement first"
        reasons.append(Refusal("", must))
    return tuple(reasons)


def kind_refusals(held: str, wanted: str) -> tuple[Refusal, ...]:
    """Every reason not to make them what is wanted."""
    if wanted not in {"viewer", "assistant"}:
        return (Refusal("kind", "Select viewer or assistant"),)
    if held not in {"viewer", "assistant"}:
        return (Refusal("kind", "End what they may sign for first, under signatories"),)
    return ()
