"""Public market data under `/api/v1/insights`: no sign-in, whole ranges, tags instead of limits."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any, Final, ParamSpec

from fastapi import APIRouter, Request, Response
from starlette.datastructures import QueryParams
from starlette.responses import StreamingResponse

from kinnect_app.api import insights_answers as answers
from kinnect_app.api.answers import answered, tag_of
from kinnect_app.api.events import FEED, TooManyListenersError, event_stream
from kinnect_app.api.insights_description import giving, taking
from kinnect_app.api.market_answers import market_answer
from kinnect_app.api.parameters import (
    FORMATS,
    moment,
    one_of,
    range_end,
    range_start,
    read_parameters,
    require_order,
    settlement_date,
    whole_number,
)
from kinnect_app.api.problems import BadRequestError, Fault, problem
from state.domain.actor import ANYONE
from state.domain.datasets import UnknownDatasetError, dataset
from state.domain.series import MOST, Series, series_named
from state.services.datasets import dataset_versions
from state.services.generation import GENERATION, Resolution, generation_now, known_fuels
from state.services.market_now import market_versions
from state.services.price_stack import ACTION_STACK, NoSuchPriceError
from state.services.publishing import NotPublishedError, require_published
from state.services.series import latest_moment, series_versions
from state.services.system_prices import SYSTEM_PRICES, latest_price_start

PREFIX: Final = "/api/v1/insights"
DEFAULT_POINTS: Final = 2000
_LONGEST: Final = {
    Resolution.FIVE_MINUTES: (timedelta(days=93), "Ask for resolution=30m, or for less."),
    Resolution.HALF_HOUR: (timedelta(days=732), "Ask for less."),
}
_LONGEST_NUMBER: Final = 10
_ALL_PRICES: Final = timedelta(days=40_000)

router = APIRouter(prefix=PREFIX, include_in_schema=True, tags=["insights"])

_P = ParamSpec("_P")


def told(endpoint: Callable[_P, Awaitable[Response]]) -> Callable[_P, Awaitable[Response]]:
    """Answer with a problem where the request is at fault."""

    @wraps(endpoint)
    async def guarded(*args: _P.args, **kwargs: _P.kwargs) -> Response:
        try:
            return await endpoint(*args, **kwargs)
        except BadRequestError as bad:
            return problem(HTTPStatus.BAD_REQUEST, "The request cannot be answered.", bad.faults)
        except NoSuchPriceError as missing:
            return problem(HTTPStatus.NOT_FOUND, str(missing))
        except NotPublishedError as closed:
            return problem(HTTPStatus.FORBIDDEN, str(closed))

    return guarded


@router.get(
    "/generation-by-fuel",
    response_class=Response,
    responses=giving("application/json", "text/csv"),
    openapi_extra=taking("from", "to", "as_of", "resolution", "format"),
)
@told
async def generation_by_fuel(request: Request) -> Response:
    """Generation by fuel in MW, every five minutes or as the mean of each half-hour."""
    resolutions = {"5m": Resolution.FIVE_MINUTES, "30m": Resolution.HALF_HOUR}
    asked = read_parameters(
        request.query_params, {**_RANGE, "resolution": one_of(resolutions), "format": _FORMAT}
    )
    version, fuels = await asyncio.to_thread(_generation_facts)
    resolution: Resolution = asked.get("resolution", Resolution.FIVE_MINUTES)
    until_at: datetime = (
        asked["to"] if "to" in asked else await asyncio.to_thread(_end_of_generation)
    )
    from_at: datetime = asked.get("from", until_at - timedelta(days=1))
    require_order(from_at, until_at, *_LONGEST[resolution])
    as_csv, as_of = asked.get("format") == "csv", asked.get("as_of")
    facts: tuple[Any, ...] = (from_at, until_at, resolution, as_of)
    tag = tag_of("generation", version, fuels, facts, as_csv)
    return await answered(request, tag, lambda: answers.generation(*facts, as_csv=as_csv))


@router.get(
    "/generation-by-fuel/now", response_class=Response, responses=giving("application/json")
)
@told
async def generation_by_fuel_now(request: Request) -> Response:
    """The latest value of each fuel, and imports and exports."""
    read_parameters(request.query_params, {})
    version, fuels = await asyncio.to_thread(_generation_facts)
    return await answered(request, tag_of("now", version, fuels), answers.generation_now)


@router.get(
    "/market-now",
    response_class=Response,
    responses=giving("application/json", "text/csv"),
    openapi_extra=taking("at", "format"),
)
@told
async def market_now(request: Request) -> Response:
    """The market at its newest moment, or at any before: supply, price, frequency, outages."""
    asked = read_parameters(request.query_params, {"at": moment, "format": _FORMAT})
    versions = await asyncio.to_thread(_market_facts)
    at, as_csv = asked.get("at"), asked.get("format") == "csv"
    tag = tag_of("market", versions, at, as_csv)
    return await answered(request, tag, lambda: market_answer(at, as_csv=as_csv))


@router.get(
    "/system-prices",
    response_class=Response,
    responses=giving("application/json", "text/csv"),
    openapi_extra=taking("from", "to", "as_of", "points", "format"),
)
@told
async def system_prices(request: Request) -> Response:
    """System price and net imbalance volume of any range; CSV is never thinned."""
    asked = read_parameters(
        request.query_params,
        {**_RANGE, "points": whole_number(10, 20_000), "format": _FORMAT},
    )
    versions = await asyncio.to_thread(_versions, SYSTEM_PRICES)
    until_at: datetime = asked["to"] if "to" in asked else await asyncio.to_thread(_end_of_prices)
    from_at: datetime = asked.get("from", until_at - timedelta(days=7))
    require_order(from_at, until_at, _ALL_PRICES, "Ask for less.")
    as_csv, as_of = asked.get("format") == "csv", asked.get("as_of")
    points = None if as_csv else asked.get("points", DEFAULT_POINTS)
    facts: tuple[Any, ...] = (from_at, until_at, points, as_of)
    tag = tag_of("prices", versions, facts, as_csv)
    return await answered(request, tag, lambda: answers.prices(*facts, as_csv=as_csv))


@router.get(
    "/price-stack/{date}/{period}",
    response_class=Response,
    responses=giving("application/json", "text/csv"),
    openapi_extra=taking("format"),
)
@told
async def price_stack(request: Request, date: str, period: str) -> Response:
    """One period's price and the stack of actions that made it."""
    given = request.query_params.multi_items()
    path = [("settlement_date", date), ("settlement_period", period)]
    asked = read_parameters(QueryParams([*given, *path]), {"format": _FORMAT, **_PERIOD})
    day, number = asked["settlement_date"], asked["settlement_period"]
    versions = await asyncio.to_thread(_versions, SYSTEM_PRICES, ACTION_STACK)
    as_csv = asked.get("format") == "csv"
    tag = tag_of("stack", versions, day, number, as_csv)
    return await answered(request, tag, lambda: answers.stack(day, number, as_csv=as_csv))


@router.get(
    "/series",
    response_class=Response,
    responses=giving("application/json", "text/csv"),
    openapi_extra=taking("series", "from", "to", "as_of", "points", "format"),
)
@told
async def series(request: Request) -> Response:
    """Any series of the public datasets on one clock; CSV is never thinned."""
    asked = read_parameters(
        request.query_params,
        {**_RANGE, "series": _series, "points": whole_number(10, 20_000), "format": _FORMAT},
    )
    if "series" not in asked:
        raise BadRequestError([Fault("series", "Name at least one, as dataset.column.")])
    wanted: tuple[Series, ...] = asked["series"]
    of = [one.definition.name for one in wanted]
    await asyncio.to_thread(require_published, actor=ANYONE, names=of)
    versions = await asyncio.to_thread(series_versions, actor=ANYONE, wanted=wanted)
    until_at: datetime = asked["to"] if "to" in asked else await _end_of_series(wanted)
    from_at: datetime = asked.get("from", until_at - timedelta(days=7))
    require_order(from_at, until_at, _ALL_PRICES, "Ask for less.")
    as_csv, as_of = asked.get("format") == "csv", asked.get("as_of")
    points = None if as_csv else asked.get("points", DEFAULT_POINTS)
    facts: tuple[Any, ...] = (wanted, from_at, until_at, points, as_of)
    names = [one.id for one in wanted]
    tag = tag_of("series", versions, names, from_at, until_at, points, as_of, as_csv)
    return await answered(request, tag, lambda: answers.lines(*facts, as_csv=as_csv))


@router.get("/datasets", response_class=Response, responses=giving("application/json"))
@told
async def datasets(request: Request) -> Response:
    """Every public dataset: columns, units, limits, version, first and last day."""
    read_parameters(request.query_params, {})
    answer = await asyncio.to_thread(answers.catalogue)
    return await answered(request, tag_of("datasets", answer.content), lambda: answer)


@router.get(
    "/events",
    response_class=Response,
    responses=giving("text/event-stream"),
    openapi_extra=taking("dataset", "since"),
)
@told
async def events(request: Request) -> Response:
    """Server-sent events, one whenever a public dataset grows."""
    asked = read_parameters(
        request.query_params, {"dataset": _public_datasets, "since": whole_number(0, 999_999_999)}
    )
    header = request.headers.get("last-event-id", "")
    is_number = header.isascii() and header.isdecimal() and len(header) < _LONGEST_NUMBER
    known = int(header) if is_number else asked.get("since")
    wanted: frozenset[str] = asked.get("dataset", frozenset())
    try:
        listener = await FEED.join(request.client.host if request.client else "")
    except TooManyListenersError:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "Too many are listening; try again later.")
    return StreamingResponse(
        event_stream(listener, after=known, datasets=wanted),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@router.get("/{rest:path}", include_in_schema=False)
async def nothing_here(rest: str) -> Response:
    """What is not there is said in the same form as any other problem."""
    return problem(HTTPStatus.NOT_FOUND, f"There is nothing at {PREFIX}/{rest[:200]}.")


def _generation_facts() -> tuple[tuple[int, ...], object]:
    return _versions(GENERATION), known_fuels(actor=ANYONE)


def _market_facts() -> tuple[object, object]:
    return market_versions(actor=ANYONE), known_fuels(actor=ANYONE)


def _end_of_generation() -> datetime:
    now = generation_now(actor=ANYONE)
    return now.start_at + timedelta(minutes=5) if now else answers.NO_DATA_YET


def _end_of_prices() -> datetime:
    start = latest_price_start(actor=ANYONE)
    return start + timedelta(minutes=30) if start else answers.NO_DATA_YET


async def _end_of_series(wanted: tuple[Series, ...]) -> datetime:
    latest = await asyncio.to_thread(latest_moment, actor=ANYONE, wanted=wanted)
    step = timedelta(seconds=wanted[0].hints.step_seconds)
    return latest + step if latest else answers.NO_DATA_YET


def _series(text: str) -> tuple[Series, ...]:
    names = list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not 1 <= len(names) <= MOST:
        raise ValueError(f"Name from 1 to {MOST} series, with commas between.")
    return tuple(series_named(name) for name in names)


def _versions(*names: str) -> tuple[int, ...]:
    return dataset_versions(actor=ANYONE, names=names)


def _public_datasets(text: str) -> frozenset[str]:
    names = frozenset(text.split(","))
    for name in sorted(names):
        try:
            public = dataset(name).classification == "public"
        except UnknownDatasetError:
            public = False
        if not public:
            raise ValueError(f"There is no public dataset {name}.")
    return names


_RANGE: Final = {"from": range_start, "to": range_end, "as_of": moment}
_PERIOD: Final = {"settlement_date": settlement_date, "settlement_period": whole_number(1, 50)}
_FORMAT: Final = one_of(FORMATS)
