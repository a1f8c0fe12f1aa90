"""How long rows of each dataset are kept: for ever, but where configuration names a period.

A definition may say so; an installation may in `kept_rows.yaml` in its data directory, which wins.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import ValidationError

from state.domain.datasets import Dataset, Kept, Strict, datasets
from state.domain.dates import months_after

_MONTHS_A_YEAR: Final = 12


class UnfitKeptRowsError(ValueError):
    """The file does not say what it must; nothing is removed by it."""


class _KeptRows(Strict):
    datasets: dict[str, Kept | Literal["for ever"]]


def kept_rows(local: Path | None = None) -> Mapping[str, Kept]:
    """The datasets whose rows are not kept for ever, by name.

    Raises:
        UnfitKeptRowsError: The installation's file is not what it should be; says every fault.
    """
    found = {name: one.kept for name, one in datasets().items() if one.kept is not None}
    if local is None or not local.is_file():
        return found
    own = _parsed(local)
    found |= {name: one for name, one in own.items() if isinstance(one, Kept)}
    return {name: one for name, one in found.items() if own.get(name) != "for ever"}


def first_day_kept(kept: Kept, today: date) -> date:
    """The first Settlement Date whose rows stay; those of earlier ones go."""
    return months_after(today, -kept.months)


def kept_words(kept: Kept | None) -> str:
    """`For ever`, `18 months`, `2 years`."""
    if kept is None:
        return "For ever"
    years, months = divmod(kept.months, _MONTHS_A_YEAR)
    count, unit = (kept.months, "month") if months else (years, "year")
    return f"{count} {unit}{'' if count == 1 else 's'}"


def _parsed(local: Path) -> dict[str, Kept | Literal["for ever"]]:
    try:
        held = yaml.safe_load(local.read_text("utf-8"))
        named = _KeptRows.model_validate_json(json.dumps(held, default=str)).datasets
    except (yaml.YAMLError, ValidationError) as fault:
        raise UnfitKeptRowsError(f"{local} cannot be used: {fault}") from fault
    faults = [words for name, one in named.items() if (words := _fault(name, one))]
    if faults:
        raise UnfitKeptRowsError(f"{local} cannot be used: {' '.join(faults)}")
    return named


def _fault(name: str, kept: Kept | Literal["for ever"]) -> str:
    of: Dataset | None = datasets().get(name)
    if of is None:
        return f"There is no dataset {name}."
    if isinstance(kept, Kept) and of.why_kept_for_ever:
        return f"{name} is kept for ever: {of.why_kept_for_ever}"
    return ""
