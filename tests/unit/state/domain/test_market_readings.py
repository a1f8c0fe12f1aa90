from state.domain.market_readings import market_datasets, market_readings


def test_every_figure_names_a_series_that_there_is_and_has_a_unit() -> None:
    assert len({one.name for one in market_readings()}) == len(market_readings())
    for one in market_readings():
        assert one.of.column.unit, one.name
        assert one.of.id == one.series
        assert one.usual is None or one.usual.least < one.usual.greatest


def test_the_datasets_are_named_once_each() -> None:
    assert len(set(market_datasets())) == len(market_datasets())
    assert {"generation_by_fuel", "outage_messages"} <= set(market_datasets())
