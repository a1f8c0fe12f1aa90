"""Bad input: each problem is named with its frame, row and column, and nothing goes on."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from settlement_engine.faults import GivenFramesError, checked
from settlement_engine.trading_charges import TRADING_CHARGES

FRAMES = TRADING_CHARGES.frame_types()

GOOD = {
    "settlement_date": date(2026, 1, 1),
    "settlement_period": 1,
    "action_id": "a",
    "action_type": "offer",
    "volume_mwh": 5.0,
    "price_gbp_per_mwh": 50.0,
}


def faults_of(frames):
    with pytest.raises(GivenFramesError) as refused:
        checked(frames, FRAMES, {"balancing_actions": "balancing_actions.csv"})
    return refused.value.faults


def faults_in_rows(*rows, name="balancing_actions"):
    return faults_of({name: pl.DataFrame(list(rows), infer_schema_length=None)})


@pytest.mark.parametrize(
    ("change", "column", "says"),
    [
        ({"volume_mwh": float("nan")}, "volume_mwh", "not a finite number"),
        ({"volume_mwh": float("inf")}, "volume_mwh", "not a finite number"),
        ({"volume_mwh": -5.0}, "volume_mwh", "wrong sign: the action buys"),
        ({"action_type": "bid"}, "volume_mwh", "wrong sign: the action sells"),
        ({"volume_mwh": None}, "volume_mwh", "There is no value"),
        ({"volume_mwh": 2e6}, "volume_mwh", "too high"),
        ({"price_gbp_per_mwh": -2e6}, "price_gbp_per_mwh", "too low"),
        ({"action_type": "gift"}, "action_type", "gift cannot be read. Write one of offer,"),
        ({"settlement_period": 49}, "settlement_period", "no period 49"),
        ({"settlement_period": 0}, "settlement_period", "too low"),
        ({"settlement_period": 301}, "settlement_period", "too high"),
        ({"settlement_date": date(9999, 1, 1)}, "settlement_date", "The most is 2199-12-31."),
        ({"action_id": ""}, "action_id", "There is no value. Write text."),
        ({"settlement_date": None}, "settlement_date", "There is no value"),
    ],
)
def test_a_wrong_value_is_named_with_row_and_column(change, column, says):
    good = {**GOOD, "action_id": "b"}
    found = [f for f in faults_in_rows(good, GOOD | change) if f.column == column]
    assert says in str(found[0])
    assert str(found[0]).startswith(f"balancing_actions.csv, row 2, column {column}: ")


@pytest.mark.parametrize(
    ("day", "last"), [(date(2026, 3, 29), 46), (date(2026, 10, 25), 50), (date(2026, 6, 1), 48)]
)
def test_a_day_ends_with_its_last_period(day, last):
    rows = [GOOD | {"settlement_date": day, "settlement_period": n} for n in (last, last + 1)]
    (fault, *_) = faults_in_rows(*rows)
    assert (fault.row, fault.column) == (2, "settlement_period")


def test_a_duplicated_action_is_named_in_every_row_it_stands_in():
    found = faults_in_rows(GOOD, GOOD | {"action_id": "b"}, GOOD)
    assert [fault.row for fault in found] == [1, 3]
    assert "more than once" in found[0].what


def test_a_missing_and_a_misspelt_column_are_named():
    frame = pl.DataFrame([GOOD]).drop("volume_mwh").with_columns(so_flg=pl.lit(value=True))
    found = {fault.column: str(fault) for fault in faults_of({"balancing_actions": frame})}
    assert "The column is missing. It must hold numbers in MWh" in found["volume_mwh"]
    assert "Did you mean so_flag?" in found["so_flg"]


@pytest.mark.parametrize(
    ("column", "values", "wanted"),
    [
        ("volume_mwh", [True], "numbers in MWh"),
        ("settlement_period", [1.5], "whole numbers"),
        ("settlement_date", [20260101], "dates such as"),
        ("action_id", [7], "text"),
        ("action_type", [7], "one of offer"),
        ("so_flag", [1], "true or false"),
    ],
)
def test_a_column_of_another_type_is_named_once(column, values, wanted):
    frame = pl.DataFrame([GOOD]).with_columns(pl.Series(column, values))
    (fault,) = faults_of({"balancing_actions": frame})
    assert fault.row is None
    assert fault.column == column
    assert fault.cure == f"It must hold {wanted}." or wanted in fault.cure


def test_text_is_read_and_what_cannot_be_read_is_quoted():
    row = {column: str(value) for column, value in GOOD.items()}
    bad = row | {"action_id": "b", "volume_mwh": "5,5", "so_flag": "perhaps"}
    frame = pl.DataFrame([row | {"so_flag": " TRUE "}, bad])
    found = {fault.column: fault for fault in faults_of({"balancing_actions": frame})}
    assert found["volume_mwh"].row == 2
    assert str(found["volume_mwh"]).endswith("5,5 cannot be read. Write numbers in MWh.")
    assert "perhaps cannot be read. Write true or false." in str(found["so_flag"])


def test_every_fault_of_every_frame_comes_at_once():
    market = {"settlement_date": date(2026, 1, 1), "settlement_period": 1, "provider": "A"}
    found = faults_of(
        {
            "balancing_actions": pl.DataFrame([GOOD | {"volume_mwh": -1.0}]),
            "market_index": pl.DataFrame([market | {"price_gbp_per_mwh": 1, "volume_mwh": -1.0}]),
            "loss_of_load": pl.DataFrame(
                [{k: market[k] for k in list(market)[:2]} | {"loss_of_load_probability": 1.01}]
            ),
            "stor_windows": pl.DataFrame(
                {
                    "starts_at": [datetime(2026, 1, 1, tzinfo=UTC)],
                    "ends_at": [datetime(2026, 1, 1, tzinfo=UTC)],
                }
            ),
            "weather": pl.DataFrame(),
        }
    )
    assert [fault.source for fault in found] == [
        "balancing_actions.csv", "market_index", "loss_of_load", "stor_windows", "weather",
    ]  # fmt: skip


def test_a_moment_without_a_time_zone_is_no_moment():
    naive = pl.DataFrame({"starts_at": ["2026-01-01T00:00:00Z"], "ends_at": [datetime(2026, 1, 2)]})  # noqa: DTZ001
    (fault,) = faults_of({"stor_windows": naive})
    assert fault.column == "ends_at"


def test_a_thousand_wrong_rows_are_named_a_hundred_times_and_counted():
    rows = pl.concat([pl.DataFrame([GOOD | {"volume_mwh": -1.0}])] * 1000).with_columns(
        action_id=pl.int_range(1000).cast(pl.String)
    )
    with pytest.raises(GivenFramesError, match=r"And 81 more\.$") as refused:
        checked({"balancing_actions": rows}, FRAMES)
    assert len(refused.value.faults) == 101
    assert refused.value.faults[-1].what == "The same in 900 more rows."


def test_columns_that_are_not_given_are_neutral():
    frame = checked({"balancing_actions": pl.DataFrame([GOOD])}, FRAMES).frames["balancing_actions"]
    row = frame.row(0, named=True)
    assert row["transmission_loss_multiplier_per_unit"] == 10**7
    assert [row[flag] for flag in ("so_flag", "cadl_flag", "emergency_flag", "stor_flag")] == [
        False
    ] * 4
    assert row["bm_unit"] is None


def test_a_stack_given_out_of_order_is_refused():
    settled = TRADING_CHARGES.settle(
        {"balancing_actions": pl.DataFrame([GOOD, GOOD | {"action_id": "b"}])},
        since=GOOD["settlement_date"],
        until=GOOD["settlement_date"],
    )
    stack = settled.decimals("ranked_stack").reverse()
    with pytest.raises(GivenFramesError, match="order of the stack"):
        checked({"ranked_stack": stack}, TRADING_CHARGES.frame_types())
