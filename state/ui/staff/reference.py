"""Reference data on screen: by kind, each value with its history."""

from typing import Final

import reflex as rx

from state.domain.change_words import STATUS_WORDS
from state.domain.dated_values import in_force
from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.domain.reference import ReferenceItem, ReferenceKind
from state.services import reference
from state.services.reference import ReferenceData, WaitingValue
from state.ui.access import for_staff
from state.ui.session import ask, clock, here

_PATH: Final = "/staff/reference"
_KINDS: Final = {
    ReferenceKind.FEE: "Fees",
    ReferenceKind.CATEGORY: "Categories",
    ReferenceKind.PARAMETER: "Deadlines",
}


class ReferenceState(rx.State):
    """The items of the chosen kind, and the proposals that wait."""

    loaded: bool = False
    tabs: list[dict[str, str]] = []
    items: list[dict[str, str]] = []
    history: dict[str, list[dict[str, str]]] = {}
    waiting: list[dict[str, str]] = []
    may_propose: bool = False

    @rx.event
    @for_staff
    async def load(self):
        """Read them."""
        actor = await here(self)
        named = str(self.router.url.query_parameters.get("kind", ""))
        kind = ReferenceKind(named) if named in set(ReferenceKind) else ReferenceKind.FEE
        found = await ask(reference.reference_data, actor=actor, kind=kind, now=clock())
        self.may_propose = actor.may(Permission.REFERENCE_PROPOSE)
        self.tabs = [_tab(one, words, kind) for one, words in _KINDS.items()]
        self.items = [_item(one, found) for one in found.items]
        self.history = {one.subject: _history(one, found) for one in found.items}
        self.waiting = [_waiting(one) for one in found.waiting]
        self.loaded = True


def _tab(kind: ReferenceKind, words: str, chosen: ReferenceKind) -> dict[str, str]:
    current = "page" if kind is chosen else "false"
    return {"text": words, "href": f"{_PATH}?kind={kind.value}", "current": current}


def _item(item: ReferenceItem, found: ReferenceData) -> dict[str, str]:
    return {
        "subject": item.subject,
        "name": item.name,
        "now": item.value_on(found.today),
        "unit": item.unit,
        "propose_href": f"/staff/reference-value?id={item.subject}",
    }


def _history(item: ReferenceItem, found: ReferenceData) -> list[dict[str, str]]:
    """The newest first."""
    current = in_force(item.values, found.today)
    return [
        {
            "since": spoken_date(one.since),
            "value": one.value,
            "source": one.source,
            "tag": "To come" if one.since > found.today else "Now" if one == current else "",
        }
        for one in sorted(item.values, key=lambda one: one.since, reverse=True)
    ]


def _waiting(one: WaitingValue) -> dict[str, str]:
    words, tone = STATUS_WORDS[one.status]
    return {
        "title": one.title,
        "status": words,
        "tone": tone,
        "on": spoken_date(one.effective_on),
        "by": "You" if one.is_mine else one.made_by,
        "href": f"/staff/reference-change?id={one.public_id}",
    }
