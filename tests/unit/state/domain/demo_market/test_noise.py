import polars as pl

from state.domain.demo_market.noise import draw, noise, smooth_noise


def test_one_draw_is_known_for_ever():
    assert draw(1, "wind", 5) == draw(1, "wind", 5)
    assert round(draw(1, "wind", 5), 12) == 0.035447275682


def test_columns_draw_what_single_draws_draw():
    frame = pl.DataFrame({"unit": [1, 2, 3], "tick": [994_000, 994_001, 0]})
    got = frame.select(n=noise(11, "stream", pl.col("unit"), pl.col("tick")))["n"].to_list()
    assert got == [draw(11, "stream", *row) for row in frame.iter_rows()]


def test_seed_stream_and_key_all_matter():
    draws = {draw(1, "a", 1), draw(2, "a", 1), draw(1, "b", 1), draw(1, "a", 2)}
    assert len(draws) == 4


def test_draws_spread_evenly_over_the_unit_interval():
    numbers = pl.select(pl.int_range(20_000).alias("key")).select(n=noise(3, "even", pl.col("key")))
    tenths = (numbers["n"] * 10).floor().value_counts()["count"]
    assert tenths.len() == 10
    assert 1_800 < tenths.min() < tenths.max() < 2_200


def test_smooth_noise_meets_its_knots_and_makes_no_jumps():
    minutes = pl.DataFrame({"minute": range(600)})
    wave = minutes.select(n=smooth_noise(5, "wave", pl.col("minute"), 60))["n"]
    assert wave[120] == draw(5, "wave", 2)
    assert wave.diff().abs().max() < 0.03
    assert wave.is_between(0, 1).all()
