"""Data and API on screen: what is held of each public dataset."""

import reflex as rx

from state.domain.datasets import Kept
from state.domain.dates import spoken_date
from state.domain.kept_rows import kept_words
from state.domain.publishing import PublishingSetting, lag_words
from state.services import datasets
from state.services.datasets import DatasetSummary
from state.services.generation import GENERATION
from state.services.price_stack import ACTION_STACK
from state.services.system_prices import SYSTEM_PRICES
from state.ui.access import for_anyone
from state.ui.session import ask, here


class DataState(rx.State):
    """The catalogue, a row a dataset."""

    datasets: list[dict[str, str]] = []
    last_day: str = "2026-10-25"

    @rx.event
    @for_anyone
    async def load(self):
        """Read the catalogue."""
        held = await ask(datasets.datasets_held, actor=await here(self))
        self.last_day = _last_day_with_all(held) or self.last_day
        self.datasets = [_shown(one) for one in held if one.definition.classification == "public"]


def _last_day_with_all(held: tuple[DatasetSummary, ...]) -> str:
    """The last day of the datasets that the examples ask for."""
    named = (GENERATION, SYSTEM_PRICES, ACTION_STACK)
    days = [one.last_day for one in held if one.definition.name in named and one.last_day]
    return str(min(days)) if days else ""


def closed_words(closed: PublishingSetting) -> str:
    """The reason, and until when."""
    return f"{closed.reason} (until {spoken_date(closed.until)})" if closed.until else closed.reason


def lag_line(minutes: int) -> str:
    """When what is published is shown; nothing where that is at once."""
    return f"Shown {lag_words(minutes)}" if minutes else ""


def kept_reason(kept: Kept | None) -> str:
    """Why rows are not kept for ever, and who says so; nothing where they are."""
    return f"{kept.reason} ({kept.source})" if kept else ""


def _kept_line(kept: Kept | None) -> str:
    if kept is None:
        return "Kept for ever."
    return f"Kept for {kept_words(kept)}: {kept_reason(kept)}."


def _shown(summary: DatasetSummary) -> dict[str, str]:
    of = summary.definition
    has_rows = summary.first_day is not None and summary.last_day is not None
    units = sorted({column.unit for column in of.columns if column.unit})
    return {
        "name": of.name,
        "title": of.title,
        "description": of.description,
        "source": of.source,
        "units": ", ".join(units) or "–",
        "classification": "Closed" if summary.closed else "Open",
        "closed": closed_words(summary.closed) if summary.closed else "",
        "first": spoken_date(summary.first_day) if summary.first_day else "No data",
        "last": spoken_date(summary.last_day) if summary.last_day else "No data",
        "lag": lag_line(summary.lag_minutes),
        "kept": _kept_line(summary.kept),
        "rows": f"{summary.rows:,}" if has_rows else "No data",
        "version": str(summary.version) if has_rows else "–",
    }
