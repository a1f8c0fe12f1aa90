"""The list of signatories is confirmed each year (`customer.md` 2.5): by when, and its seal."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from state.domain.dates import months_after
from state.domain.rules import signatories_confirmed_months


@dataclass(frozen=True, slots=True, order=True)
class ListedSignatory:
    """One line of the list: who signs, for what, since when."""

    name: str
    signs_for: str
    since: str


def confirmation_due_on(last: date) -> date:
    """By when the list is confirmed again, a while after the last time or the accession."""
    return months_after(last, signatories_confirmed_months(last))


def written(lines: Iterable[ListedSignatory]) -> str:
    """The list as it is kept: the same list gives the same text."""
    return json.dumps([asdict(line) for line in sorted(lines)], ensure_ascii=False)


def read(text: str) -> tuple[ListedSignatory, ...]:
    """A list that was kept."""
    return tuple(ListedSignatory(**line) for line in json.loads(text))


def digest_of_list(lines: Iterable[ListedSignatory]) -> str:
    """The SHA-256 over the list: what a confirmation signs."""
    return hashlib.sha256(written(lines).encode()).hexdigest()
