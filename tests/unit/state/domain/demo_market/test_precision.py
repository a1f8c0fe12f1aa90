import polars as pl

from state.domain.demo_market.precision import between, decimal, share_of_way, to_places, whole


def _of(expression: pl.Expr, values: list[float]) -> list[float]:
    return pl.DataFrame({"x": values}).select(y=expression)["y"].to_list()


def test_whole_numbers_are_nearest_with_halves_upwards():
    assert _of(whole(pl.col("x")), [1.4, 1.5, -1.5, -1.6]) == [1, 2, -1, -2]


def test_places_give_the_float_nearest_to_the_decimal():
    assert _of(to_places(pl.col("x"), 2), [0.1 + 0.2, -7.006, 225.2]) == [0.3, -7.01, 225.2]


def test_every_count_of_hundredths_is_read_as_python_reads_it():
    counts = pl.DataFrame({"x": range(-30_000, 30_000)})
    got = counts.select(y=decimal(pl.col("x"), 2))["y"].to_list()
    assert got == [count / 100 for count in range(-30_000, 30_000)]


def test_between_holds_the_bounds():
    assert _of(between(pl.col("x"), -1.0, 1.0), [-3.0, 0.5, 2.0]) == [-1.0, 0.5, 1.0]


def test_share_of_way_runs_from_nothing_to_all_in_either_direction():
    assert _of(share_of_way(pl.col("x"), 10.0, 20.0), [5.0, 15.0, 25.0]) == [0.0, 0.5, 1.0]
    assert _of(share_of_way(pl.col("x"), 20.0, 10.0), [5.0, 15.0, 25.0]) == [1.0, 0.5, 0.0]
