"""One figure on screen: what it is, how it was worked out, and the figures it came from.

The same for a company, which sees its own, and for the operator's staff, who see all.
"""

import itertools
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import reflex as rx

from settlement_engine.explain import BREADTH, STACKED, Figure, ParameterValue, Value
from state.domain.dates import spoken_date, spoken_moment
from state.domain.quantity_words import (
    Piece,
    column_name,
    column_of,
    formula_pieces,
    proper,
    quantity_meaning,
    quantity_name,
    symbol_pieces,
    unit_words,
)
from state.domain.settlement_words import direction_by, exactly
from state.ui.figure_links import AskedFigure, figure_address

_LONGEST_TRAIL: Final = 12
_DIGITS: Final = {"GBP": 2, "GBP/MWh": 2, "MWh": 3, "MW": 1, "per unit": 7}
_WORDS: Final = {None: "–", True: "Yes", False: "No"}


class ExplainedFigure(rx.State, mixin=True):
    """One figure of a run; its roots are rows, each the way to its own explanation."""

    loaded: bool = False
    missing: str = ""
    title: str = ""
    meaning: str = ""
    which: list[dict[str, str]] = []
    headline: str = ""
    headline_name: str = ""
    headline_says: str = ""
    headline_direction: str = ""
    values: list[dict[str, str]] = []
    symbols: list[list[dict[str, str]]] = []
    formula: list[list[dict[str, str]]] = []
    given: bool = False
    version: dict[str, str] = {}
    parameters: list[dict[str, str]] = []
    read: list[dict[str, str]] = []
    columns: list[list[dict[str, str]]] = []
    rows: list[list[list[dict[str, str]]]] = []
    nothing_of: str = ""
    trail: list[dict[str, str]] = []
    path: str = ""
    """Where an explanation of this kind of screen stands."""


def show_missing(screen: ExplainedFigure, why: str) -> None:
    """There is nothing to show, and why."""
    screen.missing, screen.title, screen.loaded, screen.trail = why, "", True, []


def show_figure(screen: ExplainedFigure, asked: AskedFigure, figure: Figure) -> None:
    """Fill the screen with the figure; each row of it is the way to its own explanation."""
    screen.title = quantity_name(figure.quantity)
    screen.meaning = quantity_meaning(figure.quantity)
    screen.which = [{"name": column_name(v.column), "value": _shown(v)} for v in figure.key]
    screen.values = [_value(figure.quantity, value, asked.of) for value in figure.values]
    screen.symbols = [_pieces(symbol_pieces(value.symbol)) for value in figure.values]
    chief = next((v for v in figure.values if v.column == asked.of and v.unit), None)
    screen.headline = _shown(chief, with_unit=True) if chief else ""
    screen.headline_name = column_name(chief.column) if chief else ""
    screen.headline_says = _meaning(figure.quantity, chief.column) if chief else ""
    screen.headline_direction = (
        direction_by(screen.headline_says, chief.value)
        if chief and isinstance(chief.value, Decimal)
        else ""
    )
    source = figure.source
    screen.given = source is None
    screen.formula = [_pieces(part) for part in formula_pieces(source.says)] if source else []
    screen.version = (
        {
            "modification": source.modification,
            "since": spoken_date(source.since),
            "source": f"BSC Section {source.paragraph}",
            "name": source.formula,
        }
        if source
        else {}
    )
    screen.parameters = [_parameter(each) for each in figure.parameters]
    frames = [
        (name, list(rows)) for name, rows in itertools.groupby(figure.read, lambda r: r.quantity)
    ]
    screen.read = [_frame(name, rows, figure.left_out) for name, rows in frames]
    screen.read += [
        _frame(name, [], figure.left_out) for name in figure.left_out if name not in dict(frames)
    ]
    without_rows = len(screen.read) - len(frames)
    screen.columns = [*(_columns(rows, asked) for _, rows in frames), *([[]] * without_rows)]
    screen.rows = [*(_rows(rows, asked, screen.path) for _, rows in frames), *([[]] * without_rows)]
    screen.nothing_of = ", ".join(quantity_name(name) for name in figure.nothing_of)


def _value(quantity: str, value: Value, of: str) -> dict[str, str]:
    return {
        "name": column_name(value.column),
        "meaning": _meaning(quantity, value.column),
        "value": _shown(value, with_unit=True),
        "chosen": "true" if value.column == of else "false",
    }


def _meaning(quantity: str, column: str) -> str:
    found = column_of(quantity, column)
    return (found.description or "") if found is not None else ""


def _parameter(each: ParameterValue) -> dict[str, str]:
    unit = "" if each.unit == "choice" else f" {unit_words(each.unit)}"
    return {
        "name": column_name(each.name),
        "value": f"{each.value}{unit}",
        "since": spoken_date(each.since),
        "modification": each.modification,
    }


def _frame(name: str, rows: list[Figure], left_out: Mapping[str, int]) -> dict[str, str]:
    more, shown = left_out.get(name, 0), len(rows)
    beyond = shown in {BREADTH, STACKED}
    whose = "not shown: other Parties', or beyond those here" if beyond else "of other Parties"
    return {
        "name": quantity_name(name),
        "meaning": quantity_meaning(name),
        "given": "true" if rows and rows[0].source is None else "false",
        "count": f"{shown:,} {'row' if shown == 1 else 'rows'}",
        "left_out": f"{more:,} more {'row' if more == 1 else 'rows'} {whose}." if more else "",
        "shown": str(shown),
    }


def _told_apart_by(rows: list[Figure], asked: AskedFigure) -> list[int]:
    """The places in the key that say which row it is: those that are not the figure's own."""
    return [
        place
        for place, value in enumerate(rows[0].key)
        if asked.key.get(value.column) is None
        or any(row.key[place].value != asked.key[value.column] for row in rows)
    ]


def _in_order(row: Figure, asked: AskedFigure) -> list[Value]:
    """The values of a row, the one that is asked about first."""
    return sorted(row.values, key=lambda value: value.column != asked.of)


def _columns(rows: list[Figure], asked: AskedFigure) -> list[dict[str, str]]:
    keys = [rows[0].key[place] for place in _told_apart_by(rows, asked)]
    heads = [
        {"text": column_name(value.column), **_symbol(""), "kind": _kind(value)} for value in keys
    ]
    return [
        *(heads or [{"text": "", **_symbol(""), "kind": "text"}]),
        *(
            {
                "text": column_name(value.column)
                + (f", {unit_words(value.unit)}" if value.unit else ""),
                **_symbol(value.symbol),
                "kind": _kind(value, asked),
            }
            for value in _in_order(rows[0], asked)
        ),
    ]


def _rows(rows: list[Figure], asked: AskedFigure, path: str) -> list[list[dict[str, str]]]:
    told = _told_apart_by(rows, asked)
    columns = zip(*(_in_order(row, asked) for row in rows), strict=True)
    digits = [_digits(values) for values in columns]
    return [
        [
            *_named(row, [row.key[place] for place in told], asked, path),
            *(
                {
                    "text": _shown(value, digits=most),
                    "kind": _kind(value, asked),
                    "href": "",
                    "hidden": "",
                }
                for value, most in zip(_in_order(row, asked), digits, strict=True)
            ),
        ]
        for row in rows
    ]


def _named(row: Figure, keys: list[Value], asked: AskedFigure, path: str) -> list[dict[str, str]]:
    """What says which row it is; the first of it is the way to the row's own explanation."""
    href = _way(row, asked, path)
    said = [(_shown(value), _kind(value)) for value in keys] or [
        ("Explain" if href else "", "text")
    ]
    return [
        {
            "text": text,
            "kind": kind,
            "href": href if place == 0 else "",
            "hidden": f": explain this {quantity_name(row.quantity)}"
            if place == 0 and keys
            else "",
        }
        for place, (text, kind) in enumerate(said)
    ]


def _kind(value: Value, asked: AskedFigure | None = None) -> str:
    chosen = " k-chosen" if asked is not None and asked.of == value.column else ""
    return f"{'figure' if value.unit else 'text'}{chosen}"


def _way(row: Figure, asked: AskedFigure, path: str) -> str:
    """The address of the row's own explanation; what was given has none."""
    if row.source is None:
        return ""
    of = asked.of if any(value.column == asked.of for value in row.values) else ""
    key = [(value.column, value.value) for value in row.key]
    return figure_address(path, asked.run, row.quantity, key, of)


def _symbol(symbol: str) -> dict[str, str]:
    """The letters of a symbol, what stands above the line and what below."""
    pieces = {piece.kind: piece.text for piece in symbol_pieces(symbol)}
    return {
        "symbol": pieces.get("text", ""),
        "above": pieces.get("sup", ""),
        "below": pieces.get("sub", ""),
    }


def _digits(values: Iterable[Value]) -> int:
    """So many digits as the longest of a column has, so that its figures stand in line."""
    numbers = [value for value in values if isinstance(value.value, Decimal)]
    counted = [-int(each.value.normalize().as_tuple().exponent) for each in numbers]
    usual = _DIGITS.get(numbers[0].unit, 0) if numbers else 0
    return max([usual, *counted])


def _shown(value: Value, *, digits: int | None = None, with_unit: bool = False) -> str:
    found = value.value
    if isinstance(found, Decimal):
        pounds = "£" if value.unit == "GBP" and with_unit else ""
        written = exactly(found, _DIGITS.get(value.unit, 0) if digits is None else digits, pounds)
        unit = unit_words(value.unit)
        return f"{written} {unit}" if with_unit and unit not in {"", "£"} else written
    if found is None or isinstance(found, bool):
        return _WORDS[found]
    if isinstance(found, datetime):
        return spoken_moment(found)
    if isinstance(found, date):
        return spoken_date(found)
    if isinstance(found, float):
        return f"{found:,.3f}"
    return proper(str(found)) if value.column == "energy_account" else str(found)


def _pieces(pieces: tuple[Piece, ...]) -> list[dict[str, str]]:
    return [{"text": piece.text, "kind": piece.kind} for piece in pieces]


def step_on(screen: ExplainedFigure, asked: AskedFigure, root: list[dict[str, str]]) -> None:
    """The way one came, back up to the root; a figure met again is gone back to."""
    here = {
        "text": _step_words(asked),
        "href": figure_address(screen.path, asked.run, asked.quantity, asked.key.items(), asked.of),
    }
    came = screen.trail[len(root) :] if screen.trail[: len(root)] == root else []
    places = [step["href"] for step in came]
    before = came[: places.index(here["href"])] if here["href"] in places else came
    screen.trail = [*root, *before[-_LONGEST_TRAIL:], here]


def _step_words(asked: AskedFigure) -> str:
    told = [
        f"SP {value}" if column == "settlement_period" else str(value)
        for column, value in asked.key.items()
        if column in {"settlement_period", "bm_unit", "energy_account"}
    ]
    return " · ".join([quantity_name(asked.quantity), *told])
