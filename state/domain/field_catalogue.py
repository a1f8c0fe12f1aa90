"""Every form of the account, said once: `field_catalogue/<form>.yaml`.

The pages, what the services refuse, the description of the API and the tests are made from it.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

import yaml
from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from state.domain.authorisation_categories import categories_on
from state.domain.field_schema import schema_of
from state.domain.field_spec import FieldSpec
from state.domain.formats import calendar_date
from state.domain.formats.plain_text import sentence, tidy
from state.domain.permissions import NEWEST
from state.domain.refusal import Refusal
from state.domain.roles import ROLES

FORM_NAMES = (
    "contact",
    "address",
    "company",
    "identifier",
    "signatory",
    "bank_account",
    "invitation",
    "person",
    "reference",
    "publishing",
)
"""The forms of the catalogue."""


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid", strict=True))
class FormSpec:
    """The fields of a form in their order. Answers are text by the name of their field."""

    name: str
    title: str
    fields: tuple[FieldSpec, ...]

    def field(self, name: str) -> FieldSpec:
        """One field.

        Raises:
            KeyError: The form has no such field.
        """
        return {field.name: field for field in self.fields}[name]

    def only(self, *names: str) -> "FormSpec":
        """The same form with some of its fields, in the order given."""
        return replace(self, fields=tuple(self.field(name) for name in names))

    def empty(self) -> dict[str, str]:
        """No answer to any field."""
        return {field.name: "" for field in self.fields}

    def tidied(self, values: Mapping[str, str]) -> dict[str, str]:
        """The answers to this form's fields without stray spaces; no others, none missing."""
        return {field.name: tidy(values.get(field.name, "")) for field in self.fields}

    def normal(self, values: Mapping[str, str]) -> dict[str, str]:
        """The answers as they are kept; nothing of a field that the others make needless."""
        typed = self.tidied(values)
        return {
            field.name: field.normal(typed[field.name], typed) if field.is_asked(typed) else ""
            for field in self.fields
        }

    def refusals(self, values: Mapping[str, str]) -> tuple[Refusal, ...]:
        """Every reason to refuse the answers, in the order of the form."""
        typed = self.tidied(values)
        found = ((field.name, self._problem(field, typed)) for field in self.fields)
        return tuple(Refusal(name, reason) for name, reason in found if reason)

    def json_schema(self) -> dict[str, Any]:
        """What the API takes: the answers as they are kept."""
        return schema_of(self.title, self.fields)

    def _problem(self, field: FieldSpec, typed: Mapping[str, str]) -> str | None:
        if not field.is_asked(typed):
            return None
        answer = typed[field.name]
        if not answer:
            return field.missing if field.is_needed(typed) else None
        return field.problem(answer, typed) or self._out_of_order(field, typed)

    def _out_of_order(self, field: FieldSpec, typed: Mapping[str, str]) -> str | None:
        first = calendar_date.read(typed.get(field.not_before, ""))
        then = calendar_date.read(typed[field.name])
        if first is None or then is None or then >= first:
            return None
        earlier = sentence(self.field(field.not_before).thing).lower()
        return f"{sentence(field.thing)} must be the same as or after the {earlier}"


@cache
def form(name: str) -> FormSpec:
    """A form of the catalogue.

    Raises:
        ValueError: There is none of that name, or its file is not as it must be.
    """
    if name not in FORM_NAMES:
        raise ValueError(f"There is no form {name}.")
    text = (resources.files("state.domain") / "field_catalogue" / f"{name}.yaml").read_text("utf-8")
    return read_form(name, text)


def read_form(name: str, text: str) -> FormSpec:
    """A form as a file says it: strictly, so that a slip in the file stops a test, not a person.

    Raises:
        ValueError: It says what it may not, or leaves out what it must say.
    """
    raw = yaml.safe_load(text)
    for field in raw["fields"]:
        if isinstance(field.get("choices"), str):
            field["choices"] = _choices(field["choices"])
    return TypeAdapter(FormSpec).validate_json(json.dumps({"name": name, **raw}))


def _choices(kind: str) -> list[dict[str, str]]:
    if kind == "categories":
        return [{"value": each.code, "label": each.words} for each in categories_on(NEWEST)]
    if kind == "roles":
        return [{"value": each.code, "label": f"{each.name} ({each.code})"} for each in ROLES]
    if kind == "countries":
        path = resources.files("state.domain") / "countries.yaml"
        countries = yaml.safe_load(path.read_text("utf-8"))
        return [{"value": code, "label": words} for code, words in countries.items()]
    raise ValueError(f"There is no list of {kind}.")
