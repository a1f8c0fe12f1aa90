"""What the change engine asks of each kind of record: what is so, and writing what is agreed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.changes import ChangeAction
from state.domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Held:
    """A record as it stands: its text by field (private fields sealed), and its version."""

    values: Mapping[str, str]
    row_version: int
    title: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change to a record, as it would be written.

    `seen` is what was so when it was begun; `by` is whose decision writes it, once it is written.
    """

    organisation_id: int | None
    subject: str
    action: ChangeAction
    values: Mapping[str, str]
    effective_on: date
    made_by: int
    change_id: str
    seen: Mapping[str, str] = field(default_factory=dict)
    by: Actor | None = None


class Lookup(Protocol):
    """Finds a record of a company; `to_change` keeps others from writing it meanwhile."""

    def __call__(
        self, session: Session, organisation_id: int | None, subject: str, *, to_change: bool = ...
    ) -> Held | None:
        """The record, or none."""


@dataclass(frozen=True, slots=True)
class Register:
    """One kind of record. `refusals` are the reasons that only the record itself can give.

    `is_dated`: what is written has its own date, so it is written as soon as all have agreed.
    """

    held: Lookup
    apply: Callable[[Session, Wanted, datetime], None]
    title: Callable[[Mapping[str, str]], str]
    refusals: Callable[[Session, Wanted], tuple[Refusal, ...]]
    is_dated: bool = False
