"""What the page of queries shows of tables, answers and saved queries, in plain text."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from state.domain.datasets import Column, Dataset
from state.domain.dates import spoken_date
from state.services.query import QueryAnswer
from state.services.saved_queries import SavedQuery

SHOWN_ROWS: Final = 200
SHOWN_COLUMNS: Final = 60
_LONGEST_CELL: Final = 200
_LEAST_SHOWN, _MOST_SHOWN = 1e-6, 1e15
_UNITS: Final = {"GBP/MWh": "£/MWh", "GBP": "£"}


def shown_tables(held: Iterable[Dataset], wanted: str) -> list[dict[str, str]]:
    """Tables that have every word asked for somewhere in them, by their names."""
    words = wanted.lower().split()
    return [
        {"name": one.name, "code": one.code or "", "title": one.title}
        for one in held
        if all(word in _all_words(one) for word in words)
    ]


def shown_table(of: Dataset) -> tuple[dict[str, str], list[dict[str, str]]]:
    """One table and its columns."""
    about = {"name": of.name, "code": of.code or "", "description": of.description.strip()}
    taken_in = {"name": "ingested_at", "type": "moment", "unit": "", "label": "Taken in here"}
    return about, [*(_column(column) for column in of.columns), {**taken_in, "official": ""}]


def shown_columns(found: QueryAnswer) -> list[dict[str, str]]:
    """Names, units, and whether they are figures."""
    return [
        {
            "name": one.name,
            "unit": _unit(one.unit),
            "kind": "figure" if found.rows.schema[one.name].is_numeric() else "text",
        }
        for one in found.columns[:SHOWN_COLUMNS]
    ]


def shown_rows(found: QueryAnswer) -> list[list[str]]:
    """The first rows as text; what is no data is a dash."""
    first = found.rows[:SHOWN_ROWS, :SHOWN_COLUMNS]
    return [[_cell(value) for value in row] for row in first.rows()]


def answer_words(found: QueryAnswer) -> str:
    """How many rows in how many seconds, and how many of them are shown."""
    count, width = found.rows.height, found.rows.width
    rows = "1 row" if count == 1 else f"{count:,} rows"
    parts = [f"first {SHOWN_ROWS} rows"] if count > SHOWN_ROWS else []
    parts += [f"first {SHOWN_COLUMNS} of {width} columns"] if width > SHOWN_COLUMNS else []
    shown = f" The {' and the '.join(parts)} are shown; take all of them below." if parts else ""
    return f"{rows} in {found.seconds:.2f} s.{shown}"


def shown_saved(one: SavedQuery) -> dict[str, str]:
    """One of a person's own queries."""
    return {"id": one.public_id, "name": one.name, "saved": spoken_date(one.saved_at.date())}


def _all_words(of: Dataset) -> str:
    columns = (f"{column.name} {column.official or ''} {column.label}" for column in of.columns)
    return " ".join([of.name, of.code or "", of.title, *columns]).lower()


def _column(column: Column) -> dict[str, str]:
    return {
        "name": column.name,
        "type": column.type,
        "unit": _unit(column.unit),
        "label": column.label,
        "official": column.official or "",
    }


def _unit(unit: str | None) -> str:
    return _UNITS.get(unit or "", unit or "")


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    if isinstance(value, float):
        return _figure(value)
    if isinstance(value, int):
        return str(value).replace("-", "−")
    text = "–" if value is None else str(value)
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]} …"


def _figure(value: float) -> str:
    """Up to six decimals, without zeros at the end; what they cannot show, as science writes it."""
    plain = f"{value:,.6f}".rstrip("0").rstrip(".")
    is_shown = not value or _LEAST_SHOWN <= abs(value) < _MOST_SHOWN
    return (plain if is_shown else f"{value:.6g}").replace("-", "−")
