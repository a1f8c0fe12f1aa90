"""The fields of a form as JSON Schema, for the description of the API."""

import re
from collections.abc import Iterable
from typing import Any

from state.domain.field_spec import Condition, FieldSpec


def schema_of(title: str, fields: Iterable[FieldSpec]) -> dict[str, Any]:
    """An object of text properties; what may be left out, may also be empty."""
    listed = tuple(fields)
    conditions = [
        {"if": _when(condition), "then": {"required": [field.name]}}
        for field, condition in ((field, _condition(field)) for field in listed)
        if condition is not None
    ]
    schema: dict[str, Any] = {
        "type": "object",
        "title": title,
        "properties": {field.name: _property(field) for field in listed},
        "required": [field.name for field in listed if _is_always_there(field)],
        "additionalProperties": False,
    }
    return schema | ({"allOf": conditions} if conditions else {})


def _property(field: FieldSpec) -> dict[str, Any]:
    told = {
        "title": field.label,
        "description": " ".join(each for each in (field.hint, field.why) if each),
        "examples": [field.example] if field.example else [],
        "format": field.rule({}).schema,
        "pattern": _pattern(field),
        "writeOnly": field.private,
        "enum": _enumerated(field),
    }
    return {"type": "string", "maxLength": field.longest} | {
        key: value for key, value in told.items() if value
    }


def _pattern(field: FieldSpec) -> str:
    if field.is_several:
        one = "|".join(re.escape(choice.value) for choice in field.choices)
        return f"^(({one})( ({one}))*)?$"
    pattern = field.rule({}).pattern
    if not pattern or field.is_chosen:
        return ""
    return f"^({pattern})$" if _is_always_there(field) else f"^({pattern})?$"


def _enumerated(field: FieldSpec) -> list[str]:
    if not field.choices or field.is_several:
        return []
    empty = [] if _is_always_there(field) else [""]
    return [*empty, *(choice.value for choice in field.choices)]


def _is_always_there(field: FieldSpec) -> bool:
    return field.needed == "always" and field.asked is None


def _condition(field: FieldSpec) -> Condition | None:
    """When a field that is not always there is needed."""
    if isinstance(field.needed, Condition):
        return field.needed
    return field.asked if field.needed == "always" else None


def _when(condition: Condition) -> dict[str, Any]:
    told = (
        {"enum": list(condition.is_in)}
        if condition.is_in
        else {"not": {"enum": ["", *condition.is_not_in]}}
    )
    return {"properties": {condition.field: told}, "required": [condition.field]}
