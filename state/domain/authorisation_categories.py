"""The categories of Authorised Signatory (BSCP38), each with its dates."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import yaml

from state.domain.dated_values import DatedText, agreed, in_force

CATEGORY_A: Final = "A"
"""The one category that appoints the others and may sign for everything (BSCP38 1.3)."""

CATEGORY: Final = "category"
"""What their names are among reference data."""


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
        replace(category, name=_name_on(category, day))
        for category in _categories()
        if category.since <= day and (category.until is None or day <= category.until)
    )


def every_category() -> tuple[AuthorisationCategory, ...]:
    """All of them as their file says, those that have ended too."""
    return _categories()


def dated_names(category: AuthorisationCategory) -> tuple[DatedText, ...]:
    """Every name of a category with its date: that of the file, then those that were agreed."""
    filed = DatedText(category.since, category.name, f"BSCP38, {category.evidence}")
    return (filed, *agreed(CATEGORY, category.code))


def _name_on(category: AuthorisationCategory, day: date) -> str:
    found = in_force(dated_names(category), day)
    return found.value if found else category.name


@cache
def _categories() -> tuple[AuthorisationCategory, ...]:
    text = (resources.files("state.domain") / "authorisation_categories.yaml").read_text("utf-8")
    return tuple(AuthorisationCategory(**row) for row in yaml.safe_load(text))
