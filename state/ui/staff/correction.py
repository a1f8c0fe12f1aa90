"""Correcting rows on screen: they are found, typed over, and kept as a proposal."""

from datetime import date
from typing import Final
from urllib.parse import urlencode

import reflex as rx

from state.domain.datasets import datasets
from state.domain.dates import is_believable, spoken_date
from state.services import corrections
from state.services.changes import ChangeRefusedError
from state.services.corrections import Correction, RowsToCorrect, RowsWanted
from state.ui.access import for_staff
from state.ui.forms import answer, date_answer, problems_of, unreal_date
from state.ui.session import ask, clock, here

_PARTS: Final = ("dataset", "on", "period", "holds")
"""Which rows: each a part of the address."""

_FIGURES: Final = frozenset({"number", "integer"})


class CorrectionState(rx.State):
    """The rows that the address names, a box a value."""

    loaded: bool = False
    dataset: str = ""
    on: str = ""
    period: str = ""
    holds: str = ""
    box: int = 0
    title: str = ""
    found: str = ""
    columns: list[dict[str, str]] = []
    rows: list[dict[str, str]] = []
    boxes: dict[str, list[dict[str, str]]] = {}
    reason: str = ""
    problems: dict[str, str] = {}

    _cells: dict[str, str] = {}
    _seen: dict[str, str] = {}
    _draft: str = ""

    @rx.event
    @for_staff
    async def load(self):
        """Find the rows that the address names, or those of an own draft."""
        asked = self.router.url.query_parameters
        self.problems, self.rows, self.found, self.reason = {}, [], "", ""
        self._draft = str(asked.get("draft", ""))[:40]
        typed: Correction | None = None
        if self._draft:
            typed = await ask(
                corrections.correction_typed, actor=await here(self), public_id=self._draft
            )
            named = {"dataset": typed.dataset, "on": str(typed.day)}
            self.reason = typed.reason
        else:
            named = {name: str(asked.get(name, ""))[:60] for name in _PARTS}
        for name in _PARTS:
            setattr(self, name, named.get(name, ""))
        self.box += 1
        await _find(self, dict(typed.cells) if typed else {})
        self.loaded = True

    @rx.event
    @for_staff
    async def find(self, form: dict):
        """Go to the rows of a dataset and a day."""
        problems = {} if answer(form, "dataset") else {"dataset": "Choose a dataset"}
        if wrong := unreal_date(form, "on", "The Settlement Date"):
            problems["on"] = wrong.reason
        elif (day := date_answer(form, "on")) is None:
            problems["on"] = "Enter the Settlement Date"
        if answer(form, "period") and _period(answer(form, "period")) is None:
            problems["period"] = "The Settlement Period must be a whole number from 1 to 50"
        self.problems = problems
        if problems:
            return rx.set_focus("error-summary")
        named = {name: answer(form, name)[:60] for name in _PARTS} | {"on": str(day)}
        return rx.redirect(f"/staff/correction?{urlencode(named)}")

    @rx.event
    @for_staff
    async def propose(self, form: dict):
        """Keep what was typed over as a proposal and show it, or say all that is wrong with it."""
        typed = {
            cell: answer(form, name)
            for name, cell in self._cells.items()
            if isinstance(form, dict) and name in form and answer(form, name) != self._seen[cell]
        }
        try:
            public_id = await ask(
                corrections.propose_correction,
                actor=await here(self),
                correction=Correction(
                    self.dataset,
                    _day(self.on) or date.min,
                    typed,
                    self._seen,
                    answer(form, "reason"),
                ),
                now=clock(),
                public_id=self._draft,
            )
        except ChangeRefusedError as refused:
            names = {cell: name for name, cell in self._cells.items()}
            self.problems = {
                names.get(field, field): why for field, why in problems_of(refused).items()
            }
            return rx.set_focus("error-summary")
        return rx.redirect(f"/staff/data-change?id={public_id}")


async def _find(screen: CorrectionState, typed: dict[str, str]) -> None:
    actor, day = await here(screen), _day(screen.on)
    wanted = RowsWanted(
        screen.dataset if screen.dataset in datasets() else "system_prices",
        day or date.min,
        _period(screen.period),
        screen.holds,
    )
    found = await ask(corrections.rows_to_correct, actor=actor, wanted=wanted)
    if day is None or screen.dataset not in datasets():
        return
    screen.title = f"{found.definition.title}, {spoken_date(day)}"
    screen.found = _found_words(found)
    screen.columns = [{"name": one.label, "unit": one.unit or ""} for one in found.columns]
    screen.rows = [{"id": str(number), "words": row.words} for number, row in enumerate(found.rows)]
    screen._seen = {name: text for row in found.rows for name, text in row.cells.items()}
    screen._cells = {
        f"cell-{number}-{place}": name
        for number, row in enumerate(found.rows)
        for place, name in enumerate(row.cells)
    }
    screen.boxes = _boxes(found, typed)


def _boxes(found: RowsToCorrect, typed: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    return {
        str(number): [
            {
                "name": f"cell-{number}-{place}",
                "value": typed.get(name, text),
                "label": f"{row.words}: {column.label}",
                "kind": "figure" if column.type in _FIGURES else "text",
            }
            for place, (column, (name, text)) in enumerate(
                zip(found.columns, row.cells.items(), strict=True)
            )
        ]
        for number, row in enumerate(found.rows)
    }


def _found_words(found: RowsToCorrect) -> str:
    if not found.columns:
        return "Rows of this dataset are not corrected here."
    if not found.total:
        return "No row is held of that. Look at another day, or ask for less."
    shown = len(found.rows)
    if shown < found.total:
        return f"The first {shown} of {found.total:,} rows. Name a period to see others."
    return "1 row." if shown == 1 else f"{shown} rows."


def _day(typed: str) -> date | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if is_believable(day) else None


def _period(typed: str) -> int | None:
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= 2  # noqa: PLR2004
    return int(typed) if is_number and 1 <= int(typed) <= 50 else None  # noqa: PLR2004
