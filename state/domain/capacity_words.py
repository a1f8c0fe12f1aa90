"""What a person is for a company, in words."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from state.domain.actor import Authorisation
from state.domain.authorisation_categories import categories_on
from state.domain.permissions import Capacity

_WORDS: Final = {
    Capacity.CATEGORY_A: "Category A",
    Capacity.ASSISTANT: "Assistant",
    Capacity.VIEWER: "Viewer",
    Capacity.INDIVIDUAL: "Yourself",
}


def capacity_words(
    capacity: Capacity | None, authorisations: Iterable[Authorisation], on: date
) -> str:
    """`Category A`, `Assistant`, or what a signatory of other categories may sign."""
    if capacity is None:
        return ""
    if capacity is not Capacity.SIGNATORY:
        return _WORDS[capacity]
    letters = {held.category for held in authorisations}
    return "Signatory: " + ", ".join(
        category.words for category in categories_on(on) if category.code in letters
    )
