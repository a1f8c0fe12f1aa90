"""The categories of Authorised Signatory (BSCP38), each with its dates."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import yaml

CATEGORY_A: Final = "A"
"""The one category that appoints the others and may sign for everything (BSCP38 1.3)."""


@dataclass(frozen=True, slots=True)
class AuthorisationCategory:
    """One letter, what it is for, and how sure we are of that."""

    code: str
    name: str
    evidence: str
    since: date
    until: date | None = None

    @property
    def words(self) -> str:
        """The name first, the letter second."""
        return f"{self.name} ({self.code})"


def categories_on(day: date) -> tuple[AuthorisationCategory, ...]:
    """The categories that can be held on a day, in order of letter."""
    return tuple(
        category
        for category in _categories()
        if category.since <= day and (category.until is None or day <= category.until)
    )


@cache
def _categories() -> tuple[AuthorisationCategory, ...]:
    text = (resources.files("state.domain") / "authorisation_categories.yaml").read_text("utf-8")
    return tuple(AuthorisationCategory(**row) for row in yaml.safe_load(text))
