"""What the description for programs says of questions in SQL."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from kinnect_app.api.query_answers import FORMATS
from kinnect_app.api.registry_models import PROBLEM

_SQL: Final = (
    "One SELECT over the public tables, which are named as the datasets or by their codes."
)
_FIELDS: Final[Mapping[str, tuple[str, dict[str, Any]]]] = {
    "sql": (_SQL, {"type": "string"}),
    "as_of": ("What was known at this moment: later revisions are left out.", {"type": "string"}),
    "format": (
        "json (columns of equal length), csv, parquet or arrow; chart is what our page draws.",
        {"type": "string", "enum": [*FORMATS]},
    ),
}
_FAULTS: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


def asked_in_query(*needed: str) -> dict[str, Any]:
    """The parameters of an address; without `sql` where the address itself says the query."""
    names = (*needed, "as_of", "format") if needed else ("format",)
    return {
        "parameters": [
            {
                "name": name,
                "in": "query",
                "required": name in needed,
                "description": _FIELDS[name][0],
                "schema": _FIELDS[name][1],
            }
            for name in names
        ]
    }


def asked_in_body() -> dict[str, Any]:
    """The body of a query that is sent."""
    members = {name: {"description": words, **kind} for name, (words, kind) in _FIELDS.items()}
    schema = {
        "type": "object",
        "required": ["sql"],
        "additionalProperties": False,
        "properties": members,
    }
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def giving() -> dict[int | str, dict[str, Any]]:
    """What is answered: rows in the format asked for, or a problem."""
    told = {"application/problem+json": {"schema": PROBLEM}}
    media = dict.fromkeys(form.media_type for form in FORMATS.values())
    return {
        200: {
            "description": "The rows, at most as many as the operator allows; a header warns.",
            "content": {one: {"schema": {}} for one in media},
        },
        304: {"description": "You have it already."},
        **{int(one): {"description": one.phrase, "content": told} for one in _FAULTS},
    }
