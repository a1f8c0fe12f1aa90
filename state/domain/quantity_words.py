"""The quantities of the rulebook in words: their names, their columns, their formulas as written.

Nothing here is written twice: names come from the engine's own docstrings and metadata.
"""

import re
import sys
from dataclasses import dataclass
from typing import Final, Literal

import dataframely as dy

from settlement_engine.trading_charges import TRADING_CHARGES

Kind = Literal["text", "sub", "sup", "code"]

UNITS: Final = {"GBP": "£", "GBP/MWh": "£/MWh", "per unit": "per unit", "percent": "%"}
"""How a unit is written where people read it; any other as the engine has it."""

_SUFFIXES: Final = ("_gbp_per_mwh", "_per_unit", "_mwh", "_gbp", "_mw", "_percent")
_PROPER: Final = {
    "bm unit": "BM Unit",
    "gsp group": "GSP Group",
    "bid offer": "Bid-offer",
    "non delivered": "Non-delivered",
    "non delivery": "Non-delivery",
    "cadl": "CADL",
    "stor": "STOR",
    "so flag": "SO flag",
    "party id": "Party",
    "trading unit": "Trading Unit",
    "settlement date": "Settlement Date",
    "settlement period": "Settlement Period",
    "energy account": "Energy Account",
}
_SHARED_MODULES: Final = frozenset({"settlement_engine.given", "settlement_engine.frames"})
_SYMBOL: Final = re.compile(
    r"`(?P<code>[^`]+)`|(?P<base>\b[A-Z][A-Za-z]*)(?P<sup>\^[A-Za-z0-9]+)?(?P<sub>_[a-z]{1,4}\b)?"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a formula: plain, below the line, above it, or a name from the code."""

    text: str
    kind: Kind = "text"


def quantity_name(quantity: str) -> str:
    """`Energy Imbalance Cashflow`."""
    name, _ = _said(quantity)
    return name or proper(quantity)


def quantity_meaning(quantity: str) -> str:
    """What the quantity is, in the sentence its file begins with; empty where it has none."""
    _, meaning = _said(quantity)
    return meaning


def column_name(column: str) -> str:
    """`Credited energy volume`, without the unit that the column's name ends with."""
    for suffix in _SUFFIXES:
        column = column.removesuffix(suffix)
    return proper(column)


def column_of(quantity: str, column: str) -> dy.Column | None:
    """The column of a quantity's frame, where there is such a one."""
    frame = TRADING_CHARGES.frame_types().get(quantity)
    return None if frame is None else frame.columns().get(column)


def unit_words(unit: str) -> str:
    """`£/MWh`."""
    return UNITS.get(unit, unit)


def proper(name: str) -> str:
    """A name of the code as words, terms of the market with their capitals."""
    words = name.replace("_", " ").strip()
    for plain, written in _PROPER.items():
        words = re.sub(rf"\b{plain}", written, words)
    return words[:1].upper() + words[1:]


def formula_pieces(says: str) -> tuple[tuple[Piece, ...], ...]:
    """A formula's docstring, paragraph by paragraph, with its subscripts and signs set."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", says))
    return tuple(_pieces(part) for part in paragraphs if part)


def symbol_pieces(symbol: str) -> tuple[Piece, ...]:
    """`CAEI_aj` with its subscript set."""
    return _pieces(symbol) if symbol else ()


def _pieces(text: str) -> tuple[Piece, ...]:
    found: list[Piece] = []
    at = 0
    for match in _SYMBOL.finditer(text):
        if not (match["code"] or match["sup"] or match["sub"]):
            continue
        found.append(Piece(_signs(text[at : match.start()])))
        if match["code"]:
            found.append(Piece(match["code"], "code"))
        else:
            found.append(Piece(match["base"]))
            if match["sup"]:
                found.append(Piece(match["sup"][1:], "sup"))
            if match["sub"]:
                found.append(Piece(match["sub"][1:], "sub"))
        at = match.end()
    found.append(Piece(_signs(text[at:])))
    return tuple(piece for piece in found if piece.text)


def _signs(text: str) -> str:
    text = text.replace(" x ", " × ").replace(">=", "≥").replace("<=", "≤")
    return re.sub(r"(^|[\s(])-(?=\s|$|[A-Z(])", "\\1−", text)


def _said(quantity: str) -> tuple[str, str]:
    """The name and the meaning in the first line of the quantity's file."""
    frame = TRADING_CHARGES.frame_types().get(quantity)
    if frame is None or frame.__module__ in _SHARED_MODULES:
        return "", ""
    says = (sys.modules[frame.__module__].__doc__ or "").split("\n", 1)[0]
    name, _, meaning = says.partition(": ")
    return (name, meaning[:1].upper() + meaning[1:]) if meaning else ("", "")
