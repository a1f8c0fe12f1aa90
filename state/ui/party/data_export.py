"""A copy of all that is held about the company, on screen."""

import reflex as rx

from state.domain.dates import spoken_moment
from state.services import data_exports
from state.services.data_exports import ASKED, MADE, MAKING, ExportLine, ExportRefusedError
from state.ui.access import for_people
from state.ui.forms import problems_of
from state.ui.session import ask, clock, company_here

_WORDS = {
    ASKED: ("Waits to be made", "info"),
    MAKING: ("Is being made", "info"),
    MADE: ("Ready", "good"),
}
_GONE = ("No longer there", "plain")
_KILO = 1000


class DataExportState(rx.State):
    """The copies that whoever is here asked for."""

    loaded: bool = False
    copies: list[dict[str, str]] = []
    files: list[dict[str, str]] = []
    is_waiting: bool = False
    problems: dict[str, str] = {}

    @rx.event
    @for_people
    async def load(self):
        """Read them."""
        self.problems = {}
        await _look(self)

    @rx.event
    @for_people
    async def refresh(self):
        """Look again while one is being made."""
        await _look(self)

    @rx.event
    @for_people
    async def ask_for_one(self):
        """Ask for a copy."""
        await _ask_for_one(self)


async def _ask_for_one(screen: DataExportState) -> None:
    actor, organisation_id = await company_here(screen)
    screen.problems = {}
    try:
        await ask(
            data_exports.ask_for_export,
            actor=actor,
            organisation_id=organisation_id,
            now=clock(),
        )
    except ExportRefusedError as refused:
        screen.problems = problems_of(refused)
    await _look(screen)


async def _look(screen: DataExportState) -> None:
    actor, organisation_id = await company_here(screen)
    found = await ask(
        data_exports.exports_of, actor=actor, organisation_id=organisation_id, now=clock()
    )
    newest = next((one for one in found if one.status == MADE), None)
    screen.copies = [_copy(one) for one in found]
    screen.files = [
        {"name": f"{name}.json and {name}.parquet", "rows": f"{rows:,}"}
        for name, rows in (newest.row_counts.items() if newest else ())
    ]
    screen.is_waiting = any(one.status in {ASKED, MAKING} for one in found)
    screen.loaded = True


def _copy(one: ExportLine) -> dict[str, str]:
    words, tone = _WORDS.get(one.status, _GONE)
    is_there = one.status == MADE
    return {
        "asked": spoken_moment(one.asked_at),
        "status": words,
        "tone": tone,
        "until": spoken_moment(one.expires_at) if one.expires_at else "",
        "size": f"{-(-one.bytes // _KILO):,} kB" if one.bytes else "",
        "href": f"/api/v1/account/exports/{one.public_id}" if is_there else "",
    }
