"""The figures of the market now, as configuration: which series each is, and how much of it."""

import json
from functools import cache
from importlib.resources import files

import yaml

from state.domain.datasets import Strict
from state.domain.series import Series, series_named


class Usual(Strict):
    """Between what a figure usually stays, in its unit, and who says so."""

    least: float
    greatest: float
    source: str


class MarketReading(Strict):
    """One figure: of what series, what it is called, and how many hours are drawn beside it."""

    name: str
    words: str
    series: str
    hours: int
    ahead: bool = False
    usual: Usual | None = None

    @property
    def of(self) -> Series:
        """The series that it is read from."""
        return series_named(self.series)


def market_datasets() -> tuple[str, ...]:
    """Names of the datasets that the market now is read from."""
    read = (one.of.definition.name for one in market_readings())
    return tuple(dict.fromkeys(("generation_by_fuel", *read, "outage_messages")))


class _Readings(Strict):
    readings: tuple[MarketReading, ...]


@cache
def market_readings() -> tuple[MarketReading, ...]:
    """Every figure in the order it is shown."""
    text = files("state.domain").joinpath("market_readings.yaml").read_text("utf-8")
    return _Readings.model_validate_json(json.dumps(yaml.safe_load(text))).readings
