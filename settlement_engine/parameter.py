"""A number the Code sets: a file of dated values with unit, Modification and source."""

from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

# A number, exactly as the file writes it, or a choice in one word.
Value = Annotated[
    Decimal | str, BeforeValidator(lambda raw: raw if isinstance(raw, str) else Decimal(str(raw)))
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DatedValue(_Strict):
    """The value from a Settlement Date on."""

    since: date
    value: Value
    modification: str


class Reference(_Strict):
    """Where the value can be read."""

    title: str
    href: str = ""


class Parameter(_Strict):
    """A number of the Code and its history."""

    name: str
    description: str
    unit: str
    values: tuple[DatedValue, ...] = Field(min_length=1)
    per_period: bool = False
    """The value counts for one Settlement Period, so it goes with the length of the period."""
    references: tuple[Reference, ...] = ()

    @model_validator(mode="after")
    def _in_order_of_date(self) -> Self:
        dates = [dated.since for dated in self.values]
        if dates != sorted(set(dates)):
            raise ValueError(f"the values of {self.name} must stand in order of date, each once")
        return self

    def dated_value_on(self, settlement_date: date) -> DatedValue | None:
        """The value in force on the date; none before the first."""
        started = [dated for dated in self.values if dated.since <= settlement_date]
        return started[-1] if started else None

    def always(self, value: Decimal | str) -> "Parameter":
        """The same parameter with one value from its first date on: a sandbox."""
        dated = DatedValue(since=self.values[0].since, value=value, modification="sandbox")
        return self.model_copy(update={"values": (dated,)})


@cache
def load_parameters() -> tuple[Parameter, ...]:
    """Every parameter of `parameters/`, in order of name."""
    files = resources.files("settlement_engine.parameters").iterdir()
    return tuple(
        read_parameter(file.name.removesuffix(".yaml"), file.read_text(encoding="utf-8"))
        for file in sorted(files, key=lambda file: file.name)
        if file.name.endswith(".yaml")
    )


def read_parameter(name: str, text: str) -> Parameter:
    """A parameter from the text of its file."""
    return Parameter.model_validate({"name": name, **yaml.safe_load(text)})
