"""The pages of the documentation that the code itself writes: the rulebook and the glossary."""

import inspect
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import dataframely as dy

from settlement_engine import draw
from settlement_engine.frames import Frame
from settlement_engine.parameter import Parameter
from settlement_engine.rule import Rule
from settlement_engine.rulebook import Rulebook
from settlement_engine.trading_charges import TRADING_CHARGES

WRITTEN_BY = "<!-- Written by `make docs` from the code. Change the code, not this page. -->"


def write_pages(folder: Path) -> tuple[Path, ...]:
    """Write rulebook.md, as of the last change of a rule or parameter, and glossary.md."""
    pages = {
        folder / "rulebook.md": rulebook_page(TRADING_CHARGES, TRADING_CHARGES.last_change()),
        folder / "glossary.md": glossary_page(TRADING_CHARGES),
    }
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
    return tuple(pages)


def rulebook_page(rulebook: Rulebook, settlement_date: date) -> str:
    """Every quantity in order, its history and formulas; every parameter; the chain of a date."""
    return "\n".join(_rulebook_lines(rulebook, settlement_date)) + "\n"


def glossary_page(rulebook: Rulebook) -> str:
    """Every column of every frame: its symbol, its unit and what it means."""
    return "\n".join(_glossary_lines(rulebook.frame_types())) + "\n"


def _rulebook_lines(rulebook: Rulebook, settlement_date: date) -> Iterator[str]:
    yield from (WRITTEN_BY, "", "# The rulebook", "")
    yield "Each quantity is worked out from those above it and from what is given."
    yield from ("", f"## What reads what on {settlement_date}", "", "```mermaid")
    yield draw.mermaid(rulebook, settlement_date)
    yield from ("```", "", "## Given", "")
    for name, frame in rulebook.given.items():
        need = "must be given" if name in rulebook.required else "may be absent"
        yield f"- `{name}` ({need}): {_first_line(frame)}"
    yield from ("", "## Quantities", "")
    for rule in rulebook.rules:
        yield from _rule_lines(rule)
    yield from ("## Parameters", "")
    for parameter in rulebook.parameters:
        yield from _parameter_lines(parameter)


def _rule_lines(rule: Rule) -> Iterator[str]:
    yield from (f"### `{rule.name}`", "", inspect.getdoc(rule.produces) or "", "")
    for version in rule.versions:
        until = f" to {version.until}" if version.until else ""
        name = getattr(version.formula, "__name__", "formula")
        origin = f"{version.modification}, {version.source}"
        yield f"**From {version.since}{until}** ({origin}): `{name}`"
        yield from ("", "```text", inspect.getdoc(version.formula) or "", "```", "")
        yield f"Reads {', '.join(f'`{read}`' for read in version.reads)}."
        yield ""


def _parameter_lines(parameter: Parameter) -> Iterator[str]:
    yield from (f"### `{parameter.name}`", "", f"{parameter.description}.", "")
    yield from (f"| from | value ({parameter.unit}) | Modification |", "|---|---|---|")
    for dated in parameter.values:
        yield f"| {dated.since} | {dated.value} | {dated.modification} |"
    yield ""
    for reference in parameter.references:
        yield f"Source: {reference.title}."
    yield ""


def _glossary_lines(frame_types: Mapping[str, Frame]) -> Iterator[str]:
    yield from (WRITTEN_BY, "", "# Glossary", "")
    yield from ("Every column of every frame, where it first occurs.", "")
    yield from ("| column | symbol | unit | meaning | frame |", "|---|---|---|---|---|")
    seen: set[tuple[str, str]] = set()
    for name, frame in frame_types.items():
        for column_name, column in frame.columns().items():
            meaning = column.description or ""
            if (column_name, meaning) not in seen:
                seen.add((column_name, meaning))
                facts = (_fact(column, "symbol"), _fact(column, "unit"), meaning, f"`{name}`")
                yield f"| `{column_name}` | {' | '.join(facts)} |"


def _fact(column: dy.Column, name: str) -> str:
    return str((column.metadata or {}).get(name, ""))


def _first_line(frame: Frame) -> str:
    return (inspect.getdoc(frame) or "").splitlines()[0]
