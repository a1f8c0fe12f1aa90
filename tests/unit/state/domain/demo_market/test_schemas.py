import polars as pl
import pytest

from settlement_engine.faults import checked
from settlement_engine.given import GIVEN
from state.domain.datasets import PUBLISHED_AT
from state.domain.demo_market.schemas import SCHEMAS, shaped

#: Issue 2's table of the frames that a price starts from, to the letter.
ISSUE_COLUMNS = {
    "balancing_actions": [
        "settlement_date", "settlement_period", "action_id", "action_type", "bm_unit",
        "acceptance_number", "pair_number", "volume_mwh", "price_gbp_per_mwh", "so_flag",
        "cadl_flag", "emergency_flag", "stor_flag", "transmission_loss_multiplier_per_unit",
    ],
    "price_adjusters": [
        "settlement_date", "settlement_period", "buy_price_adjuster_gbp_per_mwh",
        "sell_price_adjuster_gbp_per_mwh",
    ],
    "loss_of_load": ["settlement_date", "settlement_period", "loss_of_load_probability"],
    "stor_windows": ["starts_at", "ends_at"],
}  # fmt: skip


def test_columns_are_those_the_engine_reads():
    for name, columns in ISSUE_COLUMNS.items():
        assert list(SCHEMAS[name]) == columns
    assert {"provider", "price_gbp_per_mwh", "volume_mwh"} <= set(SCHEMAS["market_index"])


def test_a_frame_is_cut_and_cast_to_its_shape():
    rows = pl.DataFrame(
        {
            "spare": [1],
            "loss_of_load_probability": [0],
            "settlement_period": pl.Series([1], dtype=pl.Int8),
            "settlement_date": pl.Series(["2026-01-01"]).str.to_date(),
        }
    )
    assert dict(shaped("loss_of_load", rows).schema) == SCHEMAS["loss_of_load"]


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_the_engine_is_given_every_column_that_it_needs_and_no_other(name):
    columns = GIVEN[name].columns()
    needed = {one for one, column in columns.items() if "neutral" not in (column.metadata or {})}
    made = set(SCHEMAS[name]) - {PUBLISHED_AT}
    assert needed <= made <= set(columns)


def test_the_engine_finds_no_fault_with_what_it_is_given(frames):
    given = {name: frames[name].drop(PUBLISHED_AT, strict=False) for name in GIVEN}
    exact = checked(given, GIVEN).frames
    assert {name: frame.height for name, frame in exact.items()} == {
        name: frame.height for name, frame in given.items()
    }
