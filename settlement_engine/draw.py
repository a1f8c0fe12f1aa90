"""The chain of quantities as a picture, and the history of each as a table."""

from collections.abc import Iterator
from datetime import date

from settlement_engine.rule import Rule, Version
from settlement_engine.rulebook import Rulebook


def mermaid(rulebook: Rulebook, settlement_date: date) -> str:
    """What reads what on a date, as a Mermaid flow chart: given frames round, quantities square."""
    steps = rulebook.in_force(settlement_date)
    drawn = set(rulebook.given) | {step.rule.name for step in steps}
    lines = ["flowchart TD"]
    lines += [f"  {name}([{name}])" for name in rulebook.given]
    for step in steps:
        lines.append(f'  {step.rule.name}["{step.rule.name}<br/>{step.version.modification}"]')
        lines += [f"  {read} --> {step.rule.name}" for read in step.version.reads if read in drawn]
    return "\n".join(lines)


def table(rulebook: Rulebook) -> str:
    """Every version of every quantity, one a line, in order."""
    rows = [_row(rule, version) for rule in rulebook.rules for version in rule.versions]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(_line(row, widths) for row in rows)


def _row(rule: Rule, version: Version) -> tuple[str, ...]:
    dates = f"{version.since}" + (f" to {version.until}" if version.until else "")
    formula = getattr(version.formula, "__name__", "formula")
    reads = "<- " + ", ".join(version.reads)
    return rule.name, dates, version.modification, version.source, formula, reads


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(_cells(row, widths)).rstrip()


def _cells(row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    return (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
