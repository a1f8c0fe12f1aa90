"""OpenAPI 3.1 of the public data service, made from the list of its addresses."""

from typing import Any, Final

from state.domain.bmrs.catalogue import Endpoint, Field, Parameter, endpoints, models

_TYPES: Final[dict[str, dict[str, Any]]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
    "flag": {"type": "boolean"},
}
_ASKED: Final[dict[str, dict[str, Any]]] = {
    **_TYPES,
    "date": {"type": "string", "examples": ["2026-10-25"]},
    "moment": {"type": "string", "examples": ["2026-10-25T00:30Z"]},
    "texts": {"type": "array", "items": {"type": "string"}},
    "integers": {"type": "array", "items": {"type": "integer"}},
}
_COMMON: Final = (
    ("asOf", "The data as they were known at this moment.", {"type": "string"}),
    ("strict", "Refuse parameters that mean nothing here.", {"type": "boolean"}),
)


def description(prefix: str) -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Public market data",
            "version": "1",
            "description": (
                "The addresses, names and envelopes of the public data service of the GB market, "
                "with asOf, Parquet, Arrow, strict reading, tags and ranges of any length."
            ),
        },
        "servers": [{"url": prefix}],
        "paths": {path: {"get": _operation(one)} for path, one in endpoints().items()},
        "components": {
            "schemas": {_name(name): _model(fields) for name, fields in models().items()}
        },
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    formats = {"name": "format", "in": "query", "schema": {"enum": _formats(endpoint)}}
    common = [
        {"name": name, "in": "query", "description": words, "schema": schema}
        for name, words, schema in _COMMON
    ]
    problems = {
        "400": {"description": "The question has faults; each is told."},
        "404": {"description": "Nothing is there."},
    }
    if endpoint.envelope == "status":
        ok: dict[str, Any] = {"description": "It works.", "content": {"application/json": {}}}
        common, formats = [], {}
    else:
        ok = {
            "description": "Rows.",
            "content": {
                "application/json": {"schema": _answer(endpoint)},
                "application/xml": {},
                "text/csv": {},
                "application/vnd.apache.parquet": {},
                "application/vnd.apache.arrow.stream": {},
            },
        }
    return {
        "operationId": endpoint.operation,
        "tags": [endpoint.tag],
        "summary": endpoint.description,
        "parameters": [
            *(_parameter(one) for one in endpoint.parameters),
            *([formats] if formats else []),
            *common,
        ],
        "responses": {"200": ok, "304": {"description": "You have it."}, **problems},
    }


def _formats(endpoint: Endpoint) -> list[str]:
    return [*endpoint.formats, "parquet", "arrow"]


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_ASKED[parameter.type])
    if parameter.choices:
        target = schema.get("items", schema)
        target = dict(target) | {"enum": list(parameter.choices)}
        schema = schema | {"items": target} if "items" in schema else target
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.required,
        "schema": schema,
    }


def _answer(endpoint: Endpoint) -> dict[str, Any]:
    row: dict[str, Any] = {"$ref": f"#/components/schemas/{_name(endpoint.model)}"}
    if not endpoint.model:
        row = {"type": "string"}
    if endpoint.envelope == "object":
        return {"oneOf": [row, {"type": "null"}]}
    rows = {"type": "array", "items": row}
    if endpoint.envelope == "array":
        return rows
    properties: dict[str, Any] = {"data": rows}
    if endpoint.envelope == "metadata":
        named = {"type": "array", "items": {"type": "string"}}
        properties["metadata"] = {"type": "object", "properties": {"datasets": named}}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _model(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {one.name: _field(one) for one in fields},
        "required": [one.name for one in fields],
    }


def _field(field: Field) -> dict[str, Any]:
    """Any value may be empty: what was not published is not made up."""
    if field.type == "object":
        of: dict[str, Any] = {"$ref": f"#/components/schemas/{_name(field.model)}"}
    elif field.type == "rows":
        of = {"type": "array", "items": {"$ref": f"#/components/schemas/{_name(field.model)}"}}
    else:
        of = _TYPES[field.type]
    return {"anyOf": [of, {"type": "null"}]}


def _name(model: str | None) -> str:
    return (model or "").replace(".", "")
