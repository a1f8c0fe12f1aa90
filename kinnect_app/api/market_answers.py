"""The market now as JSON for the page that shows it, and as CSV for whoever keeps it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import polars as pl

from kinnect_app.api.answers import Answer, csv_answer
from kinnect_app.api.insights_answers import fuel_facts, milliseconds
from state.domain.actor import ANYONE
from state.domain.market_readings import market_datasets
from state.domain.series import TIME
from state.services.generation import GENERATION, GenerationNow
from state.services.market_now import MarketNow, Reading, market_now

_CSV: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "figure": pl.String,
    "value": pl.Float64,
    "unit": pl.String,
    "at": pl.Datetime("us", "UTC"),
    "dataset": pl.String,
}


def market_answer(at: datetime | None, *, as_csv: bool) -> Answer:
    """The market at a moment, or at its newest; a moment that is asked for does not change."""
    found = market_now(actor=ANYONE, at=at)
    if as_csv:
        name = f"market-{found.at:%Y-%m-%dT%H%M}Z.csv" if found.at else "market.csv"
        return csv_answer(pl.DataFrame(_lines(found), schema=_CSV, orient="row"), name)
    document = {
        "time": milliseconds(found.at),
        "datasets": [] if at else market_datasets(),
        "generation": found.generation and _generation(found.generation),
        "readings": {one.of.name: _reading(one) for one in found.readings},
        "outages": {
            "count": found.outage_count,
            "unavailable": found.unavailable_mw,
            "largest": [_outage(one) for one in found.outages],
        },
    }
    return Answer(json.dumps(document).encode(), "application/json")


def _generation(now: GenerationNow) -> dict[str, Any]:
    return {
        "time": milliseconds(now.start_at),
        "fuels": [fuel_facts(one.fuel) | {"value": one.generation_mw} for one in now.fuels],
    }


def _reading(one: Reading) -> dict[str, Any]:
    values = one.trail["value"]
    return {
        "words": one.of.words,
        "unit": one.of.of.column.unit or "",
        "series": one.of.series,
        "ahead": one.of.ahead,
        "hours": one.of.hours,
        "usual": one.of.usual and one.of.usual.model_dump(),
        "time": milliseconds(one.at),
        "value": one.value,
        "before": one.before,
        "least": values.min(),
        "greatest": values.max(),
        "trail": {"time": one.trail[TIME].dt.epoch("ms").to_list(), "values": values.to_list()},
    }


def _outage(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "message": one["mrid"],
        "unit": one["affectedUnit"] or one["assetId"] or one["mrid"],
        "fuel": one["fuelType"],
        "cause": one["cause"],
        "planned": one["unavailabilityType"] == "Planned",
        "normal": one["normalCapacity"],
        "available": one["availableCapacity"],
        "since": milliseconds(one["eventStartTime"]),
        "until": milliseconds(one["eventEndTime"]),
    }


def _lines(found: MarketNow) -> list[tuple[str, float, str, datetime | None, str]]:
    """A line a figure; the generation of each fuel, import above zero and export below."""
    readings = [
        (one.of.words, one.value, one.of.of.column.unit or "", one.at, one.of.of.definition.name)
        for one in found.readings
    ]
    now = found.generation
    fuels = (
        []
        if now is None
        else [
            (one.fuel.name, float(one.generation_mw), "MW", now.start_at, GENERATION)
            for one in now.fuels
        ]
    )
    out = ("Unavailable through outages", found.unavailable_mw, "MW", found.at, "outage_messages")
    return [*readings, *fuels, out]
