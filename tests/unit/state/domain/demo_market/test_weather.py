from datetime import date

import polars as pl

from state.domain.demo_market.grid import boundary_grid, with_calendar
from state.domain.demo_market.weather import WIND_REGIONS, wind_of_group, with_weather


def _weather(since: date, until: date) -> pl.DataFrame:
    return with_weather(7, with_calendar(boundary_grid(since, until)))


def test_summer_is_sunnier_and_no_sun_shines_at_night():
    summer = _weather(date(2026, 7, 1), date(2026, 7, 14))
    winter = _weather(date(2026, 1, 1), date(2026, 1, 14))
    assert summer["sun"].mean() > 3 * winter["sun"].mean()
    assert summer.filter(pl.col("local_hour") < 4)["sun"].max() == 0
    assert winter["winter"].min() > 0.9
    assert summer["winter"].max() < 0.1


def test_load_factors_are_shares_and_regions_differ():
    weather = _weather(date(2026, 11, 1), date(2026, 11, 28))
    for region in WIND_REGIONS:
        assert weather[f"wind_{region}"].is_between(0, 0.95).all()
    assert 0.3 < weather.select(pl.corr("wind_north", "wind_south")).item() < 0.999


def test_a_group_has_the_wind_of_its_region():
    weather = _weather(date(2026, 11, 1), date(2026, 11, 1)).head(1)
    rows = weather.join(pl.DataFrame({"gsp_group": ["_P", "_J"]}), how="cross")
    got = rows.select(wind=wind_of_group(pl.col("gsp_group")))["wind"].to_list()
    assert got == [weather["wind_north"][0], weather["wind_south"][0]]
