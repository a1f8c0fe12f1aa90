import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from state.domain.thinning import thinned

_VALUE = st.one_of(st.none(), st.floats(-1000, 1000))


def test_few_rows_are_left_as_they_are() -> None:
    rows = pl.DataFrame({"a": [1.0, 2.0, 3.0]})
    assert thinned(rows, ["a"], 3).rows.equals(rows)
    assert thinned(rows, ["a"], 3).rows_per_bucket == 1


def test_each_bucket_keeps_its_extremes_in_the_order_of_time() -> None:
    rows = pl.DataFrame({"at": range(8), "a": [1.0, 9.0, 5.0, 2.0, 3.0, 0.0, 4.0, 7.0]})
    fewer = thinned(rows, ["a"], 4)
    assert fewer.rows_per_bucket == 4
    assert fewer.rows["at"].to_list() == [0, 1, 5, 7]


def test_an_empty_bucket_stays_a_gap() -> None:
    rows = pl.DataFrame({"at": range(9), "a": [1.0, 2.0, 3.0, None, None, None, 4.0, 5.0, 6.0]})
    fewer = thinned(rows, ["a"], 6)
    assert fewer.rows["a"].to_list() == [1.0, 3.0, None, 4.0, 6.0]


@given(
    values=st.lists(st.tuples(_VALUE, _VALUE), min_size=1, max_size=300),
    points=st.integers(4, 100),
)
def test_no_extreme_is_lost_and_nothing_is_made_up(
    values: list[tuple[float | None, float | None]], points: int
) -> None:
    rows = pl.DataFrame(
        values, schema={"a": pl.Float64, "b": pl.Float64}, orient="row"
    ).with_row_index("at")
    fewer = thinned(rows, ["a", "b"], points).rows
    assert fewer.height <= points
    assert fewer.join(rows, on=rows.columns, how="anti", nulls_equal=True).is_empty()
    assert fewer["at"].is_sorted()
    for name in ("a", "b"):
        assert fewer[name].min() == rows[name].min()
        assert fewer[name].max() == rows[name].max()
