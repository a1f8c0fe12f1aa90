"""Fuel codes: configuration alone decides which are taken in, and how they are shown."""

import json
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, Self

import polars as pl
import yaml
from pydantic import Field, ValidationError, model_validator

from state.domain.datasets import Strict

Family = Literal[
    "gas",
    "nuclear",
    "wind",
    "solar",
    "hydro",
    "pumped",
    "biomass",
    "coal",
    "oil",
    "other",
    "interconnector",
]

HOW_TO_ADD_A_FUEL = (
    "If it is a fuel that should be taken in, add it to fuels.yaml in the data directory "
    "(KINNECT_DATA_DIR), for example: fuels: [{code: {code}, name: ..., family: other, "
    "order: 300}], and ingest the file again."
)


class UnfitFuelsError(Exception):
    """The configuration of fuels cannot be used; says where and why."""


class Fuel(Strict):
    """One kind of plant, or one interconnector."""

    code: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
    name: str
    family: Family
    order: int
    country: str | None = None
    bidding_zone: str | None = None
    minimum_mw: int | None = None
    maximum_mw: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def interconnector(self) -> bool:
        """Whether it joins Great Britain to another market, so that it imports and exports."""
        return self.family == "interconnector"

    @model_validator(mode="after")
    def _country_of_interconnectors(self) -> Self:
        if self.interconnector and self.country is None:
            raise ValueError(f"{self.code}: say to which country the interconnector leads.")
        return self


class _Fuels(Strict):
    fuels: tuple[Fuel, ...]


def fuels(local: Path | None = None) -> tuple[Fuel, ...]:
    """Every fuel in the order of the stack, with the installation's own, which win over ours.

    Raises:
        UnfitFuelsError: A file is not what it should be.
    """
    found = _parsed((files("state.domain") / "fuels.yaml").read_text("utf-8"), "fuels.yaml")
    if local is not None and local.is_file():
        found |= _parsed(local.read_text("utf-8"), str(local))
    return tuple(sorted(found.values(), key=lambda fuel: (fuel.order, fuel.code)))


def fuel_table(known: tuple[Fuel, ...]) -> pl.DataFrame:
    """Codes with their limits, to join rows to."""
    return pl.DataFrame(
        [(fuel.code, fuel.minimum_mw, fuel.maximum_mw, fuel.since, fuel.until) for fuel in known],
        schema={
            "fuel_code": pl.String,
            "minimum_mw": pl.Float64,
            "maximum_mw": pl.Float64,
            "since": pl.Date,
            "until": pl.Date,
        },
        orient="row",
    )


def _parsed(text: str, where: str) -> dict[str, Fuel]:
    try:
        listed = _Fuels.model_validate_json(json.dumps(yaml.safe_load(text), default=str)).fuels
    except (yaml.YAMLError, ValidationError) as fault:
        raise UnfitFuelsError(f"{where} cannot be used: {fault}") from fault
    codes = [fuel.code for fuel in listed]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise UnfitFuelsError(f"{where} has {', '.join(twice)} more than once.")
    return {fuel.code: fuel for fuel in listed}
