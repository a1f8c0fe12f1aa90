"""The shapes of the public market data: what each answer says, in JSON and in CSV."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

import polars as pl

from kinnect_app.api.answers import Answer, csv_answer, json_answer
from settlement_engine.periods import settlement_date_of, settlement_period_of_expression
from state.domain.actor import ANYONE
from state.domain.datasets import Column, dataset
from state.domain.fuels import Fuel
from state.domain.series import TIME, Series
from state.domain.series_views import words_of
from state.domain.settlement_words import source_words
from state.services.datasets import DatasetSummary, datasets_held
from state.services.generation import GenerationSeries, Resolution, generation_series
from state.services.generation import generation_now as latest_generation
from state.services.price_stack import ACTION_STACK, PeriodOfDay, price_stack
from state.services.series import series_lines
from state.services.system_prices import BUY, SELL, VOLUME, price_series

NO_DATA_YET: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Where the default range ends before any data were taken in."""


def generation(
    from_at: datetime,
    until_at: datetime,
    resolution: Resolution,
    as_of: datetime | None,
    *,
    as_csv: bool,
) -> Answer:
    """Columns of MW, one a fuel."""
    series = generation_series(
        actor=ANYONE, from_at=from_at, until_at=until_at, resolution=resolution, as_of=as_of
    )
    if as_csv:
        return csv_answer(_generation_table(series), _file_name("generation-by-fuel", from_at))
    document = {
        "version": series.version,
        "unit": "MW",
        "resolution_minutes": int(resolution),
        "fuels": [fuel_facts(fuel) for fuel in series.fuels],
    }
    columns = {fuel.code: series.rows[fuel.code] for fuel in series.fuels}
    return json_answer(document, {"": {"time": series.rows["start_at"]}, "series": columns})


def generation_now() -> Answer:
    """The latest value of each fuel."""
    now = latest_generation(actor=ANYONE)
    if now is None:
        return _json({"version": 0, "unit": "MW", "time": None, "fuels": []})
    return _json(
        {
            "version": now.version,
            "unit": "MW",
            "time": milliseconds(now.start_at),
            "published": milliseconds(now.published_at),
            "generation": now.generation_mw,
            "import": now.import_mw,
            "export": now.export_mw,
            "fuels": [fuel_facts(of.fuel) | {"value": of.generation_mw} for of in now.fuels],
        }
    )


def prices(
    from_at: datetime,
    until_at: datetime,
    points: int | None,
    as_of: datetime | None,
    *,
    as_csv: bool,
) -> Answer:
    """Prices and volumes, a row a period or the extremes of each bucket."""
    series = price_series(
        actor=ANYONE, from_at=from_at, until_at=until_at, points=points, as_of=as_of
    )
    if as_csv:
        return csv_answer(
            series.rows.filter(pl.col(BUY).is_not_null()), _file_name("system-prices", from_at)
        )
    rows = series.rows
    document = {
        "version": series.version,
        "thinned": series.thinned,
        "bucket_minutes": series.bucket_minutes,
        "units": {"system_price": "GBP/MWh", "net_imbalance_volume": "MWh"},
        "runs": {run: source_words(run) for run in sorted(set(rows["source_run"].drop_nulls()))},
    }
    columns = {
        "time": rows["start_at"],
        "settlement_date": rows["settlement_date"],
        "period": rows["settlement_period"],
        "system_price": rows[BUY],
        "system_sell_price": rows[SELL],
        "net_imbalance_volume": rows[VOLUME],
        "run": rows["source_run"],
    }
    return json_answer(document, {"": columns})


def lines(
    wanted: Sequence[Series],
    from_at: datetime,
    until_at: datetime,
    points: int | None,
    as_of: datetime | None,
    *,
    as_csv: bool,
) -> Answer:
    """A column a series, in the unit that it names."""
    found = series_lines(
        actor=ANYONE, wanted=wanted, from_at=from_at, until_at=until_at, points=points, as_of=as_of
    )
    if as_csv:
        return csv_answer(found.rows, _file_name("series", from_at))
    document = {
        "step_seconds": found.step_seconds,
        "bucket_seconds": found.bucket_seconds,
        "thinned": found.thinned,
        "series": [
            {"id": one.id, "name": words_of(one), "unit": one.column.unit or "", "of": one.of}
            for one in wanted
        ],
    }
    values = {one.id: found.rows[one.id] for one in wanted}
    return json_answer(document, {"": {"time": found.rows[TIME]}, "values": values})


def stack(settlement_date: date, settlement_period: int, *, as_csv: bool) -> Answer:
    """A price, its actions and where to go next."""
    found = price_stack(
        actor=ANYONE, settlement_date=settlement_date, settlement_period=settlement_period
    )
    if as_csv:
        name = f"price-stack-{settlement_date}-{settlement_period:02}.csv"
        return csv_answer(found.actions, name)
    document = {
        "version": found.version,
        "settlement_date": str(settlement_date),
        "settlement_period": settlement_period,
        "price": found.price and {name: _plain(value) for name, value in found.price.items()},
        "previous": _period(found.previous),
        "next": _period(found.following),
        "columns": [_column(column) for column in dataset(ACTION_STACK).columns],
    }
    head = json.dumps(document)[:-1]
    return Answer(f'{head}, "actions": {found.actions.write_json()}}}'.encode(), "application/json")


def catalogue() -> Answer:
    """Every public dataset and what is held of it."""
    return _json({"datasets": [_dataset(summary) for summary in datasets_held(actor=ANYONE)]})


def _generation_table(series: GenerationSeries) -> pl.DataFrame:
    start = pl.col("start_at")
    return series.rows.select(
        start,
        settlement_date_of(start).alias("settlement_date"),
        settlement_period_of_expression(start).alias("settlement_period"),
        *(pl.col(fuel.code).alias(f"{fuel.code.lower()}_mw") for fuel in series.fuels),
    )


def fuel_facts(fuel: Fuel) -> dict[str, Any]:
    """How a fuel is called and shown."""
    return {
        "code": fuel.code,
        "name": fuel.name,
        "family": fuel.family,
        "order": fuel.order,
        "interconnector": fuel.interconnector,
        "country": fuel.country,
    }


def _dataset(summary: DatasetSummary) -> dict[str, Any]:
    of = summary.definition
    return {
        "name": of.name,
        "title": of.title,
        "description": of.description,
        "source": of.source,
        "classification": of.classification,
        "closed": _closed(summary),
        "shown_after_minutes": summary.lag_minutes,
        "kept": _kept(summary),
        "version": summary.version,
        "rows": summary.rows,
        "first_day": _plain(summary.first_day),
        "last_day": _plain(summary.last_day),
        "key": list(of.key),
        "columns": [_column(column) for column in of.columns],
    }


def _closed(summary: DatasetSummary) -> dict[str, Any] | None:
    """Why it is not published, and the last day of an embargo; none of what is open."""
    closed = summary.closed
    return {"reason": closed.reason, "until": _plain(closed.until)} if closed else None


def _kept(summary: DatasetSummary) -> dict[str, Any] | None:
    """For how many months rows are kept, why and by whose word; none of what is kept for ever."""
    kept = summary.kept
    return kept.model_dump() if kept else None


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "label": column.label,
        "type": column.type,
        "unit": column.unit,
        "nullable": column.nullable,
    }


def _period(period: PeriodOfDay | None) -> dict[str, Any] | None:
    if period is None:
        return None
    return {
        "settlement_date": str(period.settlement_date),
        "settlement_period": period.settlement_period,
    }


def milliseconds(at: datetime | None) -> int | None:
    """A moment as charts count it; none stays none."""
    return None if at is None else int(at.timestamp() * 1000)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return str(value) if isinstance(value, date) else value


def _json(document: dict[str, Any]) -> Answer:
    return Answer(json.dumps(document).encode(), "application/json")


def _file_name(name: str, from_at: datetime) -> str:
    return f"{name}-from-{from_at:%Y-%m-%d}.csv"
