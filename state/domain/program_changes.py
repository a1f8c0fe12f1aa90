"""A change that a program asks for: what can be wrong with it before the record is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from state.domain.change_forms import private_fields, questions_of
from state.domain.change_words import BANK_PURPOSE_WORDS
from state.domain.changes import ChangeAction, ChangeKind
from state.domain.formats.plain_text import text_problem
from state.domain.refusal import Refusal

_LONGEST_ANSWER: Final = 2_000
_LONGEST_REASON: Final = 500
_ACTIONS: Final[Mapping[ChangeKind, frozenset[ChangeAction]]] = {
    ChangeKind.CONTACT: frozenset(ChangeAction),
    ChangeKind.ADDRESS: frozenset(ChangeAction),
    ChangeKind.COMPANY: frozenset({ChangeAction.CHANGE}),
    ChangeKind.SIGNATORY: frozenset({ChangeAction.CHANGE, ChangeAction.END}),
    ChangeKind.BANK_ACCOUNT: frozenset(ChangeAction),
}

KINDS_OF_PROGRAMS: Final = tuple(_ACTIONS)
"""What a program can ask to be changed."""


@dataclass(frozen=True, slots=True)
class AskedChange:
    """What a program asks for; `version` is of the record that it read."""

    kind: ChangeKind
    action: ChangeAction
    subject: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    effective_on: date | None = None
    reason: str = ""
    version: int | None = None


def asked_names(kind: ChangeKind) -> tuple[str, ...]:
    """The names that values of a kind may have."""
    if kind is ChangeKind.SIGNATORY:
        return ("categories",)
    return tuple(one.name for one in questions_of(kind).fields)


def asked_refusals(asked: AskedChange) -> tuple[Refusal, ...]:
    """Every reason to refuse it that needs no record."""
    found: list[Refusal] = []
    if asked.action not in _ACTIONS[asked.kind]:
        can = " or ".join(sorted(one.value for one in _ACTIONS[asked.kind]))
        found.append(Refusal("action", f"Of this kind a program can {can} alone"))
    if wrong := _wrong_subject(asked):
        found.append(Refusal("subject", wrong))
    reason = text_problem("a reason", asked.reason, longest=_LONGEST_REASON)
    if asked.reason and reason:
        found.append(Refusal("reason", reason))
    return (*found, *_wrong_values(asked))


def with_what_is_so(asked: AskedChange, held: Mapping[str, str]) -> dict[str, str]:
    """The values that were sent, over those of the record; nothing private is taken over."""
    names = set(asked_names(asked.kind)) - private_fields(asked.kind)
    taken = held if asked.action is ChangeAction.CHANGE else {}
    return {name: text for name, text in taken.items() if name in names} | dict(asked.values)


def _wrong_subject(asked: AskedChange) -> str:
    if asked.kind is ChangeKind.BANK_ACCOUNT:
        if asked.subject in BANK_PURPOSE_WORDS:
            return ""
        return f"Say which account: {' or '.join(BANK_PURPOSE_WORDS)}"
    if asked.action is ChangeAction.ADD:
        return "Leave it out: what is added gets an id of ours" if asked.subject else ""
    return "" if asked.subject else "Say which record: its id"


def _wrong_values(asked: AskedChange) -> list[Refusal]:
    names = asked_names(asked.kind) if asked.action is not ChangeAction.END else ()
    unknown = [
        Refusal(f"values/{name[:60]}", "There is no such value of this kind")
        for name in asked.values
        if name not in names
    ]
    too_long = [
        Refusal(f"values/{name}", f"It must be {_LONGEST_ANSWER} characters or fewer")
        for name, text in asked.values.items()
        if name in names and len(text) > _LONGEST_ANSWER
    ]
    return [*unknown, *too_long]
