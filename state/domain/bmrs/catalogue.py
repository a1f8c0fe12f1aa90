"""The endpoints of the public data service (BMRS): paths, parameters and rows, as configuration.

The official service is `https://data.elexon.co.uk/bmrs/api/v1`; programs written for it find the
same here. The descriptions are our own.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import Field as Described

from state.domain.datasets import Strict

ParameterType = Literal["text", "texts", "integer", "integers", "date", "moment", "flag"]
FieldType = Literal["text", "integer", "number", "date", "moment", "flag", "object", "rows"]
Envelope = Literal["array", "data", "metadata", "object", "status"]
Format = Literal["json", "xml", "csv"]


class Parameter(Strict):
    """One value that a program may give in the path or in the query."""

    name: str
    type: ParameterType
    place: Literal["path", "query"] = "query"
    required: bool = False
    choices: tuple[str, ...] = ()
    example: object = None


class Field(Strict):
    """One named value of a row; an object or rows of another model where it is nested."""

    name: str
    type: FieldType
    nullable: bool = False
    model: str | None = None
    choices: tuple[str, ...] = ()


class Endpoint(Strict):
    """One address: what may be asked, and the shape of the answer."""

    path: str
    operation: str
    tag: str
    description: str
    codes: tuple[str, ...] = ()
    envelope: Envelope
    model: str | None = None
    parameters: tuple[Parameter, ...] = ()
    formats: tuple[Format, ...]

    @property
    def streams(self) -> bool:
        """Whether it gives a bare array for frequent or large reads."""
        return self.path.endswith("/stream")

    @property
    def view(self) -> str:
        """The address whose rows it gives: that of its base form."""
        return self.path.removesuffix("/stream")

    @property
    def fields(self) -> tuple[Field, ...]:
        """The names and types of its rows."""
        return models()[self.model] if self.model else ()


class _Model(Strict):
    name: str
    fields: tuple[Field, ...]


class _Moved(Strict):
    path: str
    moved_to: str


class _Endpoints(Strict):
    here: Annotated[tuple[Endpoint, ...], Described(min_length=1)]
    moved: tuple[_Moved, ...]


@cache
def models() -> Mapping[str, tuple[Field, ...]]:
    """The shape of every kind of row, by its name."""
    return {
        model.name: model.fields
        for model in (_Model.model_validate_json(json.dumps(one)) for one in _read("models.json"))
    }


@cache
def endpoints() -> Mapping[str, Endpoint]:
    """Every address in use, by its path with the names of path parameters in braces."""
    return {endpoint.path: endpoint for endpoint in _all().here}


@cache
def moved() -> Mapping[str, str]:
    """Old addresses, and where each leads now."""
    return {one.path: one.moved_to for one in _all().moved}


def endpoint_at(path: str) -> tuple[Endpoint, dict[str, str]] | None:
    """The endpoint of an address and what stands in its path; none where there is none."""
    if (found := endpoints().get(path)) is not None and "{" not in path:
        return found, {}
    parts = path.split("/")
    for template, endpoint in _templates():
        if len(template) == len(parts) and all(
            one == given or (one.startswith("{") and given)
            for one, given in zip(template, parts, strict=True)
        ):
            pairs = zip(template, parts, strict=True)
            return endpoint, {one[1:-1]: given for one, given in pairs if one.startswith("{")}
    return None


@cache
def _templates() -> tuple[tuple[list[str], Endpoint], ...]:
    """Addresses with path parameters, those that name more of the path first."""
    found = [(one.path.split("/"), one) for one in endpoints().values() if "{" in one.path]
    return tuple(sorted(found, key=lambda pair: sum(part.startswith("{") for part in pair[0])))


@cache
def _all() -> _Endpoints:
    given = _read("endpoints.json")
    here = [one for one in given if "moved_to" not in one]
    gone = [one for one in given if "moved_to" in one]
    return _Endpoints.model_validate_json(json.dumps({"here": here, "moved": gone}))


def _read(name: str) -> list[dict[str, object]]:
    return json.loads(files("state.domain.bmrs").joinpath(name).read_text("utf-8"))  # type: ignore[no-any-return]
