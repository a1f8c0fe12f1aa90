"""Views of the market over time, as configuration: which series stand together, and why."""

import json
from functools import cache
from importlib.resources import files

import yaml

from state.domain.datasets import Strict


class NamedSeries(Strict):
    """A series and what its legend calls it."""

    name: str
    words: str


class SeriesView(Strict):
    """One view: its title, its series, and what they mean."""

    name: str
    title: str
    lead: str
    series: tuple[NamedSeries, ...]
    about: tuple[str, ...]


class _Views(Strict):
    views: tuple[SeriesView, ...]


@cache
def series_views() -> tuple[SeriesView, ...]:
    """Every view in the order of its tab."""
    text = files("state.domain").joinpath("series_views.yaml").read_text("utf-8")
    return _Views.model_validate_json(json.dumps(yaml.safe_load(text))).views
