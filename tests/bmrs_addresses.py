"""The addresses of the public data service: each with all that it asks for, its rows judged."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from state.domain.bmrs.catalogue import Endpoint, Field, models
from tests.public_data import (
    DAY,
    PERIOD,
    START,
    UNIT,
)

ASKED: dict[str, Any] = {
    "from": "2026-11-10T00:00Z",
    "to": "2026-11-11T00:00Z",
    "publishDateTimeFrom": "2026-11-10T00:00Z",
    "publishDateTimeTo": "2026-11-11T00:00Z",
    "submissionDateTimeFrom": "2026-11-10T00:00Z",
    "submissionDateTimeTo": "2026-11-11T00:00Z",
    "fromDate": "2026-11-10",
    "toDate": "2026-11-10",
    "settlementDateFrom": "2026-11-10",
    "settlementDateTo": "2026-11-10",
    "date": "2026-11-10",
    "settlementDate": str(DAY),
    "settlementPeriod": PERIOD,
    "forecastDate": str(DAY),
    "publishTime": "2026-11-11T00:00Z",
    "startTime": START.isoformat().replace("+00:00", "Z"),
    "year": 2026,
    "week": 46,
    "forecastYear": 2026,
    "forecastWeek": 46,
    "bmUnit": UNIT,
    "snapshotAt": "2026-11-10T12:00Z",
    "count": 5,
    "settlementPeriodFrom": PERIOD,
    "settlementPeriodTo": PERIOD,
    "dataset": "PN",
    "data": "operational",
    "processType": "all",
    "messageId": 77,
    "mrid": "TEST-MESSAGE",
    "acceptanceNumber": 5,
    "triadSeason": 2026,
    "bidOffer": "offer",
}


def address(endpoint: Endpoint, **more: str) -> str:
    """The endpoint with every required value."""
    path, query = endpoint.path, dict[str, Any]()
    for parameter in endpoint.parameters:
        value = ASKED.get(parameter.name)
        if parameter.place == "path":
            path = path.replace(f"{{{parameter.name}}}", str(value))
        elif parameter.required:
            query[parameter.name] = value
    return f"{path}?{urlencode(query | more)}"


def rows_of(endpoint: Endpoint, told: Any) -> list[Any]:
    match endpoint.envelope:
        case "array":
            return list(told)
        case "data":
            assert list(told) == ["data"]
            return list(told["data"])
        case "metadata":
            assert list(told) == ["metadata", "data"]
            assert told["metadata"] == {"datasets": list(endpoint.codes)}
            return list(told["data"])
        case _:
            return [] if told is None else [told]


def faults(row: dict[str, Any], fields: tuple[Field, ...]) -> list[str]:
    found = [] if list(row) == [one.name for one in fields] else [f"names: {list(row)}"]
    return found + [
        f"{one.name}: {row[one.name]!r} is no {one.type}"
        for one in fields
        if row.get(one.name) is not None and not fits(row[one.name], one)
    ]


def fits(value: Any, field: Field) -> bool:
    if field.type == "object":
        return not faults(value, models()[str(field.model)])
    if field.type == "rows":
        return all(not faults(one, models()[str(field.model)]) for one in value)
    return FITS[field.type](value)


FITS: dict[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "integer": lambda value: type(value) is int,
    "number": lambda value: type(value) in {int, float},
    "flag": lambda value: type(value) is bool,
    "date": lambda value: re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None,
    "moment": lambda value: re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value) is not None,
}
