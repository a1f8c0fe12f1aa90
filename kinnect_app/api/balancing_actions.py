"""Balancing actions of a day, by BM Unit and by period: JSON for the pages, CSV to keep."""

import asyncio
from datetime import date
from typing import Any, Final

import polars as pl
from fastapi import APIRouter, Request, Response
from starlette.datastructures import QueryParams

from kinnect_app.api.answers import Answer, answered, csv_answer, json_answer, tag_of
from kinnect_app.api.insights import PREFIX, told
from kinnect_app.api.insights_description import giving, taking
from kinnect_app.api.parameters import FORMATS, one_of, read_parameters, settlement_date
from settlement_engine.periods import period_frame, period_start_expression
from state.domain.actor import ANYONE
from state.services.balancing_actions import ActionsOfDay, actions_of_day
from state.services.datasets import dataset_versions
from state.services.price_stack import ACTION_STACK

_PERIOD_SECONDS: Final = 1800
_LINES: Final = {
    "bought_mwh": ("Bought of the unit", "MWh"),
    "sold_mwh": ("Sold to the unit", "MWh"),
    "cost_gbp": ("At its own prices", "GBP"),
}

router = APIRouter(prefix=PREFIX, include_in_schema=True, tags=["insights"])


@router.get(
    "/balancing-actions/{date}",
    response_class=Response,
    responses=giving("application/json", "text/csv"),
    openapi_extra=taking("format"),
)
@told
async def balancing_actions(request: Request, date: str) -> Response:
    """What was bought and sold of each BM Unit on a Settlement Date."""
    day, as_csv = _asked(request, date)
    versions = await asyncio.to_thread(dataset_versions, actor=ANYONE, names=[ACTION_STACK])
    tag = tag_of("actions", versions, day, as_csv)
    return await answered(request, tag, lambda: _by_unit(day, as_csv=as_csv))


@router.get(
    "/balancing-actions/{date}/{unit}",
    response_class=Response,
    responses=giving("application/json", "text/csv"),
    openapi_extra=taking("format"),
)
@told
async def balancing_actions_of_unit(request: Request, date: str, unit: str) -> Response:
    """What was bought and sold of one BM Unit in each period, and what it came to."""
    day, as_csv = _asked(request, date)
    versions = await asyncio.to_thread(dataset_versions, actor=ANYONE, names=[ACTION_STACK])
    tag = tag_of("actions", versions, day, unit, as_csv)
    return await answered(request, tag, lambda: _by_period(day, unit, as_csv=as_csv))


def _asked(request: Request, day: str) -> tuple[date, bool]:
    given = [*request.query_params.multi_items(), ("date", day)]
    known = {"date": settlement_date, "format": one_of(FORMATS)}
    asked = read_parameters(QueryParams([one for one in given if one[0] not in _SHOWN]), known)
    return asked["date"], asked.get("format") == "csv"


_SHOWN: Final = frozenset({"from", "to", "points"})
"""What every chart asks for as one zooms: a day is given whole."""


def _by_unit(day: date, *, as_csv: bool) -> Answer:
    found = actions_of_day(actor=ANYONE, day=day)
    if as_csv:
        return csv_answer(found.units, f"balancing-actions-{day}.csv")
    document = {"settlement_date": str(day), "units": found.units.height}
    return json_answer(
        document,
        {"unit": _columns(found.units), "period": _columns(found.periods.drop("settlement_date"))},
    )


def _by_period(day: date, unit: str, *, as_csv: bool) -> Answer:
    found = actions_of_day(actor=ANYONE, day=day, unit=unit)
    if as_csv:
        return csv_answer(found.periods, f"balancing-actions-{day}-{unit[:40]}.csv")
    document: dict[str, Any] = {
        "step_seconds": _PERIOD_SECONDS,
        "bucket_seconds": _PERIOD_SECONDS,
        "thinned": False,
        "series": [
            {"id": name, "name": words, "unit": unit_words, "of": None}
            for name, (words, unit_words) in _LINES.items()
        ],
    }
    whole = _whole_day(found, day)
    values = {name: whole[name] for name in _LINES}
    return json_answer(document, {"": {"time": whole["start_at"]}, "values": values})


def _whole_day(found: ActionsOfDay, day: date) -> pl.DataFrame:
    """Every period of the day; where nothing was taken of the unit, nought was."""
    grid = period_frame(day, day).with_columns(start_at=period_start_expression())
    joined = grid.join(found.periods, on="start_at", how="left", maintain_order="left")
    return joined.with_columns(pl.col(*_LINES).fill_null(0.0))


def _columns(rows: pl.DataFrame) -> dict[str, pl.Series]:
    return {name: rows[name] for name in rows.columns}
