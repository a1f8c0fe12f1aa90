"""What the description for programs says of the public data: parameters, and what comes back."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from kinnect_app.api.registry_models import PROBLEM

_TEXT: Final[dict[str, Any]] = {"type": "string"}
_PARAMETERS: Final[Mapping[str, tuple[str, dict[str, Any]]]] = {
    "from": ("A Settlement Date, or a moment with its time zone.", _TEXT),
    "to": ("The last Settlement Date, or the moment that the range ends before.", _TEXT),
    "as_of": ("What was known at this moment: later revisions are left out.", _TEXT),
    "at": ("The moment that is shown: the newest at or before it.", _TEXT),
    "resolution": (
        "Every five minutes, or the mean of each half-hour.",
        {"type": "string", "enum": ["5m", "30m"]},
    ),
    "points": (
        "At most so many points; each stretch keeps its lowest and its highest.",
        {"type": "integer", "minimum": 10, "maximum": 20_000},
    ),
    "format": ("json, or csv that is never thinned.", {"type": "string", "enum": ["json", "csv"]}),
    "dataset": ("Names of datasets with commas between.", _TEXT),
    "series": (
        (
            "From 1 to 8 series with commas between: dataset.column, with @value where a dataset "
            "has several lines, and ~moment for what was known at it."
        ),
        _TEXT,
    ),
    "since": (
        "The number of the last event that was seen.",
        {"type": "integer", "minimum": 0, "maximum": 999_999_999},
    ),
}


def taking(*names: str) -> dict[str, Any]:
    """The parameters of an address, for the description."""
    return {
        "parameters": [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": _PARAMETERS[name][0],
                "schema": _PARAMETERS[name][1],
            }
            for name in names
        ]
    }


def giving(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """What an address answers, for the description."""
    told = {"application/problem+json": {"schema": PROBLEM}}
    faults = (
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    )
    return {
        200: {
            "description": "What was asked for.",
            "content": {media_type: {"schema": {}} for media_type in media_types},
        },
        304: {"description": "You have it already."},
        **{int(one): {"description": one.phrase, "content": told} for one in faults},
    }
