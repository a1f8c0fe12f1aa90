"""Views of the market over time, as configuration: which series stand together, and why."""

import json
from functools import cache
from importlib.resources import files

import yaml

from state.domain.datasets import Strict
from state.domain.series import Series


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


def words_of(one: Series) -> str:
    """What a view calls a series, or what it is called of itself."""
    plain = one.id.partition("~")[0]
    words = {named.name: named.words for view in series_views() for named in view.series}
    if plain not in words:
        return one.words
    return words[plain] + (f" (as known {one.as_of:%-d %b %Y %H:%M} UTC)" if one.as_of else "")


@cache
def series_views() -> tuple[SeriesView, ...]:
    """Every view in the order of its tab."""
    text = files("state.domain").joinpath("series_views.yaml").read_text("utf-8")
    return _Views.model_validate_json(json.dumps(yaml.safe_load(text))).views
