"""Who can do what, on screen: the table of permissions on a day."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

import reflex as rx

from state.domain.dates import is_believable, spoken_date
from state.domain.permissions import Right
from state.domain.who_can_do_what import (
    COMPANY_KINDS,
    STAFF_KINDS,
    Kind,
    Line,
    WhoCanDoWhat,
    everybody_words,
    who_can_do_what,
)
from state.ui.access import for_anyone
from state.ui.forms import date_answer
from state.ui.session import clock

_EVIDENCE = {"confirmed": "Confirmed", "recalled": "To be checked against BSCP38"}


class WhoCanDoWhatState(rx.State):
    """The table of a day, a row a line; a row of the kind `group` is a heading."""

    day: str = ""
    day_iso: str = ""
    company: list[dict[str, str]] = []
    staff: list[dict[str, str]] = []
    everybody: list[dict[str, str]] = []
    machine: list[dict[str, str]] = []
    categories: list[dict[str, str]] = []
    problems: dict[str, str] = {}

    @rx.event
    @for_anyone
    async def load(self):
        """Show today's table."""
        _show(self, who_can_do_what(clock().date()))

    @rx.event
    @for_anyone
    async def choose(self, form: dict):
        """Show the table of another day."""
        day = date_answer(form, "day")
        if day is None or not is_believable(day):
            self.problems = {"day": "Date must be a real date between 2001 and 2100"}
            return rx.set_focus("error-summary")
        return _show(self, who_can_do_what(day))


def _show(screen: WhoCanDoWhatState, table: WhoCanDoWhat) -> None:
    screen.problems = {}
    screen.day, screen.day_iso = spoken_date(table.on), _boxes(table.on)
    screen.company = _rows(table.company, COMPANY_KINDS)
    screen.staff = _rows(table.staff, STAFF_KINDS)
    screen.everybody = [
        {"words": line.words, "who": everybody_words(line)} for line in table.everybody
    ]
    screen.machine = [{"words": line.words} for line in table.machine]
    screen.categories = [
        {
            "words": category.words,
            "evidence": _EVIDENCE[category.evidence],
            "tone": "good" if category.evidence == "confirmed" else "plain",
        }
        for category in table.categories
    ]


def _boxes(day: date) -> str:
    return f"{day.year}-{day.month}-{day.day}"


def _rows(lines: Iterable[Line], kinds: Iterable[Kind]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for group, of_group in groupby(sorted(lines, key=lambda line: line.group), _group):
        rows.append({"kind": "group", "words": group, "permission": f"group {group}"})
        rows += [_row(line, kinds) for line in of_group]
    return rows


def _row(line: Line, kinds: Iterable[Kind]) -> dict[str, str]:
    return {
        "kind": "activity",
        "permission": line.permission.value,
        "words": line.words,
        "categories": line.categories,
        **{kind.key: line.rights.get(kind.key, Right.NO).value for kind in kinds},
    }


def _group(line: Line) -> str:
    return line.group
