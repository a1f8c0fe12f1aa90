import pytest

from state.domain.series import (
    Series,
    UnknownSeriesError,
    drawable,
    drawable_datasets,
    series_named,
)
from state.domain.series_views import series_views, words_of


@pytest.mark.parametrize(
    "name",
    [
        "system_prices.net_imbalance_volume_mwh",
        "generation_by_fuel.generation_mw@WIND",
        "generation_by_fuel.generation_mw@WIND~2026-10-26T00:00:00Z",
    ],
)
def test_a_name_is_what_its_series_is_called(name: str) -> None:
    assert series_named(name).id == name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "names no series"),
        ("system_prices", "names no series"),
        ("../../etc/passwd.a", "names no series"),
        ("nothing.at_all", "no dataset nothing"),
        ("metered_volumes.metered_volume_mwh", "no dataset metered_volumes"),
        ("system_prices.source_run", "There are: system_buy_price_gbp_per_mwh"),
        ("system_prices.net_imbalance_volume_mwh@WIND", "one line only"),
        ("system_prices.net_imbalance_volume_mwh~yesterday", "no moment"),
    ],
)
def test_a_name_of_nothing_says_how_to_name_something(name: str, words: str) -> None:
    with pytest.raises(UnknownSeriesError, match=words):
        series_named(name)


def test_nothing_confidential_can_be_drawn() -> None:
    assert {one.classification for one in drawable_datasets()} == {"public"}
    assert all(drawable(one) for one in drawable_datasets())


def test_every_view_draws_series_that_there_are() -> None:
    for view in series_views():
        named = [series_named(one.name) for one in view.series]
        assert len({one.column.unit for one in named}) <= 2, view.name
        assert [words_of(one) for one in named] == [one.words for one in view.series]


def test_words_say_which_line_and_as_known_when() -> None:
    wind = series_named("generation_by_type.quantity_mw@Solar~2026-10-26T00:00Z")
    assert words_of(wind) == (
        "Generation by production type: quantity, Solar (as known 26 Oct 2026 00:00 UTC)"
    )
    assert isinstance(wind, Series)
    fuel = series_named("generation_by_fuel.generation_mw@INTFR~2026-10-26T00:00Z")
    assert words_of(fuel) == "IFA (France) (as known 26 Oct 2026 00:00 UTC)"
