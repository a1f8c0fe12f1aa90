from datetime import date

import polars as pl
import pytest

from state.domain.datasets import dataset
from state.domain.made_rows import made_rows
from tests.unit.state.services.stacks import stack_rows

STACK = dataset("action_stack")
ROWS = stack_rows(date(2026, 8, 1), 3)


def test_columns_that_may_be_empty_can_be_left_out_and_others_are_passed_over() -> None:
    made = made_rows(ROWS.with_columns(extra=pl.lit(1)), STACK)
    assert made.refusals == ()
    assert dict(made.rows.schema) == STACK.polars_schema


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        (pl.lit(None, pl.Float64).alias("volume_mwh"), "volume_mwh", "empty"),
        (pl.lit(float("nan")).alias("price_gbp_per_mwh"), "price_gbp_per_mwh", "not a number"),
        (pl.lit(1e10).alias("volume_mwh"), "volume_mwh", "beyond the limits"),
        (pl.lit("x").alias("stack_rank"), "columns", "wrong type"),
        (pl.lit("a").alias("action_id"), "settlement_date, settlement_period, action_id", "differ"),
    ],
)
def test_one_unfit_value_refuses_the_frame(change: pl.Expr, field: str, words: str) -> None:
    made = made_rows(ROWS.with_columns(change), STACK)
    assert made.rows.is_empty()
    assert made.refusals[0].field == field
    assert words in made.refusals[0].reason


def test_every_missing_column_is_named() -> None:
    made = made_rows(ROWS.drop("side", "stack_rank"), STACK)
    assert [refusal.field for refusal in made.refusals] == ["side", "stack_rank"]
