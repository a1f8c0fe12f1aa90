"""The audit trail in words, and in cells that no spreadsheet takes for a formula."""

import json
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_OF_COMPANIES: Final = ("fields", "kind", "categories", "status", "reason", "letter", "since")
"""The details that a company reads: what it did itself, and why something was done to it."""


def event_words(event: str) -> str:
    """`Account: contact change approved`, of `account.contact.change_approved`."""
    about, _, what = event.partition(".")
    told = what.replace(".", " ").replace("_", " ")
    return f"{about.replace('_', ' ').capitalize()}: {told}" if told else about.capitalize()


def details_words(details: str, *, of_company: bool = False) -> str:
    """`fields: email, name · rows stored: 36`, from the JSON of an entry."""
    held = json.loads(details)
    shown = [name for name in _OF_COMPANIES if name in held] if of_company else list(held)
    return " · ".join(
        f"{name.replace('_', ' ')}: {_listed(held[name])}"
        for name in shown
        if held[name] not in ("", [], None)
    )


def harmless_cell(text: str) -> str:
    """The text as a spreadsheet shows it and never as it would reckon it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
